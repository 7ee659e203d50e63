import { WarningOutlined } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { Tooltip } from "antd";
import { memo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "./jobs.ts";
import { CHIP_ICONS, KIND_ICONS } from "./kinds.tsx";
import type { Chip, Mark } from "./marks.ts";
import { idOf, kindOf, type Step } from "./model.ts";
import { useStepTitle } from "./words.ts";

export interface StepData extends Record<string, unknown> {
  step: Step;
  sentence: string | undefined;
  faults: readonly string[] | undefined;
  mark: Mark | undefined;
  selected: boolean;
}

/** One step: what kind it is, what it is called, and in one line what happens there. */
export const StepCard = memo(
  ({ id, data }: NodeProps & { data: StepData }) => (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Card cardKey={id} data={data} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  ),
  (before, after) => before.id === after.id && before.data === after.data,
);

function Card({ cardKey, data }: { cardKey: string; data: StepData }) {
  const { t } = useTranslation("flow");
  const titleOf = useStepTitle();
  const { edit, select, drag } = useJobs();
  const kind = kindOf(data.step);
  const Icon = KIND_ICONS[kind];
  return (
    <Why mark={data.mark}>
      <button
        type="button"
        className={`flow-card flow-card-${kind} ${standing(data)} nopan nodrag`}
        style={{ "--hue": `var(--hue-${kind})` } as React.CSSProperties}
        data-key={cardKey}
        aria-current={data.selected ? "true" : undefined}
        draggable={Boolean(edit)}
        onClick={() => select(cardKey)}
        onDragStart={(event) => {
          event.dataTransfer.setData("text/plain", cardKey);
          event.dataTransfer.effectAllowed = "move";
          drag.begin({ id: idOf(data.step) });
        }}
        onDragEnd={drag.end}
      >
        <span className="flow-card-head">
          <span className="flow-card-icon" aria-hidden="true">
            <Icon aria-hidden="true" />
          </span>
          <span className="flow-card-title">{titleOf(data.step)}</span>
          <span className="flow-card-kind">{t(`kinds.${kind}.name`)}</span>
        </span>
        <Says data={data} />
      </button>
    </Why>
  );
}

function standing({ faults, mark, selected }: StepData): string {
  return [
    mark?.path ? `flow-path-${mark.path}` : "",
    mark?.ring ? `flow-ring flow-ring-${mark.ring}` : "",
    faults?.length ? "flow-faulty" : "",
    selected ? "flow-selected" : "",
  ].join(" ");
}

function Says({ data: { faults, mark, sentence } }: { data: StepData }) {
  if (faults?.length)
    return (
      <span className="flow-card-says flow-card-fault">
        <WarningOutlined aria-hidden="true" /> {faults[0]}
      </span>
    );
  if (mark?.chips?.length)
    return (
      <span className="flow-card-chips">
        {mark.chips.map((chip) => (
          <ChipWords key={chip.text} chip={chip} />
        ))}
      </span>
    );
  return <span className="flow-card-says">{sentence}</span>;
}

export function ChipWords({ chip }: { chip: Chip }) {
  const Icon = chip.icon ? CHIP_ICONS[chip.icon] : null;
  return (
    <span className={`flow-chip flow-chip-${chip.tone ?? "plain"}`}>
      {Icon ? <Icon aria-hidden="true" /> : null} {chip.text}
    </span>
  );
}

/** What the chips of a card say more, when the pointer or the keyboard is on it. */
export function Why({ mark, children }: { mark: Mark | undefined; children: ReactElement }) {
  const says = mark?.chips?.flatMap((chip) => (chip.says ? [chip.says] : [])).join("\n");
  return says ? (
    <Tooltip title={<span className="flow-why">{says}</span>} trigger={["hover", "focus"]}>
      {children}
    </Tooltip>
  ) : (
    children
  );
}
