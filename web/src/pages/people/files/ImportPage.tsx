import { Grid } from "antd";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { ImportPanel } from "./ImportPanel.tsx";

/** The organisation from a file: looked at first, then loaded. */
export function ImportPage() {
  const { t } = useTranslation("people");
  const isNarrow = Grid.useBreakpoint().lg === false;
  return (
    <>
      <PageHead title={t("import.title")} says={t("import.says")} />
      {isNarrow ? <Empty title={t("onComputer")} /> : <ImportPanel />}
    </>
  );
}
