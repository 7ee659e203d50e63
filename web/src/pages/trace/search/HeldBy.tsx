import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import type { Found } from "./searching.ts";

/** Who has it now and at which step; where nobody has, what it waits for. */
export function HeldBy({ found }: { found: Found }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const { instance, holders, nodes } = found;
  if (instance.finished_at) return t("search.nobody");
  const [first] = holders;
  const names = [...new Set(holders.map((one) => one.name))];
  const held =
    names.length > 1
      ? t("search.holders", { name: first?.name, count: names.length })
      : (first?.name ?? null);
  const at = nodes.map(say).join(t("search.and")) || instance.waiting_for;
  return (
    <>
      {held ?? t("search.bySystem")}
      {at ? <div className="muted trace-under">{at}</div> : null}
    </>
  );
}
