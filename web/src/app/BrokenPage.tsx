import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { Refused } from "../api/client.ts";
import { Empty } from "../ui/Empty.tsx";
import { useLabel } from "./label.ts";

/** What is shown where a page could not be: the server's words if it said some. */
export function BrokenPage() {
  const { t } = useTranslation("shell");
  const say = useLabel();
  const error = useRouteError();
  const says = error instanceof Refused ? say(error.problem.message) : t("broken.says");
  return (
    <Empty isPage title={t("broken.title")} says={says}>
      <Button type="primary" onClick={() => location.reload()}>
        {t("broken.again")}
      </Button>
    </Empty>
  );
}
