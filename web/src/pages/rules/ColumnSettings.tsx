import { Input, Select } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import {
  type Input as Column,
  type InputType,
  type Output,
  type OutputType,
  relabelled,
} from "../../table/model.ts";

const INPUT_TYPES: InputType[] = ["money", "number", "enum", "text", "bool", "date"];
const OUTPUT_TYPES: OutputType[] = ["who", "enum", "text", "number", "money", "bool", "date", "json"];
const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"];

/** What a condition looks at: its name, type, unit, and the values that can occur. */
export function InputSettings({ column, onChange }: { column: Column; onChange: (next: Column) => void }) {
  const { t } = useTranslation("rules");
  const isWords = column.type === "enum" || column.type === "text";
  const isOrdered = column.type === "money" || column.type === "number" || column.type === "date";
  return (
    <>
      <Title of={column} onChange={(title) => onChange({ ...column, title })} />
      <Field label={t("column.type")}>
        {(id) => (
          <Select<InputType>
            id={id}
            value={column.type}
            disabled={Boolean(column.is)}
            onChange={(type) => onChange(retyped(column, type))}
            options={INPUT_TYPES.map((one) => ({ value: one, label: t(`types.${one}`) }))}
          />
        )}
      </Field>
      <Unit of={column} onChange={(unit) => onChange({ ...column, unit })} />
      {isWords ? (
        <Values
          label={t(column.type === "enum" ? "column.values" : "column.maybeValues")}
          values={Array.isArray(column.domain) ? column.domain : []}
          onChange={(values) => onChange({ ...column, domain: values.length ? values : null })}
        />
      ) : null}
      {isOrdered ? (
        <Field label={t("column.domain")} says={t("column.domainSays")}>
          {(id) => (
            <Input
              id={id}
              value={typeof column.domain === "string" ? column.domain : ""}
              placeholder="[0..)"
              onChange={(event) => onChange({ ...column, domain: event.target.value || null })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

/** What a row decides: its name, type, unit, and what it may say. */
export function OutputSettings({ output, onChange }: { output: Output; onChange: (next: Output) => void }) {
  const { t } = useTranslation("rules");
  const mayList = output.type === "enum" || output.type === "text" || output.type === "number";
  return (
    <>
      <Title of={output} onChange={(title) => onChange({ ...output, title })} />
      <Field label={t("column.type")}>
        {(id) => (
          <Select<OutputType>
            id={id}
            value={output.type}
            onChange={(type) => onChange({ key: output.key, title: output.title, type })}
            options={OUTPUT_TYPES.map((one) => ({ value: one, label: t(`types.${one}`) }))}
          />
        )}
      </Field>
      <Unit of={output} onChange={(unit) => onChange({ ...output, unit })} />
      {mayList ? (
        <Values
          label={t("column.ranked")}
          values={(output.values ?? []).map(String)}
          onChange={(values) => onChange({ ...output, values: values.length ? values : null })}
        />
      ) : null}
    </>
  );
}

function retyped(column: Column, type: InputType): Column {
  const { key, title } = column;
  if (type === "money") return { key, title, type, unit: "CNY", domain: "[0..)" };
  return type === "enum" ? { key, title, type, domain: [] } : { key, title, type };
}

type Titled = Pick<Column, "title">;

function Title({ of, onChange }: { of: Titled; onChange: (title: Column["title"]) => void }) {
  const { t, i18n } = useTranslation("rules");
  const say = useLabel();
  return (
    <Field label={t("column.title")}>
      {(id) => (
        <Input
          id={id}
          value={say(of.title)}
          onChange={(event) => onChange(relabelled(of.title, event.target.value, i18n.language === "en"))}
        />
      )}
    </Field>
  );
}

interface UnitProps {
  of: { type: string; unit?: string | null };
  onChange: (unit: string | null) => void;
}

function Unit({ of, onChange }: UnitProps) {
  const { t } = useTranslation("rules");
  if (of.type === "money")
    return (
      <Field label={t("column.currency")}>
        {(id) => (
          <Select
            id={id}
            value={of.unit ?? null}
            onChange={(unit) => onChange(unit)}
            options={CURRENCIES.map((one) => ({ value: one, label: `${t(`units.${one}`)} ${one}` }))}
          />
        )}
      </Field>
    );
  if (of.type !== "number") return null;
  return (
    <Field label={t("column.unit")}>
      {(id) => (
        <Input id={id} value={of.unit ?? ""} onChange={(event) => onChange(event.target.value || null)} />
      )}
    </Field>
  );
}

interface ValuesProps {
  label: string;
  values: string[];
  onChange: (values: string[]) => void;
}

function Values({ label, values, onChange }: ValuesProps) {
  const { t } = useTranslation("rules");
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={values}
          placeholder={t("column.valuesSay")}
          tokenSeparators={[",", "\u3001", "\uFF0C"]}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

function Field({
  label,
  says,
  children,
}: {
  label: string;
  says?: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="input-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {says ? <small className="muted">{says}</small> : null}
    </div>
  );
}
