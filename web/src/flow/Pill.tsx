import { PlusOutlined } from "@ant-design/icons";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useJobs } from "./jobs.ts";
import { idOf, kindOf, type Step } from "./model.ts";

export interface PillData extends Record<string, unknown> {
  owner: Step;
}

/** Gives a fork another way. */
export const Pill = memo(
  ({ data }: NodeProps & { data: PillData }) => {
    const { t } = useTranslation("flow");
    const { edit } = useJobs();
    const kind = kindOf(data.owner);
    return (
      <button
        type="button"
        className="flow-pill nopan nodrag"
        style={{ "--hue": `var(--hue-${kind})` } as React.CSSProperties}
        onClick={() => edit?.addWay(idOf(data.owner))}
      >
        <PlusOutlined aria-hidden="true" /> {t(`addWay.${kind}`)}
      </button>
    );
  },
  (before, after) => before.id === after.id && before.data === after.data,
);
