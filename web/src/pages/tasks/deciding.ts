import { App } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { endsTurn, type Task } from "./detail/acts.ts";
import { useLists } from "./lists.ts";
import { howTold, type Outcome, type Press, press, pressId } from "./press.ts";

/** Tells what became of a press, in the server's words; null where it did not get through or was refused. */
export function useTelling(): (asked: Promise<Outcome>, giveBack?: () => void) => Promise<Outcome | null> {
  const { message } = App.useApp();
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const lists = useLists();
  return async (asked, giveBack) => {
    try {
      const outcome = await asked;
      const told = howTold(outcome);
      if (told === "done") void message.success(say(outcome.message));
      else if (told === "pending") void message.info(say(outcome.message), 6);
      else giveBack?.();
      return outcome;
    } catch (error) {
      giveBack?.();
      void message.error(error instanceof Refused ? say(error.problem.message) : t("outcome.unreachable"), 6);
      return null;
    } finally {
      lists.renew();
    }
  };
}

/** Presses a button on a task: the lists lose it at once, and get it back if it was not done. A press that did not get
 * through is sent again as the same press. */
export function useDecide(): (task: Task, act: Press) => Promise<Outcome | null> {
  const tell = useTelling();
  const lists = useLists();
  const names = useRef(new Map<string, string>());
  return async (task, act) => {
    const same = JSON.stringify([task.id, task.revision, act]);
    const id = names.current.get(same) ?? pressId();
    names.current.set(same, id);
    const giveBack = endsTurn(act.action) ? lists.take(new Set([task.id])) : undefined;
    const outcome = await tell(press(task, act, id), giveBack);
    if (outcome) names.current.delete(same);
    return outcome;
  };
}
