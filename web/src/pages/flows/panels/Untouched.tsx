import { useTranslation } from "react-i18next";
import type { Kind, Step } from "../../../flow/model.ts";

const COMMON = ["title", "when"];

const EDITED: Record<Kind, readonly string[]> = {
  approval: [
    "who",
    "deadline",
    "estimate",
    "mode",
    "pass",
    "veto",
    "or_reject",
    "assign",
    "allow",
    "reject",
    "resubmit",
    "opinion",
    "self_approval",
    "empty",
    "key_control",
    "dedupe",
    "fields",
    "on_edit",
  ],
  work: ["who", "deadline", "estimate", "assign", "fields"],
  cc: ["who", "fields"],
  decide: ["table", "pin", "inputs"],
  branch: ["inclusive", "branches", "otherwise"],
  parallel: ["branches", "join"],
  each: ["items", "steps", "join", "item_title", "item_key"],
  effect: ["connector", "entity", "action", "args", "assignee", "undo"],
  call: ["process", "document", "inputs", "wait", "repeat"],
  wait: ["for", "until", "event", "timeout"],
  end: ["outcome"],
};

/** What a step says that no editor knows: shown, and kept as it is. */
export function Untouched({ kind, step }: { kind: Kind; step: Step }) {
  const { t } = useTranslation("flows");
  const more = Object.entries(step).filter(
    ([name]) => name !== kind && !COMMON.includes(name) && !EDITED[kind].includes(name),
  );
  if (!more.length) return null;
  return (
    <fieldset className="field">
      <legend>{t("untouched.title")}</legend>
      <p className="field-says muted">{t("untouched.says")}</p>
      <pre className="untouched">{JSON.stringify(Object.fromEntries(more), null, 2)}</pre>
    </fieldset>
  );
}
