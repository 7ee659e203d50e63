import { queryOptions } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";

export type InstanceOut = Awaited<ReturnType<typeof askInstance>>;
export type InstanceView = InstanceOut["instance"];
export type Task = InstanceOut["tasks"][number];
export type Effect = InstanceOut["effects"][number];
export type Stuck = Awaited<ReturnType<typeof askStuck>>["stuck"][number];
export type Decision = Awaited<ReturnType<typeof askDecisions>>["items"][number];
export type FlowOut = Awaited<ReturnType<typeof askFlow>>;
export type Repair = Schemas["Repair"];
export type Outcome = Schemas["Outcome"];

interface StuckAsked {
  days: number;
  limit?: number;
  after?: string | null;
  instance?: string;
}

const at = (instance_id: string) => ({ params: { path: { instance_id } } });

const askInstance = (id: string) => told(api.GET("/api/v1/instances/{instance_id}", at(id)));

const askFlow = (id: string) => told(api.GET("/api/v1/instances/{instance_id}/flow", at(id)));

const askDecisions = (instance: string) =>
  told(api.GET("/api/v1/decisions", { params: { query: { instance, limit: 200 } } }));

export const askStuck = (query: StuckAsked) =>
  told(api.GET("/api/v1/instances/stuck", { params: { query } }));

export const instanceQuery = (id: string) =>
  queryOptions({ queryKey: ["instance", id], queryFn: () => askInstance(id) });

/** The definition that the instance runs on, and how each of its nodes stands. */
export const flowQuery = (id: string) =>
  queryOptions({ queryKey: ["instance", id, "flow"], queryFn: () => askFlow(id) });

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ["instance", id, "story"],
    queryFn: () => told(api.GET("/api/v1/instances/{instance_id}/timeline", at(id))),
  });

export const decisionsQuery = (instance: string) =>
  queryOptions({
    queryKey: ["instance", instance, "decisions"],
    queryFn: () => askDecisions(instance),
  });

/** What keeps one instance where it is, however short a time, with the repairs that the server knows. */
export const causesQuery = (instance: string) =>
  queryOptions({
    queryKey: ["stuck", instance],
    queryFn: () => askStuck({ instance, days: 0 }),
    select: (page) => page.stuck[0]?.causes ?? [],
  });

export const processesQuery = queryOptions({
  queryKey: ["processes"],
  queryFn: () => told(api.GET("/api/v1/processes")),
  staleTime: 60_000,
});

/** The definition as it was last published. */
export const definitionQuery = (key: string) =>
  queryOptions({
    queryKey: ["processes", key],
    queryFn: () => told(api.GET("/api/v1/processes/{key}", { params: { path: { key } } })),
    staleTime: 60_000,
  });

export const releasesQuery = (key: string) =>
  queryOptions({
    queryKey: ["processes", key, "releases"],
    queryFn: () => told(api.GET("/api/v1/processes/{key}/releases", { params: { path: { key } } })),
  });
