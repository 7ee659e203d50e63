import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";

export type RuleSet = Schemas["RuleSet"];
export type VersionLine = Schemas["VersionLine"];

export const tablesQuery = queryOptions({
  queryKey: ["rules"],
  queryFn: () => told(api.GET("/api/v1/rules")),
});

export const tableQuery = (key: string) =>
  queryOptions({
    queryKey: ["rules", key],
    queryFn: () => told(api.GET("/api/v1/rules/{key}", { params: { path: { key } } })),
  });

export const versionQuery = (key: string, number: number) =>
  queryOptions({
    queryKey: ["rules", key, number],
    queryFn: () =>
      told(api.GET("/api/v1/rules/{key}/versions/{number}", { params: { path: { key, number } } })),
  });

export const hitsQuery = (key: string) =>
  queryOptions({
    queryKey: ["rules", key, "hits"],
    queryFn: () => told(api.GET("/api/v1/rules/{key}/hits", { params: { path: { key } } })),
  });

export const differencesQuery = (key: string, number: number, since?: number) =>
  queryOptions({
    queryKey: ["rules", key, number, "differences", since ?? null],
    queryFn: () =>
      told(
        api.GET("/api/v1/rules/{key}/versions/{number}/differences", {
          params: { path: { key, number }, query: since ? { since } : {} },
        }),
      ),
  });

/** The version one works on: the newest draft; else the one in force; else the newest. */
export function workedOn(set: RuleSet): number {
  const draft = set.versions.find((one) => ["draft", "checked", "approved"].includes(one.stage));
  return draft?.version ?? set.in_force ?? set.versions[0]?.version ?? 1;
}

export const isOpen = (stage: Schemas["Stage"]): boolean => stage !== "published" && stage !== "retired";
