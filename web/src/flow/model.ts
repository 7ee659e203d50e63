/** The tree of a process as the server's JSON has it. What is not read here is carried along untouched. */

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export interface Step {
  readonly [key: string]: Json | undefined;
}

export interface Drawing {
  readonly steps: readonly Step[];
  readonly [key: string]: Json | undefined | readonly Step[];
}

export const KINDS = [
  "approval",
  "work",
  "cc",
  "decide",
  "branch",
  "parallel",
  "each",
  "effect",
  "call",
  "wait",
  "end",
] as const;

export type Kind = (typeof KINDS)[number];

/** The way to something in the tree: `["steps", 2, "branches", 0, "steps", 1]`. */
export type Path = readonly (string | number)[];

/** A place where a step can be: before the step at `index` of the sequence at `sequence`. */
export interface Spot {
  readonly sequence: Path;
  readonly index: number;
}

/** A sequence within a step; `path` is its way from the step, `name` what tells it apart on the canvas. */
export interface Slot {
  readonly path: Path;
  readonly name: string;
  readonly steps: readonly Step[];
}

export const OTHERWISE = "otherwise";

export function kindOf(step: Step): Kind {
  return KINDS.find((kind) => typeof step[kind] === "string") ?? "work";
}

export function idOf(step: Step): string {
  const id = step[kindOf(step)];
  return typeof id === "string" ? id : "";
}

export function stepsIn(value: Json | undefined): readonly Step[] {
  return Array.isArray(value) ? (value as readonly Step[]) : [];
}

/** The sequences within a step, from left to right. */
export function slotsOf(step: Step): Slot[] {
  const branches = Array.isArray(step.branches) ? step.branches : [];
  switch (kindOf(step)) {
    case "branch":
      return [
        ...branches.map((way: Json, index: number) => ({
          path: ["branches", index, "steps"],
          name: String(index),
          steps: stepsIn((way as Step).steps),
        })),
        { path: [OTHERWISE], name: OTHERWISE, steps: stepsIn(step.otherwise) },
      ];
    case "parallel":
      return branches.map((steps: Json, index: number) => ({
        path: ["branches", index],
        name: String(index),
        steps: stepsIn(steps),
      }));
    case "each":
      return [{ path: ["steps"], name: "steps", steps: stepsIn(step.steps) }];
    case "wait":
      return hasTimeout(step) ? [{ path: ["timeout"], name: "timeout", steps: stepsIn(step.timeout) }] : [];
    default:
      return [];
  }
}

/** Only an event that is waited for until some time can be missed. */
export function hasTimeout(step: Step): boolean {
  return Boolean(step.event && (step.for || step.until));
}

/** Every step with the way to it, outer before inner, from top to bottom and left to right. */
export function walk(drawing: Drawing): { step: Step; path: Path }[] {
  return walkIn(drawing.steps, ["steps"]);
}

function walkIn(steps: readonly Step[], at: Path): { step: Step; path: Path }[] {
  return steps.flatMap((step, index) => {
    const path = [...at, index];
    return [{ step, path }, ...slotsOf(step).flatMap((slot) => walkIn(slot.steps, [...path, ...slot.path]))];
  });
}

export function pathOf(drawing: Drawing, id: string): Path | null {
  return walk(drawing).find(({ step }) => idOf(step) === id)?.path ?? null;
}

export function stepOf(drawing: Drawing, id: string): Step | null {
  return walk(drawing).find(({ step }) => idOf(step) === id)?.step ?? null;
}

export function at(root: Json | Drawing | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (value === null || value === undefined ? undefined : (value as Step)[key]),
    root as Json | undefined,
  );
}

/** The same tree with something else at one place. */
export function put<T>(root: T, path: Path, value: Json | undefined): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const inner = put((root as Step)[key] as Json | undefined, rest, value) as Json | undefined;
  if (Array.isArray(root)) return root.map((one, index) => (index === key ? inner : one)) as T;
  return { ...(root ?? {}), [key]: inner } as T;
}

export const spotBefore = (path: Path): Spot => ({
  sequence: path.slice(0, -1),
  index: Number(path[path.length - 1]),
});

export function sequenceAt(drawing: Drawing, sequence: Path): readonly Step[] {
  return stepsIn(at(drawing, sequence));
}
