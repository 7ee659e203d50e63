import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { Drawing, Json, Step } from "../../flow/model.ts";
import { stepOf } from "../../flow/model.ts";
import type { Fault } from "./asking.ts";
import { type DeskStore, withField } from "./desk.ts";
import type { Words } from "./words.ts";

/** What the parts of the designer share. */
export interface Designing {
  desk: DeskStore;
  words: Words;
  faults: readonly Fault[];
  sentences: Readonly<Record<string, string>>;
  mayEdit: boolean;
  select: (key: string) => void;
}

export const DesigningContext = createContext<Designing | null>(null);

export function useDesigning(): Designing {
  const designing = useContext(DesigningContext);
  if (!designing) throw new Error("parts of the designer stand within it");
  return designing;
}

export function useDrawing(): Drawing {
  return useStore(useDesigning().desk, (desk) => desk.drawing);
}

export function useLang(): string {
  return useTranslation("flows").i18n.language;
}

export interface StepEditing {
  step: Step;
  set: (field: string, value: Json | undefined) => void;
  /** Several fields at once, that belong together. */
  setAll: (fields: Step) => void;
}

const NOTHING: Step = {};

/** One step and how to change it; what is typed into one field is one thing to undo. */
export function useStep(id: string): StepEditing {
  const { desk } = useDesigning();
  const step = useStore(desk, ({ drawing }) => stepOf(drawing, id)) ?? NOTHING;
  return {
    step,
    set: (field, value) =>
      desk.getState().change((drawing) => withField(drawing, id, field, value), `${id}.${field}`),
    setAll: (fields) =>
      desk
        .getState()
        .change((drawing) =>
          Object.entries(fields).reduce((now, [field, value]) => withField(now, id, field, value), drawing),
        ),
  };
}

/** What is wrong with one field of a step, in the reader's language. */
export function useFault(node: string | null, field: string): string | undefined {
  const { faults } = useDesigning();
  const lang = useLang();
  const found = faults.find(
    (one) =>
      (one.node ?? null) === node &&
      (one.field === field || one.field.startsWith(`${field}.`) || one.field.startsWith(`${field}[`)),
  );
  return found ? (lang === "en" ? found.message.en : found.message.zh) : undefined;
}
