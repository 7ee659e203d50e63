import type { Schemas } from "../../../api/client.ts";

export type Person = Schemas["Person"];

export const PLATFORMS = ["dingtalk", "wecom", "feishu"] as const;

/** A person as the form holds it: skills in rows, nothing that is null. */
export interface Fields {
  id: string;
  name: string;
  department?: string | undefined;
  superior?: string | undefined;
  position?: string | undefined;
  active: boolean;
  phone?: string | undefined;
  email?: string | undefined;
  skills: { skill: string; level: number }[];
  regions: string[];
  max_open_tasks?: number | null | undefined;
  max_open_hours?: number | null | undefined;
  accounts: Record<string, string | undefined>;
}

export function fieldsOf(person: Person | undefined, department: string | undefined): Fields {
  if (!person) return { id: "", name: "", department, active: true, skills: [], regions: [], accounts: {} };
  return {
    id: person.id,
    name: person.name,
    department: person.department ?? undefined,
    superior: person.superior ?? undefined,
    position: person.position ?? "",
    active: person.active ?? true,
    phone: person.phone ?? undefined,
    email: person.email ?? undefined,
    skills: Object.entries(person.skills ?? {}).map(([skill, level]) => ({ skill, level })),
    regions: person.regions ?? [],
    max_open_tasks: person.max_open_tasks,
    max_open_hours: person.max_open_hours,
    accounts: { ...person.accounts },
  };
}

/** What the form says; what it has no field for stays as it was. */
export function personOf(fields: Fields, before: Person | undefined): Person {
  const accounts = Object.entries(fields.accounts).flatMap(([platform, account]) =>
    account?.trim() ? [[platform, account.trim()]] : [],
  );
  return {
    ...before,
    id: fields.id.trim(),
    name: fields.name.trim(),
    department: fields.department ?? null,
    superior: fields.superior ?? null,
    position: fields.position?.trim() ?? "",
    active: fields.active,
    phone: fields.phone?.trim() || null,
    email: fields.email?.trim() || null,
    skills: Object.fromEntries(fields.skills.map(({ skill, level }) => [skill.trim(), level])),
    regions: fields.regions,
    max_open_tasks: fields.max_open_tasks ?? null,
    max_open_hours: fields.max_open_hours ?? null,
    accounts: { ...elsewhere(before), ...Object.fromEntries(accounts) },
  };
}

/** The accounts on platforms that the form does not show. */
function elsewhere(before: Person | undefined): Record<string, string> {
  const shown: readonly string[] = PLATFORMS;
  return Object.fromEntries(
    Object.entries(before?.accounts ?? {}).filter(([platform]) => !shown.includes(platform)),
  );
}
