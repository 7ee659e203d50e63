import { BaseEdge, type EdgeProps, getSmoothStepPath } from "@xyflow/react";
import { memo } from "react";
import type { Line } from "./layout.ts";

export interface LineData extends Record<string, unknown> {
  bend: Line["bend"];
  state: "plain" | "taken" | "not" | "unreached";
}

const TURN = 20;

/** A line down from one step to the next; where it changes columns it turns near the fork or near the join. */
export const FlowLine = memo(({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) => {
  const { bend, state } = data as LineData;
  const [path] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    centerY: bend === "late" ? targetY - TURN : targetY - TURN - 6,
    offset: 6,
    borderRadius: 8,
  });
  return <BaseEdge path={path} className={`flow-line flow-line-${state}`} />;
});
