import { useMutation } from "@tanstack/react-query";
import { api, Refused, told } from "../../api/client.ts";
import { bySteps, type ItemOutcome, isThrough, type Together } from "./batches.ts";
import type { TodoItem } from "./listing.ts";
import { useLists } from "./lists.ts";

export interface Batch {
  action: Together;
  opinion: string;
  items: TodoItem[];
}

/** Decides several tasks, each by itself; what was not decided comes back to the list. */
export function useBatch() {
  const lists = useLists();
  return useMutation({
    mutationFn: async (batch: Batch): Promise<ItemOutcome[]> => {
      const giveBack = lists.take(new Set(batch.items.map((item) => item.task?.id ?? "")));
      try {
        const said: ItemOutcome[] = [];
        for (const items of bySteps(batch.items)) said.push(...(await decided(batch, items)));
        giveBack();
        lists.take(new Set(said.filter(isThrough).map((one) => one.id)));
        return said;
      } catch (error) {
        giveBack();
        throw error;
      } finally {
        lists.renew();
      }
    },
  });
}

/** Tasks of several releases of a process are of several steps for the server, which says so: then one by one. */
async function decided(batch: Batch, items: TodoItem[]): Promise<ItemOutcome[]> {
  try {
    return await sent(batch, items);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status >= 500) throw error;
    if (items.length === 1) return [{ id: items[0]?.task?.id ?? "", skipped: error.problem.message }];
    const said: ItemOutcome[] = [];
    for (const item of items) said.push(...(await decided(batch, [item])));
    return said;
  }
}

function sent({ action, opinion }: Batch, items: TodoItem[]): Promise<ItemOutcome[]> {
  const tasks = items.flatMap(({ task }) =>
    task ? [{ id: task.id, form_hash: task.form_hash || null }] : [],
  );
  return told(api.POST("/api/v1/batch/decide", { body: { action, opinion, tasks } }));
}
