import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Pages, type TodoCounts, without } from "./listing.ts";

type Before = [QueryKey, Pages | undefined][];

/** The lists on the screen, which lose what is decided at once and get it back if it was not. */
export interface Lists {
  /** Takes lines out; says how to put them back. */
  take: (ids: ReadonlySet<string>) => () => void;
  /** What the server has now is asked for anew. */
  renew: () => void;
}

const SHOWING = ["todo", "counts", "task", "instance", "stuck", "instances"];

export function useLists(): Lists {
  const client = useQueryClient();
  return useMemo(() => listsOf(client), [client]);
}

function listsOf(client: QueryClient): Lists {
  return {
    take: (ids) => {
      void client.cancelQueries({ queryKey: ["todo"] });
      const before: Before = client.getQueriesData<Pages>({ queryKey: ["todo"] });
      const counts = client.getQueryData<TodoCounts>(["counts"]);
      client.setQueriesData<Pages>({ queryKey: ["todo"] }, (listed) => without(listed, ids));
      if (counts) client.setQueryData(["counts"], { ...counts, open: Math.max(counts.open - ids.size, 0) });
      return () => {
        for (const [key, listed] of before) client.setQueryData(key, listed);
        client.setQueryData(["counts"], counts);
      };
    },
    renew: () => {
      for (const head of SHOWING) void client.invalidateQueries({ queryKey: [head] });
    },
  };
}
