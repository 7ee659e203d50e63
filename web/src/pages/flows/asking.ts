import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Schemas, told } from "../../api/client.ts";
import type { Drawing } from "../../flow/model.ts";

export type ProcessSet = Schemas["ProcessSet"];
export type Version = Schemas["ProcessVersion"];
export type VersionLine = Schemas["ProcessVersionLine"];
export type Fault = Schemas["Fault"];

type Sent = { [key: string]: unknown };

export const sendable = (drawing: Drawing): Sent => drawing as Sent;

export const setsQuery = queryOptions({
  queryKey: ["processes", "drafts"],
  queryFn: () => told(api.GET("/api/v1/processes/drafts")),
});

export const setQuery = (key: string) =>
  queryOptions({
    queryKey: ["processes", key, "versions"],
    queryFn: () => told(api.GET("/api/v1/processes/{key}/versions", { params: { path: { key } } })),
  });

export const versionQuery = (key: string, number: number) =>
  queryOptions({
    queryKey: ["processes", key, "versions", number],
    queryFn: () =>
      told(api.GET("/api/v1/processes/{key}/versions/{number}", { params: { path: { key, number } } })),
  });

export const releasesQuery = (key: string) =>
  queryOptions({
    queryKey: ["processes", key, "releases"],
    queryFn: () => told(api.GET("/api/v1/processes/{key}/releases", { params: { path: { key } } })),
  });

export const vocabularyQuery = queryOptions({
  queryKey: ["processes", "vocabulary"],
  queryFn: () => told(api.GET("/api/v1/processes/vocabulary")),
  staleTime: 60_000,
});

const PAUSE = 350;

/** The value as it was when it last stood still: what is typed is not asked about letter by letter. */
export function useSettled<T>(value: T, pause = PAUSE): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

/** What the server says about the drawing: faults and sentences. What it said before stays until it has answered. */
export function useChecked(drawing: Drawing, isOn: boolean) {
  const process = useSettled(drawing);
  return useQuery({
    queryKey: ["drawing", "check", process],
    enabled: isOn,
    queryFn: () => told(api.POST("/api/v1/processes/check", { body: { process: sendable(process) } })),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
