import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from "@ant-design/icons";
import { Button, ConfigProvider } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Editing } from "../../../flow/jobs.ts";
import { FINISH, START } from "../../../flow/layout.ts";
import { type Kind, kindOf, stepOf } from "../../../flow/model.ts";
import { useStepTitle, useWayTitle } from "../../../flow/words.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import { ApprovalPanel } from "./ApprovalPanel.tsx";
import { EachPanel, EndPanel, ForkPanel, WaitPanel, WayPanel } from "./FormPanels.tsx";
import { CallPanel, DecidePanel, EffectPanel } from "./MachinePanels.tsx";
import { CcPanel, WorkPanel } from "./PeoplePanels.tsx";
import { ProcessPanel } from "./ProcessPanel.tsx";
import { Untouched } from "./Untouched.tsx";

const PANELS: Record<Kind, ComponentType<{ id: string }>> = {
  approval: ApprovalPanel,
  work: WorkPanel,
  cc: CcPanel,
  decide: DecidePanel,
  branch: ForkPanel,
  parallel: ForkPanel,
  each: EachPanel,
  effect: EffectPanel,
  call: CallPanel,
  wait: WaitPanel,
  end: EndPanel,
};

/** What is selected on the canvas, in words that can be changed. */
export function StepPanel({ selected, edit }: { selected: string | null; edit: Editing | undefined }) {
  const { t } = useTranslation("flows");
  const drawing = useDrawing();
  const titleOf = useStepTitle();
  const wayTitleOf = useWayTitle();
  const [id = "", slot] = (selected ?? "").split("/");
  if (!selected || selected === START || selected === FINISH)
    return (
      <Settings heading={t("whole.title")} mayEdit={edit !== undefined}>
        <ProcessPanel />
      </Settings>
    );
  const step = stepOf(drawing, id);
  if (!step) return <p className="muted">{t("gone")}</p>;
  if (slot !== undefined)
    return (
      <Settings heading={wayTitleOf(step, slot)} mayEdit={edit !== undefined}>
        <WayPanel id={id} slot={slot} key={selected} />
      </Settings>
    );
  const kind = kindOf(step);
  const Panel = PANELS[kind];
  return (
    <Settings
      heading={titleOf(step)}
      chip={kind}
      mayEdit={edit !== undefined}
      acts={edit ? <Acts id={id} edit={edit} /> : null}
    >
      <Faults id={id} />
      <Panel id={id} key={id} />
      <Untouched kind={kind} step={step} />
    </Settings>
  );
}

interface SettingsProps {
  heading: string;
  chip?: Kind;
  mayEdit: boolean;
  acts?: React.ReactNode;
  children: React.ReactNode;
}

function Settings({ heading, chip, mayEdit, acts, children }: SettingsProps) {
  const { t } = useTranslation("flow");
  return (
    <>
      <header className="panel-head">
        {chip ? (
          <span className="flow-card-kind" style={{ "--hue": `var(--hue-${chip})` } as React.CSSProperties}>
            {t(`kinds.${chip}.name`)}
          </span>
        ) : null}
        <h2>{heading}</h2>
        {acts}
      </header>
      <ConfigProvider componentDisabled={!mayEdit}>
        <div className="panel-fields">{children}</div>
      </ConfigProvider>
    </>
  );
}

function Acts({ id, edit }: { id: string; edit: Editing }) {
  const { t } = useTranslation("flows");
  return (
    <span className="panel-acts">
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined aria-hidden="true" />}
        aria-label={t("acts.up")}
        title={t("acts.up")}
        onClick={() => edit.shift(id, -1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined aria-hidden="true" />}
        aria-label={t("acts.down")}
        title={t("acts.down")}
        onClick={() => edit.shift(id, 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined aria-hidden="true" />}
        aria-label={t("acts.copy")}
        title={t("acts.copy")}
        onClick={() => edit.copy(id)}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<DeleteOutlined aria-hidden="true" />}
        aria-label={t("acts.remove")}
        title={t("acts.remove")}
        onClick={() => edit.remove(id)}
      />
    </span>
  );
}

function Faults({ id }: { id: string }) {
  const { faults } = useDesigning();
  const lang = useLang();
  const own = faults.filter((one) => one.node === id);
  if (!own.length) return null;
  return (
    <ul className="panel-faults">
      {own.map((one) => (
        <li key={one.place + one.code}>{lang === "en" ? one.message.en : one.message.zh}</li>
      ))}
    </ul>
  );
}
