import { ConfigProvider, App as Messages, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { HUES, type Mode, PALETTE } from "../ui/palette.ts";

const KEPT = "postroad.mode";

interface Choice {
  mode: Mode;
  choose: (mode: Mode) => void;
}

const Chosen = createContext<Choice>({ mode: "light", choose: () => undefined });

export const useMode = (): Choice => useContext(Chosen);

function keptMode(): Mode {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Light or dark, and antd in the reader's language; our own styles take the same colours as variables. */
export function Appearance({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState(keptMode);
  const isEnglish = i18n.language === "en";
  dayjs.locale(isEnglish ? "en" : "zh-cn");
  useLayoutEffect(() => {
    const style = document.documentElement.style;
    style.setProperty("color-scheme", mode);
    for (const [name, value] of Object.entries(PALETTE[mode])) style.setProperty(`--${name}`, value);
    for (const [kind, value] of Object.entries(HUES[mode])) style.setProperty(`--hue-${kind}`, value);
  }, [mode]);
  const choice = useMemo(
    () => ({
      mode,
      choose: (chosen: Mode) => {
        localStorage.setItem(KEPT, chosen);
        setMode(chosen);
      },
    }),
    [mode],
  );
  return (
    <Chosen value={choice}>
      <ConfigProvider
        locale={isEnglish ? enUS : zhCN}
        theme={antdTheme(mode)}
        button={{ autoInsertSpace: false }}
      >
        <Messages>{children}</Messages>
      </ConfigProvider>
    </Chosen>
  );
}

function antdTheme(mode: Mode) {
  const colours = PALETTE[mode];
  return {
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: colours.primary,
      // antd's own is too light to be read on a card
      colorPrimaryHover: colours.hover,
      colorSuccess: colours.success,
      colorWarning: colours.warn,
      colorError: colours.danger,
      colorLink: colours.primary,
      colorText: colours.ink,
      colorTextSecondary: colours.muted,
      colorTextTertiary: colours.muted,
      colorTextDescription: colours.muted,
      colorTextPlaceholder: colours.muted,
      colorBgLayout: colours.page,
      colorBgContainer: colours.card,
      colorBgElevated: colours.card,
      colorBorderSecondary: colours.border,
      borderRadius: 8,
      motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      controlHeight: 36,
      fontFamily: "var(--font)",
      // white on the lighter blue of the dark mode would be hard to read
      ...(mode === "dark" ? { colorTextLightSolid: colours.page } : {}),
    },
  };
}
