import { useTranslation } from "react-i18next";
import type { Label } from "../api/client.ts";
import { type Json, kindOf, type Step } from "./model.ts";

/** What an author wrote as a title: one text for both languages, or a text for each. */
export function titleIn(title: Json | undefined, lang: string): string {
  if (typeof title === "string") return title;
  if (!title || typeof title !== "object" || Array.isArray(title)) return "";
  const { zh, en } = title as Partial<Label>;
  return (lang === "en" ? en : zh) ?? zh ?? en ?? "";
}

/** What a step is called: its title, else its kind. */
export function useStepTitle(): (step: Step) => string {
  const { t, i18n } = useTranslation("flow");
  return (step) => titleIn(step.title, i18n.language) || t(`kinds.${kindOf(step)}.name`);
}

/** What a way of a fork is called. */
export function useWayTitle(): (owner: Step, slot: string) => string {
  const { t, i18n } = useTranslation("flow");
  return (owner, slot) => {
    const kind = kindOf(owner);
    if (kind === "each" || kind === "wait") return t(`ways.${slot}`);
    if (slot === "otherwise") return t("ways.otherwise");
    const number = Number(slot);
    const way = Array.isArray(owner.branches) ? owner.branches[number] : undefined;
    const title = kind === "branch" ? titleIn((way as Step | undefined)?.title, i18n.language) : "";
    return title || t(kind === "branch" ? "ways.condition" : "ways.lane", { number: number + 1 });
  };
}
