import { useTranslation } from "react-i18next";
import type { Label } from "../api/client.ts";

/** Says what the server said in both languages in the reader's. */
export function useLabel(): (label: Label | null | undefined) => string {
  const { i18n } = useTranslation();
  return (label) => (label ? (i18n.language === "en" ? label.en : label.zh) : "");
}
