/** The words a drawing may use: what the company's documents, people and systems are called. */

import type { Label } from "../../api/client.ts";
import { type Drawing, idOf, type Json, kindOf, type Step, walk } from "../../flow/model.ts";
import { titleIn } from "../../flow/words.ts";
import type { FieldType } from "./cell.ts";

export interface Choice {
  value: string;
  label: string;
}

export interface FieldWord {
  path: string;
  title: string;
  type: FieldType;
  unit?: string | undefined;
  values: Choice[];
}

export interface ActionWord extends Choice {
  undo: string | null;
  args: string[];
  /** The state it leads to. */
  to: string | null;
}

export interface EntityWord extends Choice {
  creates: boolean;
  createArgs: string[];
  actions: ActionWord[];
}

export interface SystemWord extends Choice {
  entities: EntityWord[];
}

export interface DocumentWord extends Choice {
  system: string;
  kind: string;
  /** A process about such documents that is in force: another one is bound to them alike. */
  like: string | null;
  bound: Step;
  actions: ActionWord[];
  fields: FieldWord[];
}

export interface TableWord extends Choice {
  inputs: FieldWord[];
  outputs: (FieldWord & { isWho: boolean })[];
}

export interface Words {
  documents: DocumentWord[];
  systems: SystemWord[];
  tables: TableWord[];
  roles: Choice[];
  departments: Choice[];
  people: Choice[];
  positions: Choice[];
  skills: Choice[];
  processes: Choice[];
}

export const say = (label: Label | null | undefined, lang: string): string =>
  label ? (lang === "en" ? label.en : label.zh) : "";

/** The fields that a condition, an argument or an input may speak of at a step: the document's, and what steps find. */
export function fieldsIn(drawing: Drawing, words: Words, lang: string): FieldWord[] {
  return [
    ...documentFields(drawing, words, lang),
    ...walk(drawing).flatMap(({ step }) => found(step, words, lang)),
  ];
}

export function documentFields(drawing: Drawing, words: Words, lang: string): FieldWord[] {
  const bound = (drawing.document ?? {}) as Step;
  const known =
    words.documents.find((one) => one.system === bound.system && one.kind === bound.kind)?.fields ?? [];
  const card = Array.isArray(bound.card) ? (bound.card as readonly Step[]) : [];
  const onCard = card.map((one): FieldWord => {
    const path = String(one.field ?? "");
    const values = Object.entries((one.values ?? {}) as Step).map(([value, label]) => ({
      value,
      label: titleIn(label, lang) || value,
    }));
    const same = known.find((field) => field.path === path);
    return {
      path,
      title: titleIn(one.title, lang) || same?.title || path,
      type: values.length ? "enum" : (same?.type ?? "text"),
      values: values.length ? values : (same?.values ?? []),
    };
  });
  return [...onCard, ...known.filter((field) => !onCard.some((one) => one.path === field.path))];
}

function found(step: Step, words: Words, lang: string): FieldWord[] {
  const id = idOf(step);
  const title = titleIn(step.title, lang) || id;
  const under = (field: FieldWord): FieldWord => ({
    ...field,
    path: `${id}.${field.path}`,
    title: `${title} · ${field.title}`,
  });
  if (kindOf(step) === "decide")
    return (words.tables.find((table) => table.value === step.table)?.outputs ?? [])
      .filter((one) => !one.isWho)
      .map(under);
  return [];
}

/** What a rule said about who: `route.approver`. */
export function whoFound(drawing: Drawing, words: Words, lang: string): Choice[] {
  return walk(drawing).flatMap(({ step }) => {
    if (kindOf(step) !== "decide") return [];
    const title = titleIn(step.title, lang) || idOf(step);
    const outputs = words.tables.find((table) => table.value === step.table)?.outputs ?? [];
    return outputs
      .filter((one) => one.isWho)
      .map((one) => ({ value: `${idOf(step)}.${one.path}`, label: `${title} · ${one.title}` }));
  });
}

/** The steps that people do, as one may be meant by another. */
export function stepsOfPeople(drawing: Drawing, lang: string): Choice[] {
  return walk(drawing)
    .filter(({ step }) => ["approval", "work"].includes(kindOf(step)))
    .map(({ step }) => ({ value: idOf(step), label: titleIn(step.title, lang) || idOf(step) }));
}

/** The choices with what is written now, so that nothing is lost that has no word yet. */
export function withOwn(choices: readonly Choice[], own: Json | undefined): Choice[] {
  return typeof own === "string" && own && !choices.some((one) => one.value === own)
    ? [...choices, { value: own, label: own }]
    : [...choices];
}

/** The fields that decide something: those on the card, those that rule tables ask for, those of conditions. */
export function matters(drawing: Drawing, words: Words): Set<string> {
  const bound = (drawing.document ?? {}) as Step;
  const card = Array.isArray(bound.card) ? bound.card.map((one: Json) => String((one as Step).field)) : [];
  const asked = walk(drawing).flatMap(({ step }) => [
    ...whenPaths(step.when),
    ...(Array.isArray(step.branches)
      ? step.branches.flatMap((way: Json) => whenPaths((way as Step).when))
      : []),
    ...(words.tables.find((one) => one.value === step.table)?.inputs.map((one) => one.path) ?? []),
  ]);
  return new Set([...card, ...asked]);
}

const whenPaths = (when: Json | undefined): string[] => Object.keys((when ?? {}) as Step);
