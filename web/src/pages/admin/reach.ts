import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { departmentsQuery } from "../people/queries.ts";
import type { AccessRole } from "./queries.ts";

/** Says how far a role reaches: the departments of the grant, else what the role says. */
export function useReach(): (
  departments: string[] | null | undefined,
  role: AccessRole | undefined,
) => string {
  const { t } = useTranslation("admin");
  const { data = [] } = useQuery(departmentsQuery);
  const named = (ids: string[]) => ids.map((id) => data.find((one) => one.id === id)?.name ?? id).join("、");
  return (departments, role) => {
    const chosen = departments ?? (role?.extent === "departments" ? role.departments : null);
    if (chosen) return t("extent.some", { departments: named(chosen) });
    return role ? t(`extent.${role.extent}`) : "";
  };
}
