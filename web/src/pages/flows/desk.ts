import { temporal } from "zundo";
import { createStore } from "zustand";
import { rewrite } from "../../flow/change.ts";
import { type Drawing, type Json, type Step, stepOf } from "../../flow/model.ts";

/** What is under the pen: the drawing, and the cases its owner signs off. Both can be undone. */
export interface Sheet {
  drawing: Drawing;
  cases: readonly Step[];
}

export interface Desk extends Sheet {
  /** Changes of one `batch` that follow close upon each other are undone together: what is typed into one field. */
  change: (to: (drawing: Drawing) => Drawing, batch?: string) => void;
  changeCases: (cases: readonly Step[]) => void;
}

const TOGETHER = 1200;
const MOST = 200;

export function openDesk(sheet: Sheet) {
  let last = { batch: "", at: 0 };
  const desk = createStore<Desk>()(
    temporal(
      (set, get) => ({
        ...sheet,
        change: (to, batch = "") => {
          const drawing = to(get().drawing);
          if (drawing === get().drawing) return;
          const at = Date.now();
          const isMore = batch !== "" && batch === last.batch && at - last.at < TOGETHER;
          last = { batch, at };
          const history = desk.temporal.getState();
          if (isMore) history.pause();
          set({ drawing });
          if (isMore) history.resume();
        },
        changeCases: (cases) => set({ cases }),
      }),
      {
        limit: MOST,
        partialize: ({ drawing, cases }) => ({ drawing, cases }),
        equality: (before, now) => before.drawing === now.drawing && before.cases === now.cases,
      },
    ),
  );
  return desk;
}

export type DeskStore = ReturnType<typeof openDesk>;

/** One field of a step; `undefined` takes it out. */
export function withField(drawing: Drawing, id: string, field: string, value: Json | undefined): Drawing {
  const step = stepOf(drawing, id);
  if (!step) return drawing;
  return rewrite(drawing, id, cleared({ ...step, [field]: value }));
}

export function cleared(step: Step): Step {
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined));
}
