import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMode } from "./appearance.tsx";
import { speak } from "./i18n.ts";

/** Language, and light or dark. */
export function Switches() {
  const { t, i18n } = useTranslation("shell");
  const { mode, choose } = useMode();
  const isEnglish = i18n.language === "en";
  const isDark = mode === "dark";
  return (
    <div className="switches">
      <Button
        type="text"
        size="small"
        onClick={() => speak(isEnglish ? "zh-CN" : "en")}
        lang={isEnglish ? "zh-CN" : "en"}
      >
        {t("otherLanguage")}
      </Button>
      <Button
        type="text"
        size="small"
        icon={isDark ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t(isDark ? "light" : "dark")}
        title={t(isDark ? "light" : "dark")}
        onClick={() => choose(isDark ? "light" : "dark")}
      />
    </div>
  );
}
