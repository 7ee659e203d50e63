import type { Schemas } from "../../api/client.ts";
import { api, told } from "../../api/client.ts";
import type { Action, Task } from "./detail/acts.ts";

export type Outcome = Schemas["Outcome"];

/** What a person does to a task, and what they say with it. */
export interface Press {
  action: Action;
  opinion?: string;
  to?: string;
  signers?: Schemas["Added"];
  target?: string;
  confirmed?: boolean;
  fields?: Record<string, unknown>;
}

/** How an outcome is told: it is done, it is under way, or it was not done. */
export type Told = "done" | "pending" | "not_done" | "stale";

export function howTold(outcome: Outcome): Told {
  if (outcome.status === "pending") return "pending";
  const verdict = outcome.verdict === "duplicate" ? outcome.first : outcome.verdict;
  if (verdict === "accepted") return "done";
  return verdict === "stale_form" ? "stale" : "not_done";
}

/** `form` is what the person sees, so that something else is not decided by mistake; `id` names this very press. */
export function press(task: Task, act: Press, id: string): Promise<Outcome> {
  return told(
    api.POST("/api/v1/tasks/{task_id}/decide", {
      params: { path: { task_id: task.id } },
      body: {
        opinion: "",
        confirmed: false,
        fields: {},
        ...act,
        form_hash: task.form_hash || null,
        id,
      },
    }),
  );
}

/** A name for a press; the same one is sent again if no answer came. */
export function pressId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
