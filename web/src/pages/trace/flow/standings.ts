import type { InstanceOut, Task } from "../asked.ts";

type Asked = Pick<Task, "node" | "state" | "kind" | "name" | "person" | "opened_at" | "closed_at">;

/** What is told of an instance that says where it stands. */
export interface Told {
  instance: Pick<InstanceOut["instance"], "halts" | "finished_at">;
  tasks: readonly Asked[];
  effects: readonly Pick<InstanceOut["effects"][number], "node" | "status" | "planned_at">[];
  lines: readonly { node?: string | null; at: string }[];
}

/** Where a node stands; while it is under way, `people` are those who hold it and `until` is null. */
export interface Standing {
  state: "passed" | "current" | "trouble";
  people: string[];
  since: string;
  until: string | null;
}

interface Note extends Omit<Standing, "people"> {
  node: string;
  person?: string;
}

/** By node, as far as the instance has come. What holds it now counts, whatever happened there before. */
export function standingsOf(told: Told): Map<string, Standing> {
  const passed = together(passedBy(told));
  return told.instance.finished_at ? passed : new Map([...passed, ...together(heldAt(told))]);
}

function passedBy({ lines, tasks }: Told): Note[] {
  const happened = lines.flatMap(({ node, at }): Note[] =>
    node ? [{ node, state: "passed", since: at, until: at }] : [],
  );
  const asked = tasks.map(
    (task): Note => ({
      node: task.node,
      state: "passed",
      since: task.opened_at,
      until: task.closed_at ?? task.opened_at,
      person: task.name || task.person,
    }),
  );
  return [...happened, ...asked];
}

function heldAt({ instance, tasks, effects }: Told): Note[] {
  const by = tasks.filter(
    (task) => task.kind !== "cc" && (task.state === "open" || task.state === "waiting"),
  );
  const asked = by.map(
    (task): Note => ({
      node: task.node,
      state: task.kind === "exception" ? "trouble" : "current",
      since: task.opened_at,
      until: null,
      person: task.name || task.person,
    }),
  );
  const done = effects.flatMap(({ node, status, planned_at }): Note[] => {
    const isUnderWay = status === "planned" || status === "sent";
    return isUnderWay ? [{ node, state: "current", since: planned_at, until: null }] : [];
  });
  const halted = instance.halts.flatMap(({ node, kind, since }): Note[] =>
    node && since ? [{ node, state: kind === "trouble" ? "trouble" : "current", since, until: null }] : [],
  );
  return [...asked, ...done, ...halted];
}

function together(notes: readonly Note[]): Map<string, Standing> {
  const found = new Map<string, Standing>();
  for (const { node: named, person, state, since, until } of notes) {
    const node = named.replace(/!$/, "");
    const before = found.get(node);
    found.set(node, {
      state: before?.state === "trouble" ? "trouble" : state,
      people: [...new Set([...(before?.people ?? []), ...(person ? [person] : [])])],
      since: before && before.since < since ? before.since : since,
      until: before?.until && until && before.until > until ? before.until : until,
    });
  }
  return found;
}
