/** What to look for; every part is optional, and what is empty does not count. Days are those of the reader. */
export interface Filters {
  q: string;
  process: string;
  status: string;
  person: string;
  system: string;
  department: string;
  node: string;
  release: string;
  since: string;
  until: string;
}

export const NO_FILTERS: Filters = {
  q: "",
  process: "",
  status: "",
  person: "",
  system: "",
  department: "",
  node: "",
  release: "",
  since: "",
  until: "",
};

const NAMES = Object.keys(NO_FILTERS) as (keyof Filters)[];
const SELDOM = ["system", "department", "node", "release", "since", "until"] as const;

/** The filters as they stand in the address. */
export function filtersIn(search: URLSearchParams): Filters {
  const found = { ...NO_FILTERS };
  for (const name of NAMES) found[name] = search.get(name)?.trim() ?? "";
  return found;
}

/** The address's part for these filters; a new filter starts at the first page. */
export function asSearch(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
}

export function isFiltered(filters: Filters): boolean {
  return NAMES.some((name) => filters[name] !== "");
}

/** How many of the filters that are folded away at first are set. */
export function seldomSet(filters: Filters): number {
  return SELDOM.filter((name) => filters[name] !== "").length;
}

/** A step or a release means something within its process alone. */
export function withProcess(filters: Filters, process: string): Filters {
  return { ...filters, process, node: "", release: "" };
}
