import { Checkbox, InputNumber, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useStep } from "../designing.ts";
import { Group } from "./Field.tsx";

const MODES = ["all", "any", "sequence", "votes"];

/** How several people decide together. */
export function Modes({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set, setAll } = useStep(id);
  const isOne = step.assign === "claim" || step.assign === "random";
  const mode = isOne ? String(step.assign) : String(step.mode ?? "all");
  const pick = (picked: string) => {
    const assign = picked === "claim" || picked === "random" ? picked : undefined;
    setAll({
      assign,
      mode: assign || picked === "all" ? undefined : picked,
      pass: picked === "votes" ? (step.pass ?? "60%") : undefined,
      veto: picked === "votes" ? step.veto : undefined,
      or_reject: picked === "any" ? step.or_reject : undefined,
    });
  };
  return (
    <Group label={t("mode.title")} node={id} field="mode" says={t(`mode.says.${mode}`)}>
      <Segmented
        block
        aria-label={t("mode.title")}
        value={isOne ? "one" : mode}
        options={[...MODES, "one"].map((one) => ({ value: one, label: t(`mode.${one}`) }))}
        onChange={(picked) => pick(picked === "one" ? "claim" : picked)}
      />
      {isOne ? (
        <Segmented
          block
          aria-label={t("mode.one")}
          value={mode}
          options={["claim", "random"].map((one) => ({ value: one, label: t(`mode.${one}`) }))}
          onChange={pick}
        />
      ) : null}
      {mode === "any" ? (
        <Checkbox
          checked={step.or_reject === "all"}
          onChange={(event) => set("or_reject", event.target.checked ? "all" : undefined)}
        >
          {t("mode.orReject")}
        </Checkbox>
      ) : null}
      {mode === "votes" ? <Votes id={id} /> : null}
    </Group>
  );
}

function Votes({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const isShare = typeof step.pass !== "number";
  const number = isShare ? Number.parseInt(String(step.pass ?? "60%"), 10) : Number(step.pass);
  return (
    <>
      <div className="deadline-row">
        <InputNumber
          aria-label={t("mode.pass")}
          min={1}
          max={isShare ? 100 : 1000}
          value={number}
          onChange={(value) => set("pass", isShare ? `${value ?? 60}%` : (value ?? 1))}
        />
        <Segmented
          aria-label={t("mode.passUnit")}
          value={isShare ? "share" : "people"}
          options={["share", "people"].map((one) => ({ value: one, label: t(`mode.${one}`) }))}
          onChange={(unit) => set("pass", unit === "share" ? "60%" : 2)}
        />
      </div>
      <Checkbox
        checked={step.veto === true}
        onChange={(event) => set("veto", event.target.checked || undefined)}
      >
        {t("mode.veto")}
      </Checkbox>
    </>
  );
}
