import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { type Cell, type FieldType, OPS, type Op, readCell, withOp, writeCell } from "../cell.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import { type FieldWord, fieldsIn, withOwn } from "../words.ts";
import { CellValue } from "./CellValue.tsx";
import { Group } from "./Field.tsx";
import { Pick } from "./Pick.tsx";

interface Props {
  label: string;
  says?: string;
  node: string;
  field: string;
  value: Step;
  /** The server's sentence for it. */
  sentence?: string | undefined;
  onChange: (when: Step) => void;
}

/** A condition: all of these hold. Typed by field, told back as a sentence by the server. */
export function WhenEditor({ label, says, node, field, value, sentence, onChange }: Props) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const fields = fieldsIn(useDrawing(), words, useLang());
  const rows = Object.entries(value);
  const free = fields.find((one) => !(one.path in value));
  const put = (index: number, path: string, text: string) =>
    onChange(Object.fromEntries(rows.map((row, number) => (number === index ? [path, text] : row))));
  return (
    <Group label={label} node={node} field={field} says={rows.length ? undefined : says}>
      {rows.map(([path, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the path is what is being chosen
        <div className="when" key={index}>
          <WhenRow
            path={path}
            text={typeof text === "string" ? text : String(text ?? "")}
            fields={fields}
            onChange={(nextPath, nextText) => put(index, nextPath, nextText)}
          />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden="true" />}
            aria-label={t("when.remove")}
            onClick={() => onChange(Object.fromEntries(rows.filter((_, number) => number !== index)))}
          />
        </div>
      ))}
      {sentence && rows.length ? <p className="when-sentence">{sentence}</p> : null}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden="true" />}
        disabled={"" in value}
        onClick={() => onChange({ ...value, [free?.path ?? ""]: firstCell(free) })}
      >
        {t(rows.length ? "when.and" : "when.add")}
      </Button>
    </Group>
  );
}

function firstCell(field: FieldWord | undefined): string {
  const type = field?.type ?? "text";
  const op = OPS[type][0] ?? "eq";
  return writeCell({ op, value: field?.values[0]?.value ?? (type === "bool" ? "true" : "") } as Cell, type);
}

interface RowProps {
  path: string;
  text: string;
  fields: readonly FieldWord[];
  onChange: (path: string, text: string) => void;
}

function WhenRow({ path, text, fields, onChange }: RowProps) {
  const { t } = useTranslation("flows");
  const known = fields.find((one) => one.path === path);
  const type: FieldType = known?.type ?? "text";
  const cell = readCell(text);
  const editable = begunCell(text) ?? cell;
  const ops: readonly Op[] = OPS[type].includes(editable.op) ? OPS[type] : [...OPS[type], editable.op];
  return (
    <div className="when-row">
      <Pick
        label={t("when.field")}
        value={path}
        placeholder={t("when.pick")}
        choices={withOwn(
          fields.map((one) => ({ value: one.path, label: one.title })),
          path,
        )}
        onPick={(picked) => onChange(picked ?? "", firstCell(fields.find((one) => one.path === picked)))}
      />
      <Pick
        label={t("when.op")}
        value={editable.op}
        choices={ops.map((op) => ({
          value: op,
          label: t(`when.ops.${type === "date" && op !== "eq" ? `date_${op}` : op}`),
        }))}
        onPick={(op) => op && onChange(path, writeCell(withOp(editable, op as Op), type))}
      />
      {editable.op === "written" ? (
        <Input
          aria-label={t("when.value")}
          value={text}
          onChange={(event) => onChange(path, event.target.value)}
        />
      ) : (
        <CellValue
          cell={editable}
          field={known}
          type={type}
          onChange={(next) => onChange(path, writeCell(next, type))}
        />
      )}
    </div>
  );
}

const BEGUN: Record<string, Cell> = {
  ">": { op: "gt", value: "" },
  ">=": { op: "ge", value: "" },
  "<": { op: "lt", value: "" },
  "<=": { op: "le", value: "" },
  "": { op: "eq", value: "" },
  '""': { op: "eq", value: "" },
  'not("")': { op: "ne", value: "" },
};

/** A comparison whose value is still to come, which is no cell yet. */
function begunCell(text: string): Cell | null {
  const interval = /^([[(])(.*)\.\.(.*)([\])])$/.exec(text.trim());
  if (interval) {
    const [, left = "[", low = "", high = "", right = "]"] = interval;
    if (!low || !high) return { op: "between", low, high, open: left + right };
  }
  return BEGUN[text.trim()] ?? null;
}
