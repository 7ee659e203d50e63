import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  SettingOutlined,
} from "@ant-design/icons";
import { Button, Popover, Select, Space } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { HITS, type Hit } from "../../table/hits.ts";
import { deleteRows, duplicateRows, insertRow, moveRows } from "../../table/rows.ts";
import { at, type Selection, spanOf } from "../../table/selection.ts";
import type { Document } from "./useDocument.ts";
import type { Panel } from "./Workbench.tsx";

interface Props {
  doc: Document;
  selection: Selection;
  editable: boolean;
  withDays: boolean;
  onSelect: (selection: Selection) => void;
  onPanel: (panel: Panel) => void;
  onWithDays: (withDays: boolean) => void;
}

/** What is done to the selected rows, and how rows that meet are settled. */
export function RowTools({ doc, selection, editable, withDays, onSelect, onPanel, onWithDays }: Props) {
  const { t } = useTranslation("rules");
  const { table, change } = doc;
  const { top, bottom } = spanOf(selection);
  const rows = table.rows.length;
  const isRow = bottom < rows;
  const { col } = selection.focus;

  const move = (by: -1 | 1) => {
    const next = moveRows(table, top, bottom, by < 0 ? top - 1 : bottom + 2);
    if (next === table) return;
    change(next);
    onSelect({ anchor: { row: top + by, col }, focus: { row: bottom + by, col } });
  };
  const insert = () => {
    const place = Math.min(bottom + 1, rows);
    change(insertRow(table, place));
    onSelect(at(place, 0));
  };
  return (
    <div className="row-tools">
      {editable ? (
        <Space wrap size={4}>
          <Button icon={<PlusOutlined />} onClick={insert}>
            {t("insertRow")}
          </Button>
          <Tool title={t("duplicateRow")} off={!isRow} do={() => change(duplicateRows(table, top, bottom))}>
            <CopyOutlined />
          </Tool>
          <Tool title={t("moveUp")} off={!isRow || top === 0} do={() => move(-1)}>
            <ArrowUpOutlined />
          </Tool>
          <Tool title={t("moveDown")} off={bottom >= rows - 1} do={() => move(1)}>
            <ArrowDownOutlined />
          </Tool>
          <Tool
            title={t("deleteRow")}
            off={!isRow}
            do={() => {
              change(deleteRows(table, top, bottom));
              onSelect(at(Math.max(0, top - 1), col));
            }}
          >
            <DeleteOutlined />
          </Tool>
          <Button icon={<SettingOutlined />} onClick={() => onPanel({ kind: "column", key: null })}>
            {t("columns")}
          </Button>
          <Button onClick={() => onWithDays(!withDays)} aria-pressed={withDays}>
            {t("days")}
          </Button>
        </Space>
      ) : null}
      <Space>
        {editable ? (
          <>
            <label htmlFor="hit-policy">{t("hit")}</label>
            <Select<Hit>
              id="hit-policy"
              value={table.hit}
              style={{ minWidth: 210 }}
              onChange={(hit) => change({ ...table, hit })}
              options={HITS.map((one) => ({ value: one, label: t(`policies.${one}`) }))}
            />
          </>
        ) : (
          <span className="muted">{t("hitSays", { policy: t(`policies.${table.hit}`) })}</span>
        )}
        {editable ? (
          <Popover content={<Keys />} title={t("keys.title")} trigger="click" placement="bottomRight">
            <Button type="text">{t("keys.title")}</Button>
          </Popover>
        ) : null}
      </Space>
    </div>
  );
}

interface ToolProps {
  title: string;
  off: boolean;
  do: () => void;
  children: ReactNode;
}

function Tool({ title, off, do: act, children }: ToolProps) {
  return <Button icon={children} aria-label={title} title={title} disabled={off} onClick={act} />;
}

const KEYS = ["edit", "next", "copy", "select", "clear", "undo", "insert", "duplicate", "move", "remove"];

function Keys() {
  const { t } = useTranslation("rules");
  return (
    <dl className="key-list">
      {KEYS.map((one) => (
        <div key={one} className="key">
          <dt>
            <kbd>{t(`keys.${one}.key`)}</kbd>
          </dt>
          <dd>{t(`keys.${one}.does`)}</dd>
        </div>
      ))}
    </dl>
  );
}
