import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, told } from "../../api/client.ts";
import type { Filters } from "./filters.ts";

const AT_ONCE = 50;

/** One list of the to-do centre, page after page. */
export const todoQuery = (filters: Filters, limit = AT_ONCE) =>
  infiniteQueryOptions({
    queryKey: ["todo", filters, limit] as const,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/v1/todo", {
          params: {
            query: {
              box: filters.box,
              order: filters.order,
              limit,
              ...(filters.search && { search: filters.search }),
              ...(filters.process && { process: filters.process }),
              ...(filters.system && { system: filters.system }),
              ...(filters.due && { due: filters.due }),
              ...(pageParam && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });

export const countsQuery = queryOptions({
  queryKey: ["counts"],
  queryFn: () => told(api.GET("/api/v1/todo/counts")),
});

/** The processes there are, by which a list can be narrowed. */
export const processesQuery = queryOptions({
  queryKey: ["processes", "at a glance"],
  queryFn: () => told(api.GET("/api/v1/processes")),
  staleTime: 5 * 60_000,
});
