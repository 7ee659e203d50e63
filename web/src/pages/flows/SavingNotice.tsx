import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../ui/Refusal.tsx";
import type { useSaving } from "./saving.ts";

/** That the draft could not be kept, and what can be done about it. */
export function SavingNotice({ saving }: { saving: ReturnType<typeof useSaving> }) {
  const { t } = useTranslation("flows");
  if (saving.state === "failed") return <Refusal error={saving.error} />;
  if (saving.state !== "conflict") return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("conflict.title")}
      description={t("conflict.says")}
      action={
        <span className="notice-acts">
          <Button size="small" onClick={() => window.location.reload()}>
            {t("conflict.reload")}
          </Button>
          <Button size="small" onClick={() => void saving.saveApart()}>
            {t("conflict.apart")}
          </Button>
        </span>
      }
    />
  );
}
