import type { Label, Schemas } from "../api/client.ts";

/** A decision table as an editor holds it; what it means is the server's to say. */
export interface Table {
  table: string;
  title: Label;
  hit: Hit;
  inputs: Input[];
  given: Schemas["Given-Output"][];
  outputs: Output[];
  rows: Row[];
  default: Outcome | Outcome[] | null;
  cases: Case[];
}

export type Outcome = Record<string, unknown>;
export type Hit = Schemas["HitPolicy"];
export type InputType = "number" | "money" | "enum" | "bool" | "date" | "text";
export type OutputType = "who" | "text" | "number" | "money" | "enum" | "bool" | "date" | "json";

export interface Input {
  key: string;
  title: Label;
  type: InputType;
  unit?: string | null;
  domain?: string | string[] | null;
  is?: Schemas["Computed-Output"] | null;
}

export interface Output {
  key: string;
  title: Label;
  type: OutputType;
  values?: unknown[] | null;
  unit?: string | null;
}

export interface Row {
  id: string;
  when: Record<string, string>;
  then: Outcome;
  note?: Label | null;
  valid_from?: string | null;
  valid_to?: string | null;
}

export type Case = Schemas["TableCase"];

/** The table as the server sent it, with what it leaves out filled in. */
export function asTable(served: Schemas["Table-Output"]): Table {
  return {
    table: served.table,
    title: served.title ?? named(served.table),
    hit: served.hit,
    inputs: served.inputs.map((one) => ({ ...one, title: one.title ?? named(one.key) })),
    given: served.given ?? [],
    outputs: served.outputs.map((one) => ({
      ...one,
      title: one.title ?? named(one.key),
      type: one.type ?? "json",
    })),
    rows: served.rows.map((one) => ({ ...one, when: one.when ?? {} })),
    default: served.default ?? null,
    cases: served.cases ?? [],
  };
}

/** The table as it is sent. */
export const asSent = (table: Table): Schemas["Table-Input"] => table as Schemas["Table-Input"];

/** A text that reads alike in both languages. */
export const named = (text: string): Label => ({ zh: text, en: text });

/** The label with its text in one language changed; a label that read alike in both goes on doing so. */
export function relabelled(label: Label | null | undefined, text: string, isEnglish: boolean): Label {
  if (!label || label.zh === label.en) return named(text);
  return isEnglish ? { ...label, en: text } : { ...label, zh: text };
}

/** The one default outcome that the grid shows as its last row; lists of them are left to the file. */
export function defaultOutcome(table: Table): Outcome | null {
  return Array.isArray(table.default) ? null : table.default;
}

/** Whether rows hold on some days only. */
export const isDated = (table: Table): boolean => table.rows.some((row) => row.valid_from || row.valid_to);
