import type { Schemas } from "../../api/client.ts";

export type TodoItem = Schemas["TodoItem"];
export type TodoPage = Schemas["TodoPage"];
export type TodoCounts = Schemas["TodoCounts"];

/** The pages of a list as they were read, in order. */
export interface Pages {
  pages: TodoPage[];
  pageParams: unknown[];
}

/** What names a line: its task, or the instance that the person started. */
export function idOf(item: TodoItem): string {
  return item.task?.id ?? item.instance.id;
}

/** Where a line leads on a page of its own. */
export function pathOf(item: TodoItem): string {
  return item.task ? pathOfTask(item.task.id) : pathOfInstance(item.instance.id);
}

export const pathOfTask = (task: string): string => `/tasks/${encodeURI(task)}`;
export const pathOfInstance = (instance: string): string => `/tasks/of/${encodeURI(instance)}`;

/** What a line is about: the document's own title, else what the process is called. */
export function titleOf(item: TodoItem, process: string): string {
  return item.instance.title ?? process;
}

/** The same list without these lines. */
export function without(listed: Pages | undefined, gone: ReadonlySet<string>): Pages | undefined {
  if (!listed) return listed;
  const pages = listed.pages.map((page) => ({
    ...page,
    items: page.items.filter((item) => !gone.has(idOf(item))),
  }));
  return { ...listed, pages };
}

/** The line to look at when some are gone: the next that stays, else the one before. */
export function nextAfter(
  items: readonly TodoItem[],
  current: string,
  gone: ReadonlySet<string>,
): string | null {
  const at = items.findIndex((item) => idOf(item) === current);
  const stays = (item: TodoItem) => !gone.has(idOf(item));
  const next = items.slice(at + 1).find(stays) ?? items.slice(0, Math.max(at, 0)).findLast(stays);
  return next ? idOf(next) : null;
}

/** The line so many below the current one, or above; the ends hold. */
export function moved(items: readonly TodoItem[], current: string | null, by: number): string | null {
  const at = items.findIndex((item) => idOf(item) === current);
  const to = at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1);
  const found = items[to];
  return found ? idOf(found) : null;
}
