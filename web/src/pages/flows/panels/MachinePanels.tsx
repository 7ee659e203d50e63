import { Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Step } from "../../../flow/model.ts";
import { useDesigning, useDrawing, useStep } from "../designing.ts";
import { withOwn } from "../words.ts";
import { Field } from "./Field.tsx";
import { Pairs } from "./Pairs.tsx";
import { Pick } from "./Pick.tsx";
import { ChoiceSetting, SwitchSetting, TitleSetting, WhenSetting } from "./Settings.tsx";
import { WhoRow } from "./WhoEditor.tsx";

/** A rule table answers. */
export function DecidePanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const { step, set } = useStep(id);
  const table = String(step.table ?? "");
  return (
    <>
      <TitleSetting id={id} />
      <Field label={t("table.title")} node={id} field="table" says={t("table.says")}>
        {(input) => (
          <Pick
            id={input}
            value={table}
            placeholder={t("table.pick")}
            choices={withOwn(words.tables, table)}
            onPick={(picked) => set("table", picked ?? "")}
          />
        )}
      </Field>
      {table ? (
        <Link to={`/rules/${table}`} target="_blank">
          {t("table.open")}
        </Link>
      ) : null}
      <ChoiceSetting id={id} field="pin" options={["start", "latest"]} standard="start" />
      <Pairs
        label={t("inputs.title")}
        says={t("inputs.decide")}
        node={id}
        field="inputs"
        value={(step.inputs ?? {}) as Step}
        onChange={(inputs) => set("inputs", inputs && Object.keys(inputs).length ? inputs : undefined)}
      />
      <WhenSetting id={id} />
    </>
  );
}

/** Something is done in another system. */
export function EffectPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  return (
    <>
      <TitleSetting id={id} />
      <ActionSettings id={id} />
      <Pairs
        label={t("args.title")}
        says={t("args.says")}
        node={id}
        field="args"
        value={(step.args ?? {}) as Step}
        onChange={(args) => set("args", args)}
      />
      <Field label={t("assignee.title")} says={t("assignee.says")} node={id} field="assignee">
        {(input) => (
          <Switch
            id={input}
            size="small"
            checked={Boolean(step.assignee)}
            onChange={(on) => set("assignee", on ? {} : undefined)}
          />
        )}
      </Field>
      {step.assignee ? <WhoRow who={step.assignee as Step} onChange={(who) => set("assignee", who)} /> : null}
      <WhenSetting id={id} />
    </>
  );
}

function ActionSettings({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const { step, set, setAll } = useStep(id);
  const bound = (useDrawing().document ?? {}) as Step;
  const system = words.systems.find((one) => one.value === step.connector);
  const entity = system?.entities.find((one) => one.value === step.entity);
  const actions = [
    ...(entity?.creates ? [{ value: "create", label: t("action.create") }] : []),
    ...(entity?.actions ?? []),
  ];
  const pickSystem = (connector: string | undefined) => {
    const own = connector === bound.system && typeof bound.kind === "string" ? bound.kind : "";
    setAll({ connector: connector ?? "", entity: own, action: "", undo: undefined });
  };
  const pickAction = (action: string | undefined) => {
    const found = entity?.actions.find((one) => one.value === action);
    const args = (step.args ?? {}) as Step;
    const wanted = action === "create" ? (entity?.createArgs ?? []) : (found?.args ?? []);
    setAll({
      action: action ?? "",
      undo: found?.undo ?? undefined,
      args: {
        ...Object.fromEntries(wanted.map((name) => [name, name === "note" ? "{decision.opinion}" : ""])),
        ...args,
      },
    });
  };
  return (
    <>
      <Field label={t("connector.title")} node={id} field="connector">
        {(input) => (
          <Pick
            id={input}
            value={String(step.connector ?? "")}
            placeholder={t("connector.pick")}
            choices={withOwn(words.systems, step.connector)}
            onPick={pickSystem}
          />
        )}
      </Field>
      <Field label={t("entity.title")} node={id} field="entity">
        {(input) => (
          <Pick
            id={input}
            value={String(step.entity ?? "")}
            placeholder={t("entity.pick")}
            choices={withOwn(system?.entities ?? [], step.entity)}
            onPick={(picked) => setAll({ entity: picked ?? "", action: "", undo: undefined })}
          />
        )}
      </Field>
      <Field label={t("action.title")} node={id} field="action">
        {(input) => (
          <Pick
            id={input}
            value={String(step.action ?? "")}
            placeholder={t("action.pick")}
            choices={withOwn(actions, step.action)}
            onPick={pickAction}
          />
        )}
      </Field>
      <Field label={t("undo.title")} says={t("undo.says")} node={id} field="undo">
        {(input) => (
          <Pick
            id={input}
            clear
            value={typeof step.undo === "string" ? step.undo : undefined}
            placeholder={t("undo.none")}
            choices={withOwn(entity?.actions ?? [], step.undo)}
            onPick={(undo) => set("undo", undo)}
          />
        )}
      </Field>
    </>
  );
}

/** Another process does a part. */
export function CallPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const { step, set } = useStep(id);
  return (
    <>
      <TitleSetting id={id} />
      <Field label={t("process.title")} node={id} field="process">
        {(input) => (
          <Pick
            id={input}
            value={String(step.process ?? "")}
            placeholder={t("process.pick")}
            choices={withOwn(words.processes, step.process)}
            onPick={(picked) => set("process", picked ?? "")}
          />
        )}
      </Field>
      <Field label={t("document.called")} says={t("document.calledSays")} node={id} field="document">
        {(input) => (
          <Input
            id={input}
            value={typeof step.document === "string" ? step.document : ""}
            onChange={(event) => set("document", event.target.value || undefined)}
          />
        )}
      </Field>
      <Pairs
        label={t("inputs.title")}
        says={t("inputs.call")}
        node={id}
        field="inputs"
        value={(step.inputs ?? {}) as Step}
        onChange={(inputs) => set("inputs", inputs && Object.keys(inputs).length ? inputs : undefined)}
      />
      <SwitchSetting id={id} field="wait" standard />
      <SwitchSetting id={id} field="repeat" />
      <WhenSetting id={id} />
    </>
  );
}
