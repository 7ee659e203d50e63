import { Checkbox, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Input as Column } from "../model.ts";
import type { CellShape } from "../reading.ts";

interface Props {
  column: Column;
  shape: CellShape;
  onChange: (shape: CellShape) => void;
}

/** Which words it may be, or which not. */
export function WordParts({ column, shape, onChange }: Props) {
  const { t } = useTranslation("rules");
  const chosen = (shape.spans ?? []).map((span) => span.low ?? "");
  const known = Array.isArray(column.domain) ? column.domain : [];
  const choose = (words: string[], negated = shape.negated ?? false) =>
    onChange({
      negated: negated && words.length > 0,
      spans: words.map((word) => ({ low: word, low_in: true, high: word, high_in: true })),
    });
  return (
    <fieldset>
      <legend className="visually-hidden">{t("words")}</legend>
      {known.length ? (
        <Checkbox.Group
          className="cell-editor-choices"
          value={chosen}
          onChange={(words) => choose(words.map(String))}
          options={known.map((word) => ({ value: word, label: word }))}
        />
      ) : (
        <Select
          mode="tags"
          value={chosen}
          aria-label={t("words")}
          onChange={(words: string[]) => choose(words)}
          tokenSeparators={[",", "\u3001", "\uFF0C"]}
        />
      )}
      <span className="cell-editor-line">
        <Switch
          size="small"
          checked={shape.negated ?? false}
          disabled={!chosen.length}
          aria-label={t("exceptThese")}
          onChange={(negated) => choose(chosen, negated)}
        />
        {t("exceptThese")}
      </span>
    </fieldset>
  );
}
