export const BOXES = ["open", "done", "started", "copied"] as const;
export type Box = (typeof BOXES)[number];

export const DUES = ["overdue", "today", "week"] as const;
export type Due = (typeof DUES)[number];

export const ORDERS = ["newest", "oldest", "due"] as const;
export type Order = (typeof ORDERS)[number];

/** What of the to-do centre is listed; the address of the page holds it, so that it can be kept and sent. */
export interface Filters {
  box: Box;
  search: string;
  process: string;
  system: string;
  due: Due | "";
  order: Order;
}

const one = <T extends string>(said: string | null, known: readonly T[]): T | undefined =>
  known.find((each) => each === said);

/** What an address says; what it says wrongly is as if it said nothing. */
export function filtersOf(address: URLSearchParams): Filters {
  return {
    box: one(address.get("box"), BOXES) ?? "open",
    search: address.get("search") ?? "",
    process: address.get("process") ?? "",
    system: address.get("system") ?? "",
    due: one(address.get("due"), DUES) ?? "",
    order: one(address.get("order"), ORDERS) ?? "newest",
  };
}

/** The shortest address that says so. */
export function addressOf(filters: Filters): string {
  const said = new URLSearchParams();
  if (filters.box !== "open") said.set("box", filters.box);
  for (const name of ["search", "process", "system", "due"] as const) {
    if (filters[name]) said.set(name, filters[name]);
  }
  if (filters.order !== "newest") said.set("order", filters.order);
  return said.toString();
}

/** Whether something is left out, so that an empty list does not mean that there is nothing. */
export function narrows(filters: Filters): boolean {
  return Boolean(filters.search || filters.process || filters.system || filters.due);
}

/** Another box, looked at from its beginning; deadlines are those of what is open. */
export function inBox(filters: Filters, box: Box): Filters {
  const timed = box === "open";
  return {
    ...filters,
    box,
    due: timed ? filters.due : "",
    order: timed || filters.order !== "due" ? filters.order : "newest",
  };
}
