import { Button } from "antd";
import { useTranslation } from "react-i18next";

export function EditorFoot({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation("rules");
  return (
    <div className="cell-editor-foot">
      <Button size="small" onClick={onCancel}>
        {t("cancel")}
      </Button>
      <Button size="small" onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}
