import type { Label, Schemas } from "../../../api/client.ts";
import type { Task } from "./acts.ts";
import type { InstanceView } from "./asked.ts";

export type CardField = Schemas["CardField"];
export type Right = Task["fields"][string];

/** One field of the document as the reader meets it. `label` is null for one that nobody gave a name. */
export interface FieldRow {
  field: string;
  label: Label | null;
  value: unknown;
  words: Label | null;
  right: Right;
}

const OTHERS = "*";

export function rightOf(rights: Task["fields"], field: string): Right {
  return rights[field] ?? rights[OTHERS] ?? "read";
}

/** The document: first what the process shows of it and what is to be filled in, then the rest. What is on top of the
 * page already is not said again. */
export function rowsOf(
  view: Pick<InstanceView, "card" | "card_fields" | "fields">,
  rights: Task["fields"],
  card: readonly CardField[],
  onTop: readonly string[],
): { shown: FieldRow[]; others: FieldRow[] } {
  const known = new Map(card.map((one) => [one.field, one.title]));
  const shown = view.card_fields.map((field, place) => ({
    field,
    label: view.card[place]?.[0] ?? null,
    value: view.fields[field],
    words: view.card[place]?.[1] ?? null,
    right: rightOf(rights, field),
  }));
  const rest = [...new Set([...Object.keys(view.fields), ...Object.keys(rights)])]
    .filter((field) => field !== OTHERS && !view.card_fields.includes(field))
    .map((field) => ({
      field,
      label: known.get(field) ?? null,
      value: view.fields[field],
      words: null,
      right: rightOf(rights, field),
    }))
    .filter((row) => row.right !== "hidden");
  return {
    shown: [...shown, ...rest.filter(isWritable)].filter(
      (row) => isWritable(row) || !onTop.includes(row.field),
    ),
    others: rest.filter((row) => !isWritable(row) && !isBlank(row.value)),
  };
}

export function isWritable(row: Pick<FieldRow, "right">): boolean {
  return row.right === "write" || row.right === "required";
}

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && !value.trim());
}

/** What has to be filled in and is not, neither in the document nor by the person now. */
export function missing(rows: readonly FieldRow[], filled: Record<string, unknown>): FieldRow[] {
  return rows.filter((row) => row.right === "required" && isBlank(filled[row.field] ?? row.value));
}

/** A value as text; lists of records are shown as tables elsewhere. */
export function textOf(value: unknown): string {
  if (isBlank(value)) return "";
  if (Array.isArray(value)) return value.map(textOf).join("、");
  if (typeof value === "object" && value !== null)
    return Object.values(value).map(textOf).filter(Boolean).join(" ");
  return String(value);
}

/** A list of records, as a table can show it. */
export function recordsOf(value: unknown): Record<string, unknown>[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const records = value.filter(
    (one): one is Record<string, unknown> => typeof one === "object" && one !== null && !Array.isArray(one),
  );
  return records.length === value.length ? records : null;
}

/** What people call a field, where the process says so. */
export function titleOfField(card: readonly CardField[], field: string): Label | null {
  return card.find((one) => one.field === field)?.title ?? null;
}

/** What people call a value, where the process has a word for it. */
export function wordOf(card: readonly CardField[], field: string, value: unknown): Label | null {
  return card.find((one) => one.field === field)?.values[textOf(value)] ?? null;
}

/** What was typed, as the kind of value that was there. */
export function typed(text: string, before: unknown): unknown {
  if (typeof before === "boolean") return text === "true";
  if (typeof before === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return text;
}

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** What is different in the document since the reader saw it. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
