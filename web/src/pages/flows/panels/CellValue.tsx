import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Cell, FieldType } from "../cell.ts";
import type { FieldWord } from "../words.ts";
import { Pick } from "./Pick.tsx";

interface Props {
  cell: Exclude<Cell, { op: "written" }>;
  field: FieldWord | undefined;
  type: FieldType;
  onChange: (cell: Cell) => void;
}

/** The value of a comparison, by the type of the field: figures, dates, choices. */
export function CellValue({ cell, field, type, onChange }: Props) {
  const { t } = useTranslation("flows");
  if ("values" in cell)
    return (
      <Select
        mode={field?.values.length ? "multiple" : "tags"}
        className="pick"
        aria-label={t("when.value")}
        value={[...cell.values]}
        options={field?.values ?? []}
        onChange={(values: string[]) => onChange({ ...cell, values })}
      />
    );
  if ("low" in cell)
    return (
      <span className="when-between">
        <One
          label={t("when.low")}
          type={type}
          unit={field?.unit}
          value={cell.low}
          onChange={(low) => onChange({ ...cell, low })}
        />
        <One
          label={t("when.high")}
          type={type}
          unit={field?.unit}
          value={cell.high}
          onChange={(high) => onChange({ ...cell, high })}
        />
      </span>
    );
  if (type === "bool")
    return (
      <Pick
        label={t("when.value")}
        value={cell.value}
        choices={["true", "false"].map((value) => ({ value, label: t(`when.${value}`) }))}
        onPick={(value) => onChange({ ...cell, value: value ?? "true" })}
      />
    );
  if (field?.values.length)
    return (
      <Pick
        label={t("when.value")}
        value={cell.value}
        choices={field.values}
        onPick={(value) => onChange({ ...cell, value: value ?? "" })}
      />
    );
  return (
    <One
      label={t("when.value")}
      type={type}
      unit={field?.unit}
      value={cell.value}
      onChange={(value) => onChange({ ...cell, value })}
    />
  );
}

function One({
  label,
  type,
  unit,
  value,
  onChange,
}: {
  label: string;
  type: FieldType;
  unit: string | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  const isFigure = type === "number" || type === "money";
  return (
    <Input
      aria-label={label}
      inputMode={isFigure ? "decimal" : "text"}
      type={type === "date" ? "date" : "text"}
      suffix={unit}
      value={value}
      onChange={(event) =>
        onChange(isFigure ? event.target.value.replace(/[,，\s]/g, "") : event.target.value)
      }
    />
  );
}
