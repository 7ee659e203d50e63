import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { useDrawing, useLang, useStep } from "../designing.ts";
import { stepsOfPeople } from "../words.ts";
import { DeadlineEditor } from "./DeadlineEditor.tsx";
import { Field } from "./Field.tsx";
import { FieldRights } from "./FieldRights.tsx";
import { Modes } from "./Modes.tsx";
import { Pick } from "./Pick.tsx";
import {
  AllowSetting,
  ChoiceSetting,
  EstimateSetting,
  SwitchSetting,
  TitleSetting,
  WhenSetting,
} from "./Settings.tsx";
import { WhoEditor, WhoRow } from "./WhoEditor.tsx";

/** People decide. */
export function ApprovalPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  return (
    <>
      <TitleSetting id={id} />
      <WhoEditor node={id} label={t("who.approves")} value={step.who} onChange={(who) => set("who", who)} />
      <Modes id={id} />
      <RejectSetting id={id} />
      <DeadlineEditor node={id} value={step.deadline} onChange={(deadline) => set("deadline", deadline)} />
      <WhenSetting id={id} />
      <details className="more">
        <summary>{t("more.approval")}</summary>
        <AllowSetting id={id} />
        {step.reject === "to_initiator" || step.reject === "ask" ? (
          <ChoiceSetting id={id} field="resubmit" options={["walk", "direct"]} standard="walk" />
        ) : null}
        <ChoiceSetting
          id={id}
          field="opinion"
          options={["required_to_reject", "optional"]}
          standard="required_to_reject"
        />
        <ChoiceSetting
          id={id}
          field="self_approval"
          options={["superior", "department_head", "self", "skip"]}
          standard="superior"
        />
        <EmptySetting id={id} />
        <ChoiceSetting id={id} field="dedupe" options={["none", "consecutive", "all"]} standard="none" />
        <SwitchSetting id={id} field="key_control" />
        <ChoiceSetting
          id={id}
          field="on_edit"
          options={["process", "touched", "all", "none"]}
          standard="process"
        />
        <EstimateSetting id={id} />
      </details>
      <details className="more">
        <summary>{t("fields.title")}</summary>
        <FieldRights node={id} value={step.fields} onChange={(fields) => set("fields", fields)} />
      </details>
    </>
  );
}

const REJECT = ["end", "to_initiator", "to_previous", "ask", "to_node"];

function RejectSetting({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const drawing = useDrawing();
  const lang = useLang();
  const own = step.reject;
  const target =
    own && typeof own === "object" && !Array.isArray(own) ? String((own as Step).to_node ?? "") : null;
  return (
    <Field label={t("reject.title")} node={id} field="reject">
      {(input) => (
        <>
          <Pick
            id={input}
            value={target === null ? String(own ?? "end") : "to_node"}
            choices={REJECT.map((one) => ({ value: one, label: t(`reject.${one}`) }))}
            onPick={(picked) =>
              set("reject", picked === "to_node" ? { to_node: "" } : picked === "end" ? undefined : picked)
            }
          />
          {target === null ? null : (
            <Pick
              label={t("reject.which")}
              value={target}
              placeholder={t("reject.which")}
              choices={stepsOfPeople(drawing, lang).filter((one) => one.value !== id)}
              onPick={(node) => set("reject", { to_node: node ?? "" })}
            />
          )}
        </>
      )}
    </Field>
  );
}

const EMPTY = ["admin", "pass", "reject", "hold", "who"];

function EmptySetting({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const own = step.empty;
  const who = own && typeof own === "object" && !Array.isArray(own) ? (own as Step) : null;
  return (
    <Field label={t("empty.title")} node={id} field="empty">
      {(input) => (
        <>
          <Pick
            id={input}
            value={who ? "who" : String(own ?? "admin")}
            choices={EMPTY.map((one) => ({ value: one, label: t(`empty.${one}`) }))}
            onPick={(picked) => set("empty", picked === "who" ? {} : picked === "admin" ? undefined : picked)}
          />
          {who ? <WhoRow who={who} onChange={(next) => set("empty", next)} /> : null}
        </>
      )}
    </Field>
  );
}
