import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import type { Holder } from "../queries.ts";

/** A role that somebody holds, as people call it, and where it holds. */
export function RoleTag({ holder }: { holder: Holder }) {
  const say = useLabel();
  return (
    <Tag title={holder.role}>
      {say(holder.title) || holder.role}
      <ScopeWords scope={holder.scope} before=" · " />
    </Tag>
  );
}

/** Where a role holds; everywhere, where nothing is said. */
export function ScopeWords({ scope, before = "" }: { scope: Record<string, string>; before?: string }) {
  const { t } = useTranslation("people");
  const pairs = Object.entries(scope).map(([key, value]) => `${key} = ${value}`);
  if (pairs.length === 0) return before ? null : <span className="muted">{t("roles.everywhere")}</span>;
  return `${before}${pairs.join("，")}`;
}
