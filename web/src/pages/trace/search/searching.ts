import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import dayjs from "dayjs";
import { api, told } from "../../../api/client.ts";
import type { InstanceView } from "../asked.ts";
import type { Filters } from "./filters.ts";

const AT_ONCE = 50;

export type Found = Awaited<ReturnType<typeof find>>["items"][number];

export const searchQuery = (filters: Filters, after: string | null) =>
  queryOptions({
    queryKey: ["instances", "search", filters, after],
    queryFn: () => find(filters, after),
    placeholderData: keepPreviousData,
  });

function find(filters: Filters, after: string | null) {
  const { q, status, since, until } = filters;
  const rest = ["process", "person", "system", "department", "node", "release"] as const;
  const query = {
    ...Object.fromEntries(rest.map((name) => [name, filters[name] || null])),
    q,
    status: (status || null) as InstanceView["status"] | null,
    since: since ? dayjs(since).startOf("day").toISOString() : null,
    until: until ? dayjs(until).endOf("day").toISOString() : null,
    limit: AT_ONCE,
    after,
  };
  return told(api.GET("/api/v1/instances/search", { params: { query } }));
}
