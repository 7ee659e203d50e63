import { queryOptions } from "@tanstack/react-query";
import { api, type Label, told } from "../../../api/client.ts";
import type { Decision } from "../asked.ts";

/** What a row of a table says in words: the table's title, the row's conditions and what it gives, by column. */
export interface RowSaid {
  table: Label;
  conditions: { title: Label; says: Label }[];
  gives: { title: Label; says: Label }[];
  note: Label | null;
}

/** The row that a decision took, in the server's words; null where the table's version is not kept as one. */
export const rowQuery = (decision: Decision) =>
  queryOptions({
    queryKey: ["rules", decision.table, decision.version, decision.rows[0] ?? ""],
    queryFn: () => askRow(decision),
    staleTime: Number.POSITIVE_INFINITY,
  });

async function askRow({ table: key, version: number, rows }: Decision): Promise<RowSaid | null> {
  if (number === null) return null;
  const path = { key, number };
  const { table } = await told(api.GET("/api/v1/rules/{key}/versions/{number}", { params: { path } }));
  const row = table.rows.find((one) => one.id === rows[0]);
  const when = Object.entries(row?.when ?? {}).map(([column, typed]) => ({ column, typed, value: null }));
  const then = Object.entries(row?.then ?? {}).map(([column, value]) => ({ column, value }));
  const body = { inputs: table.inputs, outputs: table.outputs, cells: [...when, ...then] };
  const { cells } = await told(api.POST("/api/v1/rules/read-cells", { body }));
  const titled = new Map([...table.inputs, ...table.outputs].map((one) => [one.key, one.title]));
  const said = [...when, ...then].map(({ column }, place) => ({
    title: titled.get(column) ?? plain(column),
    says: cells[place]?.says ?? plain(""),
  }));
  return {
    table: table.title ?? plain(key),
    conditions: said.slice(0, when.length),
    gives: said.slice(when.length),
    note: row?.note ?? null,
  };
}

function plain(text: string): Label {
  return { zh: text, en: text };
}
