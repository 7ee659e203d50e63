import { WarningOutlined } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useJobs } from "./jobs.ts";
import type { Mark } from "./marks.ts";
import { idOf, kindOf, type Step } from "./model.ts";
import { useWayTitle } from "./words.ts";

export interface WayData extends Record<string, unknown> {
  owner: Step;
  slot: string;
  sentence: string | undefined;
  faults: readonly string[] | undefined;
  mark: Mark | undefined;
  selected: boolean;
}

/** The head of one way of a fork: what it is called, and when it is taken. */
export const WayHead = memo(
  ({ id, data }: NodeProps & { data: WayData }) => (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Head headKey={id} data={data} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  ),
  (before, after) => before.id === after.id && before.data === after.data,
);

function Head({ headKey, data }: { headKey: string; data: WayData }) {
  const titleOf = useWayTitle();
  const { select } = useJobs();
  const fault = data.faults?.[0];
  return (
    <button
      type="button"
      className={`flow-way ${data.mark?.path ? `flow-path-${data.mark.path}` : ""} ${fault ? "flow-faulty" : ""} ${
        data.selected ? "flow-selected" : ""
      } nopan nodrag`}
      style={{ "--hue": `var(--hue-${kindOf(data.owner)})` } as React.CSSProperties}
      data-key={headKey}
      data-owner={idOf(data.owner)}
      aria-current={data.selected ? "true" : undefined}
      onClick={() => select(headKey)}
    >
      <span className="flow-way-title">{titleOf(data.owner, data.slot)}</span>
      {fault ? (
        <span className="flow-way-says flow-card-fault">
          <WarningOutlined aria-hidden="true" /> {fault}
        </span>
      ) : (
        <span className="flow-way-says">{data.sentence}</span>
      )}
    </button>
  );
}
