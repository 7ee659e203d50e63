import type { Label } from "../api/client.ts";

export type StepState =
  | "done"
  | "rejected"
  | "current"
  | "waiting"
  | "ahead"
  | "cancelled"
  | "skipped"
  | "trouble";

/** Somebody who is asked at a step, or was. */
export interface StepPerson {
  key: string;
  name: string;
  state: StepState;
  /** What they did, as a name of an act. */
  action: string | null;
  opinion: string;
}

/** One step of an instance as people meet it: who is asked, how far it is, since when and until when. */
export interface PassedStep {
  key: string;
  title: Label;
  kind: string;
  state: StepState;
  people: StepPerson[];
  since: string | null;
  until: string | null;
  /** Why it stands as it does, or by what it was decided. */
  note: Label | null;
}
