import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import type { Editing } from "../../flow/jobs.ts";
import type { ProcessSet } from "./asking.ts";
import { CasesPanel } from "./CasesPanel.tsx";
import { PublishPanel } from "./PublishPanel.tsx";
import { StepPanel } from "./panels/StepPanel.tsx";
import type { useSaving } from "./saving.ts";
import { TrialPanel } from "./TrialPanel.tsx";
import type { Trial } from "./trial.ts";
import { VersionsPanel } from "./VersionsPanel.tsx";

export const SIDE_TABS = ["step", "trial", "cases", "versions", "publish"] as const;

export type SideTab = (typeof SIDE_TABS)[number];

interface Props {
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  selected: string | null;
  edit: Editing | undefined;
  isWide: boolean;
  trial: Trial;
  saving: ReturnType<typeof useSaving>;
  set: ProcessSet;
  onJump: (key: string) => void;
}

/** Beside the canvas, never over it: what is selected, and what belongs to the version as a whole. */
export function Side({ tab, onTab, selected, edit, isWide, trial, saving, set, onJump }: Props) {
  const { t } = useTranslation("flows");
  return (
    <aside className="designer-side" aria-label={t("side")}>
      {edit ? null : <p className="designer-phone muted">{t(isWide ? "mayNot" : "onComputer")}</p>}
      <Tabs
        activeKey={tab}
        onChange={(picked) => onTab(picked as SideTab)}
        size="small"
        tabBarGutter={16}
        items={SIDE_TABS.map((one) => ({ key: one, label: t(`tabs.${one}`) }))}
      />
      <div className="designer-side-page">
        {tab === "step" ? <StepPanel selected={selected} edit={edit} /> : null}
        {tab === "trial" ? <TrialPanel trial={trial} onJump={onJump} /> : null}
        {tab === "cases" ? <CasesPanel version={saving.version} /> : null}
        {tab === "versions" ? <VersionsPanel set={set} version={saving.version} /> : null}
        {tab === "publish" ? <PublishPanel saving={saving} set={set} onJump={onJump} /> : null}
      </div>
    </aside>
  );
}
