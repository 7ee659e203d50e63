import { Checkbox, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Input as Column } from "../model.ts";
import type { CellShape } from "../reading.ts";
import { COMPARISONS, type Comparison, partsOf, shapeOf } from "./figure.ts";

interface Props {
  column: Column;
  shape: CellShape;
  onChange: (shape: CellShape) => void;
}

/** One bound or two, of a figure or a day; what has more parts is typed. */
export function FigureParts({ column, shape, onChange }: Props) {
  const { t } = useTranslation("rules");
  const [parts, setParts] = useState(partsOf(shape));
  const shown = JSON.stringify(shape);
  useEffect(() => {
    const told = partsOf(JSON.parse(shown));
    setParts((now) => (shapeOf(now) || !told ? (told ?? now) : now));
  }, [shown]);

  function change(next: typeof parts) {
    if (!next) return;
    setParts(next);
    const whole = shapeOf(next);
    if (whole) onChange(whole);
  }

  if (!parts) return <p className="muted cell-editor-says">{t("manyParts")}</p>;
  const set = column.type === "date" ? "spans" : "figures";
  return (
    <div className="cell-editor-line">
      <Select<Comparison>
        value={parts.comparison}
        aria-label={t("comparison")}
        style={{ width: 118 }}
        onChange={(comparison) => change({ ...parts, comparison })}
        options={COMPARISONS.map((one) => ({ value: one, label: t(`${set}.${one}`) }))}
      />
      {parts.comparison === "any" ? null : (
        <Bound
          column={column}
          label={t("bound")}
          value={parts.low}
          onChange={(low) => change({ ...parts, low })}
        />
      )}
      {parts.comparison === "between" ? (
        <>
          <span>{t("to")}</span>
          <Bound
            column={column}
            label={t("upper")}
            value={parts.high}
            onChange={(high) => change({ ...parts, high })}
          />
          <Checkbox
            checked={parts.lowIn}
            onChange={(event) => change({ ...parts, lowIn: event.target.checked })}
          >
            {t("lowIn")}
          </Checkbox>
          <Checkbox
            checked={parts.highIn}
            onChange={(event) => change({ ...parts, highIn: event.target.checked })}
          >
            {t("highIn")}
          </Checkbox>
        </>
      ) : null}
    </div>
  );
}

interface BoundProps {
  column: Column;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Bound({ column, label, value, onChange }: BoundProps) {
  const { t } = useTranslation("rules");
  if (column.type === "date")
    return (
      <DatePicker
        aria-label={label}
        style={{ width: 140 }}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : "")}
      />
    );
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      style={{ width: 130 }}
      value={value}
      suffix={column.unit ? t(`units.${column.unit}`, column.unit) : null}
      onChange={(event) => onChange(event.target.value.replace(/[,\uFF0C\s]/g, ""))}
    />
  );
}
