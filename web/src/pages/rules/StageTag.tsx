import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client.ts";
import "../../ui/status-tag.css";

const TONES: Record<Schemas["Stage"] | "coming", string> = {
  draft: "attention",
  checked: "going",
  approved: "going",
  published: "good",
  coming: "going",
  retired: "quiet",
};

interface Props {
  stage: Schemas["Stage"];
  inForce: boolean;
  version: number;
}

/** How far a version has come; what is published and not in force yet says so. */
export function StageTag({ stage, inForce, version }: Props) {
  const { t } = useTranslation("rules");
  const said = stage === "published" && !inForce ? "coming" : stage;
  return (
    <span className={`status-tag status-${TONES[said]}`}>
      {t("stageOf", { stage: t(`stages.${said}`), version })}
    </span>
  );
}
