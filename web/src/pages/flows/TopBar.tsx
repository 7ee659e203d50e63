import {
  ArrowLeftOutlined,
  PlayCircleOutlined,
  RedoOutlined,
  UndoOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStore } from "zustand";
import type { Fault, ProcessSet, Version } from "./asking.ts";
import { Badge } from "./Badge.tsx";
import { useDesigning, useDrawing } from "./designing.ts";
import type { SideTab } from "./Side.tsx";
import { keyOfFault } from "./said.ts";
import type { Saving } from "./saving.ts";

interface Props {
  title: string;
  set: ProcessSet;
  version: Version;
  saving: Saving;
  faults: readonly Fault[];
  mayEdit: boolean;
  tab: SideTab;
  onTab: (tab: SideTab) => void;
  onJump: (key: string) => void;
}

/** Which version this is, whether it is kept, what is still to be mended, and the way to its publication. */
export function TopBar({ title, set, version, saving, faults, mayEdit, tab, onTab, onJump }: Props) {
  const { t } = useTranslation("flows");
  const isPublished = version.stage === "published" || version.stage === "retired";
  return (
    <header className="designer-bar">
      <div className="designer-name">
        <Link to="/flows" aria-label={t("back")} className="designer-back">
          <ArrowLeftOutlined />
        </Link>
        <h1>{title}</h1>
        <Badge tone={version.in_force ? "good" : isPublished ? "plain" : "warn"}>
          {t(version.in_force ? "version.inForce" : `version.${version.stage}`, { version: version.version })}
        </Badge>
        {set.in_force !== null && set.in_force !== version.version ? (
          <Badge tone="good">{t("version.inForce", { version: set.in_force })}</Badge>
        ) : null}
        {mayEdit ? (
          <span className="muted designer-saving" role="status">
            {t(`saving.${saving}`)}
          </span>
        ) : null}
      </div>
      <div className="designer-acts">
        {mayEdit ? <History /> : null}
        <Button
          icon={<PlayCircleOutlined aria-hidden="true" />}
          aria-pressed={tab === "trial"}
          className={tab === "trial" ? "pressed" : ""}
          onClick={() => onTab(tab === "trial" ? "step" : "trial")}
        >
          {t("tabs.trial")}
        </Button>
        <FaultChip faults={faults} onJump={onJump} />
        {isPublished || tab === "publish" ? null : (
          <Button type="primary" disabled={faults.length > 0} onClick={() => onTab("publish")}>
            {t(`go.${version.stage}`)}
          </Button>
        )}
      </div>
    </header>
  );
}

function History() {
  const { t } = useTranslation("flows");
  const { desk } = useDesigning();
  const past = useStore(desk.temporal, (history) => history.pastStates.length);
  const future = useStore(desk.temporal, (history) => history.futureStates.length);
  const { undo, redo } = desk.temporal.getState();
  return (
    <>
      <Button
        icon={<UndoOutlined aria-hidden="true" />}
        aria-label={t("undoLast")}
        title={t("undoLast")}
        disabled={!past}
        onClick={() => undo()}
      />
      <Button
        icon={<RedoOutlined aria-hidden="true" />}
        aria-label={t("redoNext")}
        title={t("redoNext")}
        disabled={!future}
        onClick={() => redo()}
      />
    </>
  );
}

/** How many places are still to be mended; every press leads to the next. */
function FaultChip({ faults, onJump }: { faults: readonly Fault[]; onJump: (key: string) => void }) {
  const { t } = useTranslation("flows");
  const drawing = useDrawing();
  const next = useRef(0);
  if (!faults.length) return null;
  const jump = () => {
    const fault = faults[next.current % faults.length];
    next.current += 1;
    if (fault) onJump(keyOfFault(fault, drawing) ?? "start");
  };
  return (
    <Button danger icon={<WarningOutlined aria-hidden="true" />} onClick={jump}>
      {t("faults", { count: faults.length })}
    </Button>
  );
}
