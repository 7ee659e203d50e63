import type { Schemas } from "../../api/client.ts";

export type Department = Schemas["DepartmentOut"];

export interface Branch {
  department: Department;
  inside: Branch[];
}

/** The departments as they lie in each other, in their order; one whose parent is unknown stands at the top. */
export function treeOf(departments: readonly Department[]): Branch[] {
  const known = new Set(departments.map((one) => one.id));
  const inside = new Map<string | null, Department[]>();
  for (const one of departments) {
    const parent = one.parent !== null && known.has(one.parent) ? one.parent : null;
    inside.set(parent, [...(inside.get(parent) ?? []), one]);
  }
  const below = (parent: string | null): Branch[] =>
    (inside.get(parent) ?? []).map((department) => ({ department, inside: below(department.id) }));
  return below(null);
}

/** The department and all that lie in it: where it cannot be moved to. */
export function within(departments: readonly Department[], top: string): Set<string> {
  const found = new Set([top]);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const one of departments) if (one.parent !== null && found.has(one.parent)) found.add(one.id);
  }
  return found;
}
