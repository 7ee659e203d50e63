import { api, type Label, type Schemas, told } from "../api/client.ts";
import type { Lexicon } from "./lexicon.ts";
import { named, type Table } from "./model.ts";
import type { Given } from "./rows.ts";
import type { Slot } from "./slots.ts";

export type CellOrder = Schemas["CellOrder"];
export type CellRead = Schemas["CellRead"];
export type CellShape = Schemas["CellShape"];
export type SpanShape = Schemas["SpanShape"];

/** Has the server read cells as they were typed or put together, and remembers what they say. */
export type Read = (orders: CellOrder[]) => Promise<CellRead[]>;

export function readerOf(table: Table, lexicon: Lexicon, slots: Slot[]): Read {
  return async (orders) => {
    const columns = { inputs: table.inputs, outputs: table.outputs } as Pick<
      Schemas["CellsOrder"],
      "inputs" | "outputs"
    >;
    const answer = await told(api.POST("/api/v1/rules/read-cells", { body: { ...columns, cells: orders } }));
    answer.cells.forEach((read, place) => {
      const slot = slots.find((one) => one.key === orders[place]?.column);
      if (slot && read.says) lexicon.learn(slot, slot.kind === "when" ? read.cell : read.value, read.says);
    });
    return answer.cells;
  };
}

/** What a place gets for what was read; what could not be read stays as it was typed, and the check says why. */
export function givenFor(slot: Slot, read: CellRead | undefined, typed: string, note?: Label): Given {
  if (slot.kind === "when")
    return { slot: "when", key: slot.key, cell: read && !read.wrong ? (read.cell ?? "") : typed };
  if (slot.kind === "then")
    return { slot: "then", key: slot.key, value: read && !read.wrong ? read.value : typed || undefined };
  if (slot.kind === "note") return { slot: "note", note: typed ? (note ?? named(typed)) : null };
  return { slot: slot.kind, day: typed || null };
}
