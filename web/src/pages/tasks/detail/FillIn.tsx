import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { type CardField, type FieldRow, textOf, typed } from "./fields.ts";

interface Props {
  row: FieldRow;
  values: CardField["values"];
  value: unknown;
  isLacking: boolean;
  fill: (value: unknown) => void;
}

/** A field that its person may or must fill in, in its place among the others. */
export function FillIn({ row, values, value, isLacking, fill }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const id = useId();
  const options =
    typeof row.value === "boolean"
      ? [
          { value: "true", label: t("detail.yes") },
          { value: "false", label: t("detail.no") },
        ]
      : Object.entries(values).map(([key, label]) => ({ value: key, label: say(label) }));
  const told = {
    id,
    "data-field": row.field,
    "aria-required": row.right === "required",
    "aria-invalid": isLacking,
    value: textOf(value),
  };
  return (
    <div className={isLacking ? "shown fill fill-lacking" : "shown fill"}>
      <label htmlFor={id} className="muted">
        {say(row.label) || row.field}
        {row.right === "required" ? <span className="fill-required"> {t("detail.required")}</span> : null}
      </label>
      {options.length ? (
        <select {...told} onChange={(event) => fill(typed(event.target.value, row.value))}>
          <option value="">{t("detail.choose")}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input {...told} onChange={(event) => fill(typed(event.target.value, row.value))} />
      )}
    </div>
  );
}
