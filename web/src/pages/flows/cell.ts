/** One cell of a condition, taken apart for editors and put together again. Whether it holds, only the server says. */

export type FieldType = "number" | "money" | "text" | "enum" | "bool" | "date";

export type Comparison = "lt" | "le" | "gt" | "ge" | "eq" | "ne";

export type Cell =
  | { op: Comparison; value: string }
  | { op: "between"; low: string; high: string; open: string }
  | { op: "in" | "notIn"; values: readonly string[] }
  | { op: "written"; text: string };

export type Op = Cell["op"];

const SIGNS: Record<string, Comparison> = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq" };
const SIGN_OF: Record<string, string> = { lt: "<", le: "<=", gt: ">", ge: ">=" };

const VALUE = /^("(?:[^"\\]|\\.)*"|[^\s"<>=()[\],]+)$/;
const COMPARED = /^(<=|>=|<|>|=)\s*(.+)$/;
const INTERVAL = /^([[(])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])])$/;
const NOT = /^not\s*\((.*)\)$/;

/** What a person would pick for it; what no editor can say stays as it is written. */
export function readCell(text: string): Cell {
  const plain = text.trim();
  const negated = NOT.exec(plain);
  if (negated) return listed(negated[1] ?? "", true) ?? { op: "written", text };
  const interval = INTERVAL.exec(plain);
  if (interval) {
    const [, left, low = "", high = "", right] = interval;
    if (VALUE.test(low) && VALUE.test(high))
      return { op: "between", low: unquoted(low), high: unquoted(high), open: `${left}${right}` };
    return { op: "written", text };
  }
  const compared = COMPARED.exec(plain);
  const value = compared?.[2] ?? "";
  const op = SIGNS[compared?.[1] ?? ""];
  if (op && VALUE.test(value)) return { op, value: unquoted(value) };
  return listed(plain, false) ?? { op: "written", text };
}

function listed(text: string, negated: boolean): Cell | null {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g)?.map((part) => part.trim()) ?? [];
  if (!parts.length || !parts.every((part) => VALUE.test(part) && part !== "-")) return null;
  const values = parts.map(unquoted);
  const [only = ""] = values;
  if (values.length === 1) return { op: negated ? "ne" : "eq", value: only };
  return { op: negated ? "notIn" : "in", values };
}

export function writeCell(cell: Cell, type: FieldType): string {
  const said = (value: string) => quoted(value, type);
  switch (cell.op) {
    case "written":
      return cell.text;
    case "between":
      return `${cell.open[0] ?? "["}${said(cell.low)}..${said(cell.high)}${cell.open[1] ?? "]"}`;
    case "in":
      return cell.values.map(said).join(", ");
    case "notIn":
      return `not(${cell.values.map(said).join(", ")})`;
    case "eq":
      return said(cell.value);
    case "ne":
      return `not(${said(cell.value)})`;
    default:
      return `${SIGN_OF[cell.op]} ${said(cell.value)}`;
  }
}

/** What a cell still says when somebody picks another comparison. */
export function withOp(cell: Cell, op: Op): Cell {
  const value = firstValue(cell);
  switch (op) {
    case "between":
      return { op, low: value, high: "", open: "[]" };
    case "in":
    case "notIn":
      return { op, values: "values" in cell ? cell.values : value ? [value] : [] };
    case "written":
      return { op, text: "" };
    default:
      return { op, value };
  }
}

function firstValue(cell: Cell): string {
  if ("value" in cell) return cell.value;
  if ("low" in cell) return cell.low;
  return "values" in cell ? (cell.values[0] ?? "") : "";
}

export const OPS: Record<FieldType, readonly Op[]> = {
  number: ["gt", "ge", "lt", "le", "between", "eq", "ne"],
  money: ["gt", "ge", "lt", "le", "between", "eq", "ne"],
  date: ["ge", "le", "gt", "lt", "between", "eq"],
  text: ["eq", "ne", "in", "notIn"],
  enum: ["eq", "ne", "in", "notIn"],
  bool: ["eq"],
};

const BARE = /^[A-Za-z_][A-Za-z0-9_]*$/;

function quoted(value: string, type: FieldType): string {
  if (type !== "text" && type !== "enum") return value;
  const isWord = BARE.test(value) && !["true", "false", "not"].includes(value);
  return isWord ? value : `"${value.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}
