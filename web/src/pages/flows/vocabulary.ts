/** The server's vocabulary in the words of the reader, as the editors take it. */

import type { Schemas } from "../../api/client.ts";
import type { Step } from "../../flow/model.ts";
import type { FieldType } from "./cell.ts";
import type {
  ActionWord,
  Choice,
  DocumentWord,
  EntityWord,
  FieldWord,
  SystemWord,
  TableWord,
  Words,
} from "./words.ts";
import { say } from "./words.ts";

type Vocabulary = Schemas["Vocabulary"];
type Labels = { [key: string]: Schemas["Label-Output"] };

const TYPES: readonly string[] = ["number", "money", "text", "enum", "bool", "date"];

/** For those who may only look: everything is called what it is written as. */
export const NO_WORDS: Words = {
  documents: [],
  systems: [],
  tables: [],
  roles: [],
  departments: [],
  people: [],
  positions: [],
  skills: [],
  processes: [],
};

export function wordsOf(vocabulary: Vocabulary, lang: string): Words {
  const systems = vocabulary.systems.map((one) => system(one, lang));
  return {
    documents: vocabulary.documents.map((one) => documentWord(one, vocabulary, systems, lang)),
    systems,
    tables: vocabulary.tables.map((one) => table(one, lang)),
    roles: vocabulary.roles.map((one) => ({ value: one.role, label: say(one.title, lang) })),
    departments: vocabulary.departments.map((one) => ({ value: one.id, label: one.name })),
    people: vocabulary.people.map((one) => ({
      value: one.id,
      label: one.position ? `${one.name} · ${one.position}` : one.name,
    })),
    positions: vocabulary.positions.map(itself),
    skills: vocabulary.skills.map(itself),
    processes: vocabulary.processes.map((one) => ({ value: one.key, label: say(one.title, lang) })),
  };
}

const itself = (value: string): Choice => ({ value, label: value });

function system(offer: Schemas["Offer"], lang: string): SystemWord {
  return {
    value: offer.system,
    label: say(offer.title, lang),
    entities: offer.entities.map(
      (one): EntityWord => ({
        value: one.entity,
        label: say(one.title, lang),
        creates: one.creates,
        createArgs: [...one.create_args],
        actions: one.actions.map(
          (act): ActionWord => ({
            value: act.action,
            label: say(act.title, lang),
            undo: act.undo ?? null,
            args: [...act.args],
            to: act.to ?? null,
          }),
        ),
      }),
    ),
  };
}

function documentWord(
  one: Vocabulary["documents"][number],
  vocabulary: Vocabulary,
  systems: readonly SystemWord[],
  lang: string,
): DocumentWord {
  const home = systems.find((each) => each.value === one.system);
  const actions = home?.entities.find((each) => each.value === one.kind)?.actions ?? [];
  const about = `${one.system}:${one.kind}`;
  return {
    value: about,
    label: `${home?.label ?? one.system} · ${say(one.title, lang)}`,
    system: one.system,
    kind: one.kind,
    like: vocabulary.processes.find((each) => each.document === about)?.key ?? null,
    bound: bound(one),
    actions,
    fields: one.fields
      .filter((field) => field.type !== "list")
      .map((field) =>
        fieldWord(field.field, field.title ?? null, field.type, field.unit, field.values, lang),
      ),
  };
}

/** How a process is bound to such documents, as far as the vocabulary knows. */
function bound(one: Vocabulary["documents"][number]): Step {
  return {
    system: one.system,
    kind: one.kind,
    starts_on: one.events[0] ?? "submitted",
    initiator: one.initiators[0] ?? "applicant",
  };
}

function fieldWord(
  path: string,
  title: Schemas["Label-Output"] | null,
  type: string,
  unit: string | null | undefined,
  values: Labels,
  lang: string,
): FieldWord {
  return {
    path,
    title: title ? say(title, lang) : path,
    type: (TYPES.includes(type) ? type : "text") as FieldType,
    unit: unit ?? undefined,
    values: Object.entries(values).map(([value, label]) => ({ value, label: say(label, lang) })),
  };
}

function table(one: Vocabulary["tables"][number], lang: string): TableWord {
  return {
    value: one.table,
    label: say(one.title, lang),
    inputs: one.inputs.map((input) =>
      fieldWord(input.key, input.title ?? null, input.type, input.unit, {}, lang),
    ),
    outputs: one.outputs.map((output) => ({
      ...fieldWord(output.key, output.title ?? null, output.type, output.unit, {}, lang),
      isWho: output.type === "who",
    })),
  };
}
