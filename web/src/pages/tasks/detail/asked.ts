import { queryOptions } from "@tanstack/react-query";
import { api, Refused, told } from "../../../api/client.ts";

const askInstance = (id: string) =>
  told(api.GET("/api/v1/instances/{instance_id}", { params: { path: { instance_id: id } } }));

export type InstanceOut = Awaited<ReturnType<typeof askInstance>>;
export type InstanceView = InstanceOut["instance"];

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ["task", id],
    queryFn: () => told(api.GET("/api/v1/tasks/{task_id}", { params: { path: { task_id: id } } })),
  });

export const instanceQuery = (id: string) =>
  queryOptions({
    queryKey: ["instance", id, "whole"],
    queryFn: () => askInstance(id),
    enabled: Boolean(id),
  });

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: ["instance", id, "story"],
    queryFn: () =>
      told(api.GET("/api/v1/instances/{instance_id}/timeline", { params: { path: { instance_id: id } } })),
  });

/** How far it has come on the picture of its process. */
export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ["instance", id, "flow"],
    queryFn: () =>
      told(api.GET("/api/v1/instances/{instance_id}/flow", { params: { path: { instance_id: id } } })),
  });

/** Why the task is this person's; null where no strategy chose. */
export const assignmentQuery = (task: string) =>
  queryOptions({
    queryKey: ["task", task, "assignment"],
    queryFn: async () => {
      try {
        return await told(
          api.GET("/api/v1/tasks/{task_id}/assignment", { params: { path: { task_id: task } } }),
        );
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 404) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });

/** The definition of a process: what its fields are called, and which values they have. */
export const processQuery = (key: string) =>
  queryOptions({
    queryKey: ["processes", key, "definition"],
    queryFn: () => told(api.GET("/api/v1/processes/{key}", { params: { path: { key } } })),
    staleTime: 5 * 60_000,
  });
