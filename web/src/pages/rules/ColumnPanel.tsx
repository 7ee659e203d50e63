import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import {
  addInput,
  addOutput,
  changeInput,
  changeOutput,
  freshKey,
  moveColumn,
  removeColumn,
} from "../../table/columns.ts";
import { named, relabelled, type Table } from "../../table/model.ts";
import { InputSettings, OutputSettings } from "./ColumnSettings.tsx";
import type { Document } from "./useDocument.ts";

interface Props {
  doc: Document;
  /** The column whose settings are open first; null is all of them. */
  column: string | null;
  onClose: () => void;
}

/** The columns: what each looks at or decides, and what can occur in it at all. */
export function ColumnPanel({ doc, column, onClose }: Props) {
  const { t, i18n } = useTranslation("rules");
  const say = useLabel();
  const { table, change } = doc;
  const inputs = table.inputs.filter((one) => column === null || one.key === column);
  const outputs = table.outputs.filter((one) => column === null || one.key === column);
  return (
    <section aria-label={t("columns")} className="panel">
      <div className="panel-head">
        <h2>{column ? t("column.settings") : t("columns")}</h2>
        <Button type="text" size="small" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      {column === null ? (
        <div className="input-field">
          <label htmlFor="table-title">{t("tableTitle")}</label>
          <Input
            id="table-title"
            value={say(table.title)}
            onChange={(event) =>
              change({ ...table, title: relabelled(table.title, event.target.value, i18n.language === "en") })
            }
          />
        </div>
      ) : null}
      {inputs.length ? <h3>{t("if")}</h3> : null}
      {inputs.map((one) => (
        <fieldset key={one.key} className="column-settings">
          <legend>{say(one.title)}</legend>
          <InputSettings column={one} onChange={(next) => change(changeInput(table, next))} />
          <Tools table={table} column={one.key} isLast={table.inputs.length === 1} onChange={change} />
        </fieldset>
      ))}
      {column === null ? (
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change(
              addInput(table, {
                key: freshKey(table, "", "input"),
                title: named(t("newInput")),
                type: "text",
              }),
            )
          }
        >
          {t("addInput")}
        </Button>
      ) : null}
      {outputs.length ? <h3>{t("then")}</h3> : null}
      {outputs.map((one) => (
        <fieldset key={one.key} className="column-settings">
          <legend>{say(one.title)}</legend>
          <OutputSettings output={one} onChange={(next) => change(changeOutput(table, next))} />
          <Tools table={table} column={one.key} isLast={table.outputs.length === 1} onChange={change} />
        </fieldset>
      ))}
      {column === null ? (
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change(
              addOutput(table, {
                key: freshKey(table, "", "output"),
                title: named(t("newOutput")),
                type: "who",
              }),
            )
          }
        >
          {t("addOutput")}
        </Button>
      ) : null}
    </section>
  );
}

interface ToolsProps {
  table: Table;
  column: string;
  isLast: boolean;
  onChange: (next: Table) => void;
}

function Tools({ table, column, isLast, onChange }: ToolsProps) {
  const { t } = useTranslation("rules");
  return (
    <div className="column-tools">
      <Button
        size="small"
        icon={<ArrowLeftOutlined />}
        aria-label={t("column.left")}
        title={t("column.left")}
        onClick={() => onChange(moveColumn(table, column, -1))}
      />
      <Button
        size="small"
        icon={<ArrowRightOutlined />}
        aria-label={t("column.right")}
        title={t("column.right")}
        onClick={() => onChange(moveColumn(table, column, 1))}
      />
      <Button
        size="small"
        danger
        icon={<DeleteOutlined />}
        disabled={isLast}
        onClick={() => onChange(removeColumn(table, column))}
      >
        {t("column.remove")}
      </Button>
    </div>
  );
}
