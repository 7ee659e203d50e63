import { DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import { type Input as Column, named } from "../../table/model.ts";

interface Props {
  column: Pick<Column, "key" | "unit" | "domain"> & { type: string; title?: Column["title"] };
  value: unknown;
  onChange: (value: unknown) => void;
}

/** One input of a table, as its column wants it. Figures stay text, so that they stay exact. */
export function InputField({ column, value, onChange }: Props) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const id = useId();
  return (
    <div className="input-field">
      <label htmlFor={id}>{say(column.title ?? named(column.key))}</label>
      <Control
        id={id}
        column={column}
        value={value}
        onChange={onChange}
        placeholder={t(`values.${column.type}`)}
      />
    </div>
  );
}

function Control({ id, column, value, onChange, placeholder }: Props & { id: string; placeholder: string }) {
  const { t } = useTranslation("rules");
  if (column.type === "bool")
    return (
      <Select
        id={id}
        value={typeof value === "boolean" ? value : null}
        placeholder={placeholder}
        onChange={onChange}
        options={[
          { value: true, label: t("yes") },
          { value: false, label: t("no") },
        ]}
      />
    );
  if (column.type === "date")
    return (
      <DatePicker
        id={id}
        value={typeof value === "string" && value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : "")}
      />
    );
  if (column.type === "list")
    return (
      <Select
        id={id}
        mode="tags"
        value={Array.isArray(value) ? value : []}
        onChange={onChange}
        placeholder={placeholder}
      />
    );
  if (Array.isArray(column.domain) && (column.type === "enum" || column.type === "text"))
    return (
      <Select
        id={id}
        allowClear
        value={typeof value === "string" && value ? value : null}
        placeholder={placeholder}
        onChange={(chosen) => onChange(chosen ?? "")}
        options={column.domain.map((one) => ({ value: one, label: one }))}
      />
    );
  const isFigure = column.type === "number" || column.type === "money";
  return (
    <Input
      id={id}
      inputMode={isFigure ? "decimal" : "text"}
      value={value === undefined || value === null ? "" : String(value)}
      placeholder={placeholder}
      suffix={column.unit ? t(`units.${column.unit}`, column.unit) : null}
      onChange={(event) => {
        const typed = event.target.value;
        onChange(isFigure ? typed.replace(/[,\uFF0C\s]/g, "") : typed);
      }}
    />
  );
}
