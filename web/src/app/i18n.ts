import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

export type Lang = "zh-CN" | "en";

const files = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*/*.json");

/** Each area's words come with its pages. */
const perArea: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, area, done) => {
    const load = files[`../locales/${language}/${area}.json`];
    if (!load) return done(new Error(`no words for ${language}/${area}`), false);
    load().then(
      (words) => done(null, words.default),
      (broken: unknown) => done(broken as Error, false),
    );
  },
};

const KEPT = "postroad.lang";

export function keptLang(): Lang {
  return localStorage.getItem(KEPT) === "en" ? "en" : "zh-CN";
}

export function speak(lang: Lang): void {
  localStorage.setItem(KEPT, lang);
  document.documentElement.lang = lang;
  void i18next.changeLanguage(lang);
}

document.documentElement.lang = keptLang();

void i18next
  .use(perArea)
  .use(initReactI18next)
  .init({
    lng: keptLang(),
    fallbackLng: false,
    ns: ["shell"],
    defaultNS: "shell",
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  });
