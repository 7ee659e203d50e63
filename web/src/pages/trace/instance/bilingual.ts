/** One language of what the server writes as `中文 / English`; without the slash both read the same. */
export function bilingual(text: string, language: string): string {
  const slash = text.indexOf(" / ");
  if (slash < 0) return text;
  return language === "en" ? text.slice(slash + 3) : text.slice(0, slash);
}
