import { FlagOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useJobs } from "./jobs.ts";
import type { Mark } from "./marks.ts";
import { ChipWords, Why } from "./StepCard.tsx";

export interface EndData extends Record<string, unknown> {
  title: string;
  says: string;
  mark: Mark | undefined;
  selected: boolean;
}

/** Where a process begins. */
export const StartCard = memo(({ id, data }: NodeProps & { data: EndData }) => (
  <>
    <EndWords cardKey={id} data={data} icon={<PlayCircleOutlined aria-hidden="true" />} />
    <Handle type="source" position={Position.Bottom} isConnectable={false} />
  </>
));

/** Where it is over. */
export const FinishCard = memo(({ id, data }: NodeProps & { data: EndData }) => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} />
    <EndWords cardKey={id} data={data} icon={<FlagOutlined aria-hidden="true" />} />
  </>
));

function EndWords({ cardKey, data, icon }: { cardKey: string; data: EndData; icon: React.ReactNode }) {
  const { select } = useJobs();
  const path = data.mark?.path ? `flow-path-${data.mark.path}` : "";
  const ring = data.mark?.ring ? `flow-ring flow-ring-${data.mark.ring}` : "";
  return (
    <Why mark={data.mark}>
      <button
        type="button"
        className={`flow-card ${path} ${ring} ${data.selected ? "flow-selected" : ""} nopan nodrag`}
        style={{ "--hue": "var(--hue-end)" } as React.CSSProperties}
        data-key={cardKey}
        aria-current={data.selected ? "true" : undefined}
        onClick={() => select(cardKey)}
      >
        <span className="flow-card-head">
          <span className="flow-card-icon" aria-hidden="true">
            {icon}
          </span>
          <span className="flow-card-title">{data.title}</span>
        </span>
        {data.mark?.chips?.length ? (
          <span className="flow-card-chips">
            {data.mark.chips.map((chip) => (
              <ChipWords key={chip.text} chip={chip} />
            ))}
          </span>
        ) : (
          <span className="flow-card-says">{data.says}</span>
        )}
      </button>
    </Why>
  );
}
