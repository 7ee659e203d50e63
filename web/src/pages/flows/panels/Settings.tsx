import { Checkbox, Input, InputNumber, Segmented, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Label } from "../../../api/client.ts";
import type { Step } from "../../../flow/model.ts";
import { titleIn } from "../../../flow/words.ts";
import { useDesigning, useLang, useStep } from "../designing.ts";
import { Field } from "./Field.tsx";
import { Pick } from "./Pick.tsx";
import { WhenEditor } from "./WhenEditor.tsx";

interface Of {
  id: string;
}

/** What a step is called; the other language is kept where it was said apart. */
export function TitleSetting({ id }: Of) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const lang = useLang();
  return (
    <Field label={t("name")} node={id} field="title">
      {(input) => (
        <Input
          id={input}
          value={titleIn(step.title, lang)}
          maxLength={60}
          onChange={(event) => set("title", titled(step.title, event.target.value, lang))}
        />
      )}
    </Field>
  );
}

/** One language is edited; as long as both say the same, both go along. */
export function titled(was: Step["title"], text: string, lang: string): Step["title"] {
  const both: Label = { zh: titleIn(was, "zh-CN"), en: titleIn(was, "en") };
  if (both.zh === both.en || !both.zh || !both.en) return { zh: text, en: text };
  return lang === "en" ? { ...both, en: text } : { ...both, zh: text };
}

/** Under which condition the step is done at all. */
export function WhenSetting({ id }: Of) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const { sentences } = useDesigning();
  return (
    <WhenEditor
      label={t("when.title")}
      says={t("when.always")}
      node={id}
      field="when"
      value={(step.when ?? {}) as Step}
      sentence={sentences[`${id}?`]}
      onChange={(when) => set("when", Object.keys(when).length ? when : undefined)}
    />
  );
}

interface ChoiceProps extends Of {
  field: string;
  options: readonly string[];
  standard: string;
  says?: string;
}

/** One of a few ways, from the locale file under the field's name; the usual one need not be written. */
export function ChoiceSetting({ id, field, options, standard, says }: ChoiceProps) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const own = step[field];
  const value = typeof own === "string" ? own : own === undefined || own === null ? standard : "other";
  return (
    <Field label={t(`${field}.title`)} node={id} field={field} says={says}>
      {(input) => (
        <Pick
          id={input}
          value={value}
          choices={[...options, ...(value === "other" ? ["other"] : [])].map((one) => ({
            value: one,
            label: t(`${field}.${one}`),
          }))}
          onPick={(picked) => picked !== "other" && set(field, picked === standard ? undefined : picked)}
        />
      )}
    </Field>
  );
}

interface SwitchProps extends Of {
  field: string;
  standard?: boolean;
}

export function SwitchSetting({ id, field, standard = false }: SwitchProps) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const isOn = typeof step[field] === "boolean" ? Boolean(step[field]) : standard;
  return (
    <Field label={t(`${field}.title`)} node={id} field={field} says={t(`${field}.says`)}>
      {(input) => (
        <Switch
          id={input}
          size="small"
          checked={isOn}
          onChange={(on) => set(field, on === standard ? undefined : on)}
        />
      )}
    </Field>
  );
}

export function EstimateSetting({ id }: Of) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  return (
    <Field label={t("estimate.title")} node={id} field="estimate" says={t("estimate.says")}>
      {(input) => (
        <InputNumber
          id={input}
          min={0.1}
          max={1000}
          step={0.5}
          suffix={t("estimate.hours")}
          value={typeof step.estimate === "number" ? step.estimate : 1}
          onChange={(hours) => set("estimate", hours && hours !== 1 ? hours : undefined)}
        />
      )}
    </Field>
  );
}

const ALLOWED = ["transfer", "delegate", "add_signers", "return"];

/** What those asked may do beside deciding. */
export function AllowSetting({ id }: Of) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const allowed = Array.isArray(step.allow) ? (step.allow as string[]) : ALLOWED;
  return (
    <fieldset className="field">
      <legend>{t("allow.title")}</legend>
      <Checkbox.Group
        className="checks"
        value={[...allowed]}
        options={ALLOWED.map((one) => ({ value: one, label: t(`allow.${one}`) }))}
        onChange={(picked) =>
          set("allow", picked.length === ALLOWED.length ? undefined : (picked as string[]))
        }
      />
    </fieldset>
  );
}

/** How many of several ways or items have to be through. */
export function JoinSetting({ id }: Of) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const isNumber = typeof step.join === "number";
  const value = isNumber ? "some" : String(step.join ?? "all");
  return (
    <fieldset className="field">
      <legend>{t("join.title")}</legend>
      <Segmented
        block
        value={value}
        options={["all", "any", "some"].map((one) => ({ value: one, label: t(`join.${one}`) }))}
        onChange={(picked) => set("join", picked === "some" ? 1 : picked === "all" ? undefined : picked)}
      />
      {isNumber ? (
        <InputNumber
          aria-label={t("join.number")}
          min={1}
          value={Number(step.join)}
          onChange={(number) => set("join", number ?? 1)}
        />
      ) : null}
    </fieldset>
  );
}
