import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Input as Column } from "../model.ts";
import type { CellShape } from "../reading.ts";

interface Props {
  column: Column;
  shape: CellShape;
  onChange: (shape: CellShape) => void;
}

export function TruthParts({ shape, onChange }: Props) {
  const { t } = useTranslation("rules");
  const value = shape.spans?.[0]?.low ?? "";
  return (
    <Radio.Group
      value={value}
      onChange={(event) => {
        const low: string = event.target.value;
        onChange({ negated: false, spans: low ? [{ low, low_in: true, high: low, high_in: true }] : [] });
      }}
      options={[
        { value: "", label: t("any") },
        { value: "true", label: t("yes") },
        { value: "false", label: t("no") },
      ]}
    />
  );
}
