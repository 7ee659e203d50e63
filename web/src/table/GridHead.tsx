// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser cannot be edited like a spreadsheet
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { SettingOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useLabel } from "../app/label.ts";
import type { Slot } from "./slots.ts";

interface Props {
  slots: Slot[];
  editable: boolean;
  onColumn: (key: string) => void;
}

/** 如果 | 那么 | 备注, and below the titles of the columns; a title opens the settings of its column. */
export function GridHead({ slots, editable, onColumn }: Props) {
  const { t } = useTranslation("rules");
  const ifs = slots.filter((slot) => slot.kind === "when").length;
  const thens = slots.filter((slot) => slot.kind === "then").length;
  return (
    <div className="grid-head" role="rowgroup">
      <div role="row" className="grid-line grid-groups">
        <div role="columnheader" className="grid-number">
          <span className="visually-hidden">{t("number")}</span>
        </div>
        <Group title={t("if")} span={ifs} />
        <Group title={t("then")} span={thens} />
        <Group title="" span={slots.length - ifs - thens} />
      </div>
      <div role="row" className="grid-line">
        <div role="columnheader" className="grid-number">
          #
        </div>
        {slots.map((slot) => (
          <Title key={`${slot.kind} ${slot.key}`} slot={slot} editable={editable} onColumn={onColumn} />
        ))}
      </div>
    </div>
  );
}

function Group({ title, span }: { title: string; span: number }) {
  return (
    <div
      role="columnheader"
      className="grid-group"
      style={{ gridColumn: `span ${span}` }}
      aria-colspan={span}
    >
      {title}
    </div>
  );
}

function Title({ slot, editable, onColumn }: { slot: Slot } & Omit<Props, "slots">) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const column = slot.kind === "when" ? slot.column : slot.kind === "then" ? slot.output : null;
  const title = column ? say(column.title) : t(`slots.${slot.kind}`);
  const unit = column?.unit ? (
    <small className="muted"> {t(`units.${column.unit}`, column.unit)}</small>
  ) : null;
  return (
    <div role="columnheader" className="grid-title">
      {editable && column ? (
        <button type="button" className="grid-column" onClick={() => onColumn(column.key)}>
          <span>
            {title}
            {unit}
          </span>
          <SettingOutlined aria-label={t("column.settings")} />
        </button>
      ) : (
        <span>
          {title}
          {unit}
        </span>
      )}
    </div>
  );
}
