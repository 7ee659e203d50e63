import { Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type Json, put, type Step } from "../../../flow/model.ts";
import { titleIn } from "../../../flow/words.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import { documentFields, withOwn } from "../words.ts";
import { Duration } from "./Duration.tsx";
import { Field, Group } from "./Field.tsx";
import { Pick } from "./Pick.tsx";
import { titled } from "./Settings.tsx";
import { WhoRow } from "./WhoEditor.tsx";

/** What holds for the process as a whole. */
export function ProcessPanel() {
  const { t } = useTranslation("flows");
  const { desk, words } = useDesigning();
  const drawing = useDrawing();
  const lang = useLang();
  const bound = (drawing.document ?? {}) as Step;
  const change = (path: readonly string[], value: Json | undefined) =>
    desk.getState().change((now) => put(now, path, value), path.join("."));
  const choice = (field: string, options: string[], standard: string) => (
    <Field label={t(`whole.${field}.title`)} field={field}>
      {(id) => (
        <Pick
          id={id}
          value={String(drawing[field] ?? standard)}
          choices={options.map((one) => ({ value: one, label: t(`whole.${field}.${one}`) }))}
          onPick={(picked) => change([field], picked === standard ? undefined : picked)}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field label={t("name")} field="title">
        {(id) => (
          <Input
            id={id}
            value={titleIn(drawing.title as Json | undefined, lang)}
            onChange={(event) =>
              change(["title"], titled(drawing.title as Json | undefined, event.target.value, lang))
            }
          />
        )}
      </Field>
      <Group label={t("whole.owner")} says={t("whole.ownerSays")} field="owner">
        <WhoRow who={(drawing.owner ?? {}) as Step} onChange={(who) => change(["owner"], who)} />
      </Group>
      <Field label={t("whole.document")} field="document">
        {(id) => (
          <Input
            id={id}
            readOnly
            value={
              words.documents.find((one) => one.system === bound.system && one.kind === bound.kind)?.label ??
              `${bound.system ?? ""} · ${bound.kind ?? ""}`
            }
          />
        )}
      </Field>
      <Field label={t("whole.startsOn")} says={t("whole.startsOnSays")} field="document.starts_on">
        {(id) => (
          <Input
            id={id}
            value={String(bound.starts_on ?? "")}
            onChange={(event) => change(["document", "starts_on"], event.target.value)}
          />
        )}
      </Field>
      <Field label={t("whole.initiator")} field="document.initiator">
        {(id) => (
          <Pick
            id={id}
            value={String(bound.initiator ?? "applicant")}
            choices={withOwn(
              documentFields(drawing, words, lang).map(({ path, title }) => ({ value: path, label: title })),
              String(bound.initiator ?? "applicant"),
            )}
            onPick={(field) => change(["document", "initiator"], field)}
          />
        )}
      </Field>
      {choice("withdraw", ["before_first_decision", "while_running", "never"], "before_first_decision")}
      {choice("on_edit", ["touched", "all", "none"], "touched")}
      {choice("reach", ["open", "run"], "open")}
      <Field label={t("whole.takeBack")} field="take_back">
        {(id) => (
          <Switch
            id={id}
            size="small"
            checked={drawing.take_back === true}
            onChange={(on) => change(["take_back"], on || undefined)}
          />
        )}
      </Field>
      <Field label={t("whole.revoke")} says={t("whole.revokeSays")} field="revoke">
        {(id) => (
          <Duration
            id={id}
            label={t("whole.revoke")}
            value={typeof drawing.revoke === "string" ? drawing.revoke : ""}
            onChange={(long) => change(["revoke"], long || undefined)}
          />
        )}
      </Field>
    </>
  );
}
