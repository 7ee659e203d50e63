import { Handle, Position } from "@xyflow/react";
import { memo } from "react";

/** Where the ways of a fork come together. */
export const Join = memo(() => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} />
    <span className="flow-join" />
    <Handle type="source" position={Position.Bottom} isConnectable={false} />
  </>
));
