import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";
import { asSent, type Table } from "../../table/model.ts";
import { numberOf, useSettled } from "./useStudy.ts";

export type Tried = Schemas["Tried"];

export interface Trial {
  tried: Tried | null;
  error: unknown;
}

/** What has to be given to ask the table: the columns that are not worked out, and what those need. */
export const askedFor = (table: Table) => [...table.inputs.filter((one) => !one.is), ...table.given];

/** What the table answers for these inputs, as soon as all of them are there. */
export function useTrial(table: Table, inputs: Record<string, unknown>): Trial {
  const settled = useSettled(inputs, 250);
  const shown = useSettled(table, 350);
  const known = Object.fromEntries(
    askedFor(shown)
      .map((one) => [one.key, settled[one.key]] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
  const enabled = Object.keys(known).length === askedFor(shown).length;
  const query = useQuery({
    queryKey: ["try", numberOf(shown), known],
    queryFn: () => told(api.POST("/api/v1/rules/try", { body: { table: asSent(shown), inputs: known } })),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  return {
    tried: enabled && !query.error ? (query.data ?? null) : null,
    error: enabled ? query.error : null,
  };
}
