import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** The kinds of things the server says have changed, and the queries that show them, by the head of their keys. */
const SHOWN_BY: Record<string, string[]> = {
  tasks: ["todo", "task", "counts"],
  instances: ["instance", "instances", "todo", "stuck"],
  rules: ["rules"],
  processes: ["processes"],
};

/** Keeps what is on the screen true: what the server says has changed is asked for anew. */
export function useLiveChanges(): void {
  const client = useQueryClient();
  useEffect(() => {
    const changes = new EventSource("/api/v1/changes");
    for (const [kind, heads] of Object.entries(SHOWN_BY)) {
      changes.addEventListener(kind, () => {
        for (const head of heads) void client.invalidateQueries({ queryKey: [head] });
      });
    }
    return () => changes.close();
  }, [client]);
}
