import { Panel } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useJobs } from "./jobs.ts";
import { KIND_ICONS } from "./kinds.tsx";
import { START } from "./layout.ts";
import { type Drawing, KINDS, pathOf, type Spot, slotsOf, spotBefore, stepOf } from "./model.ts";

/** The kinds of step: drag one to where it belongs, or press it to have it behind what is selected. */
export function Palette({ drawing, selected }: { drawing: Drawing; selected: string | null }) {
  const { t } = useTranslation("flow");
  const { edit, drag } = useJobs();
  return (
    <Panel position="top-left">
      <div className="flow-palette" role="toolbar" aria-label={t("palette")} aria-orientation="vertical">
        {KINDS.map((kind) => {
          const Icon = KIND_ICONS[kind];
          return (
            <button
              type="button"
              key={kind}
              draggable
              title={t(`kinds.${kind}.says`)}
              style={{ "--hue": `var(--hue-${kind})` } as React.CSSProperties}
              onClick={() => edit?.insert(behind(drawing, selected), kind)}
              onDragStart={(event) => {
                event.dataTransfer.setData("text/plain", kind);
                drag.begin({ kind });
              }}
              onDragEnd={drag.end}
            >
              <Icon aria-hidden="true" />
              {t(`kinds.${kind}.name`)}
            </button>
          );
        })}
      </div>
    </Panel>
  );
}

function behind(drawing: Drawing, selected: string | null): Spot {
  const [owner = "", name] = (selected ?? "").split("/");
  const path = pathOf(drawing, owner);
  const step = stepOf(drawing, owner);
  if (!path || !step) return { sequence: ["steps"], index: selected === START ? 0 : drawing.steps.length };
  const slot = slotsOf(step).find((one) => one.name === name);
  if (slot) return { sequence: [...path, ...slot.path], index: 0 };
  const spot = spotBefore(path);
  return { ...spot, index: spot.index + 1 };
}
