import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addWay, copied, idsIn, insert, move, remove, rewrite, shift } from "../../flow/change.ts";
import type { Editing } from "../../flow/jobs.ts";
import { idOf, type Kind, type Spot, type Step, stepOf } from "../../flow/model.ts";
import { newStep } from "../../flow/steps.ts";
import type { DeskStore } from "./desk.ts";

/** What the canvas may do to the desk. What was put in is selected, so that it can be told more at once. */
export function useEditing(
  desk: DeskStore,
  select: (key: string | null) => void,
  jump: (key: string) => void,
): Editing {
  const { t } = useTranslation("flow");
  const [clip, setClip] = useState<Step | null>(null);
  return useMemo(() => {
    const now = () => desk.getState().drawing;
    const change = desk.getState().change;
    const putIn = (spot: Spot, step: Step) => {
      change((drawing) => insert(drawing, spot, [step]));
      jump(idOf(step));
    };
    const titled = (kind: Kind): Step => {
      const word = `kinds.${kind}.name`;
      return { zh: t(word, { lng: "zh-CN" }), en: t(word, { lng: "en" }) };
    };
    return {
      insert: (spot, kind) => putIn(spot, newStep(kind, idsIn(now()), titled(kind))),
      paste: (spot) => clip && putIn(spot, copied(clip, idsIn(now()))),
      canPaste: clip !== null,
      move: (id, spot) => change((drawing) => move(drawing, id, spot)),
      shift: (id, by) => change((drawing) => shift(drawing, id, by)),
      copy: (id) => setClip(stepOf(now(), id)),
      cut: (id) => {
        setClip(stepOf(now(), id));
        change((drawing) => remove(drawing, id));
        select(null);
      },
      remove: (id) => {
        change((drawing) => remove(drawing, id));
        select(null);
      },
      addWay: (id) =>
        change((drawing) => {
          const step = stepOf(drawing, id);
          return step ? rewrite(drawing, id, addWay(step)) : drawing;
        }),
      undo: () => desk.temporal.getState().undo(),
      redo: () => desk.temporal.getState().redo(),
    };
  }, [desk, clip, select, jump, t]);
}
