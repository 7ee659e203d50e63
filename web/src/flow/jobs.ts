import { createContext, useContext } from "react";
import type { Kind, Spot } from "./model.ts";

/** What a person may do to the tree on the canvas. Who shows a canvas without it shows it to be read. */
export interface Editing {
  insert: (spot: Spot, kind: Kind) => void;
  paste: (spot: Spot) => void;
  canPaste: boolean;
  move: (id: string, spot: Spot) => void;
  shift: (id: string, by: -1 | 1) => void;
  copy: (id: string) => void;
  cut: (id: string) => void;
  remove: (id: string) => void;
  addWay: (id: string) => void;
  undo: () => void;
  redo: () => void;
}

/** What the parts of one canvas share. */
export interface Jobs {
  edit: Editing | undefined;
  select: (key: string) => void;
  menu: { key: string; open: (key: string | null) => void };
  /** What is being dragged: a step that is there, or a kind from the palette. */
  drag: { begin: (what: Dragged) => void; end: () => void; drop: (spot: Spot) => void };
}

export type Dragged = { id: string } | { kind: Kind };

export const JobsContext = createContext<Jobs | null>(null);

export function useJobs(): Jobs {
  const jobs = useContext(JobsContext);
  if (!jobs) throw new Error("parts of a canvas stand within one");
  return jobs;
}
