import { useTranslation } from "react-i18next";

/** What acts are about, as the beginning of their name. */
export const SUBJECTS = [
  "person",
  "department",
  "duty",
  "organisation",
  "login",
  "role",
  "token",
  "setup",
  "process",
  "rules",
  "instance",
  "absence",
  "tasks",
] as const;

/** Says an act, `role.granted`, in words; one that is new to us as it is called. */
export function useActWords(): (act: string) => string {
  const { t } = useTranslation("admin");
  return (act) => t(`audit.acts.${act}`, { defaultValue: act });
}
