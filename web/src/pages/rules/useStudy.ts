import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Schemas, told } from "../../api/client.ts";
import type { Lexicon } from "../../table/lexicon.ts";
import { asSent, type Table } from "../../table/model.ts";
import { heldAt, slotsOf } from "../../table/slots.ts";

export type Studied = Schemas["Studied"];
export type Finding = Schemas["Finding"];

const numbers = new WeakMap<object, number>();
let last = 0;

/** A number for a table that never changes: a key for what was asked about it, without spelling it out. */
export function numberOf(table: Table): number {
  const known = numbers.get(table);
  if (known) return known;
  last += 1;
  numbers.set(table, last);
  return last;
}

/** The value once it has not changed for a moment. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export interface Study {
  studied: Studied | null;
  /** Whether what is told is about the table as it is now. */
  isFresh: boolean;
  error: unknown;
}

/** What the server says about the table while it is edited; its words go to the lexicon. */
export function useStudy(table: Table, acknowledged: string[], lexicon: Lexicon): Study {
  const settled = useSettled(table, 350);
  const query = useQuery({
    queryKey: ["study", numberOf(settled), acknowledged.join()],
    queryFn: async () => {
      const body = { table: asSent(settled), acknowledge: acknowledged };
      const studied = await told(api.POST("/api/v1/rules/check", { body }));
      learn(lexicon, settled, studied);
      return { of: settled, studied };
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  return {
    studied: query.data?.studied ?? null,
    isFresh: query.data?.of === table && !query.isPlaceholderData,
    error: query.error,
  };
}

function learn(lexicon: Lexicon, table: Table, studied: Studied): void {
  const slots = slotsOf(table, false);
  [...studied.rows, ...studied.default].forEach((words, row) => {
    for (const slot of slots) {
      const says = words[slot.key];
      if (says) lexicon.learn(slot, heldAt(table, row, slot), says);
    }
  });
}
