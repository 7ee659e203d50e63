import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import "./canvas.css";
import { FinishCard, StartCard } from "./Ends.tsx";
import { FlowLine } from "./FlowLine.tsx";
import { Join } from "./Join.tsx";
import { type Dragged, type Editing, type Jobs, JobsContext } from "./jobs.ts";
import { keyPressed } from "./keys.ts";
import { layout } from "./layout.ts";
import type { Marks } from "./marks.ts";
import type { Drawing } from "./model.ts";
import { Palette } from "./Palette.tsx";
import { Pill } from "./Pill.tsx";
import { Plus } from "./Plus.tsx";
import { StepCard } from "./StepCard.tsx";
import { edgesOf, nodesOf } from "./scene.ts";
import { bringIntoView, focusOn, opened } from "./view.ts";
import { WayHead } from "./WayHead.tsx";

const NODES = {
  start: StartCard,
  finish: FinishCard,
  step: StepCard,
  way: WayHead,
  plus: Plus,
  pill: Pill,
  join: Join,
};
const EDGES = { line: FlowLine };
const NONE = {};
const MAP = { width: 132, height: 92 };

export interface CanvasProps {
  /** The process as the API gives it: `{steps: […], …}`; see `model.ts`. */
  drawing: Drawing;
  /** What the canvas is called for those who hear it. */
  label: string;
  /** The server's sentence for each step, by its id, and for each way, by `wayKey(id, slot)`. */
  sentences?: Readonly<Record<string, string>>;
  /** What is wrong, by the same keys: the card is red and says the first. */
  faults?: Readonly<Record<string, readonly string[]>>;
  /** Paths, rings and chips, by the same keys and START and FINISH; see `marks.ts`. */
  marks?: Marks;
  /** The key of what is selected: a step's id, a way's key, START or FINISH. */
  selected?: string | null;
  onSelect?: (key: string | null) => void;
  /** What may be done; without it the canvas is there to be read. */
  edit?: Editing;
  /** Brings this into view, again whenever `times` grows. */
  focus?: { key: string; times: number } | undefined;
  /** What the first and the last card say. */
  start?: { title: string; says: string };
  finish?: { title: string; says: string };
  /** A small map of the whole in the corner; left out where there is little room. */
  map?: boolean;
}

/** The tree of a process: to draw it, to see which way a document takes, and where one that runs stands. Fills its parent. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Scene {...props} />
    </ReactFlowProvider>
  );
}

function Scene(props: CanvasProps) {
  const { drawing, label, edit, focus, onSelect, map = true } = props;
  const { t } = useTranslation("flow");
  const frame = useRef<HTMLElement>(null);
  const flow = useRef<ReactFlowInstance | null>(null);
  const [openMenu, setOpenMenu] = useState("");
  const stands = useMemo(() => layout(drawing), [drawing]);
  const { nodes, edges } = useDrawn(props, stands, openMenu);
  const jobs = useJobsOf(edit, onSelect, openMenu, setOpenMenu, frame);
  const show = useCallback(
    (key: string, takesFocus: boolean) => {
      if (!flow.current || !frame.current) return;
      bringIntoView(flow.current, frame.current, stands, key);
      if (takesFocus) focusOn(frame.current, key);
    },
    [stands],
  );
  const shown = useRef(0);
  useEffect(() => {
    if (!focus || focus.times === shown.current) return;
    shown.current = focus.times;
    show(focus.key, true);
  }, [focus, show]);
  return (
    <JobsContext value={jobs}>
      <section
        className="flow"
        ref={frame}
        aria-label={label}
        onKeyDown={(event) =>
          keyPressed(event, { drawing, edit, show, openMenu: setOpenMenu, layout: stands })
        }
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODES}
          edgeTypes={EDGES}
          onInit={(instance) => {
            flow.current = instance;
            if (frame.current) opened(instance, frame.current, stands);
          }}
          onPaneClick={() => onSelect?.(null)}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          onlyRenderVisibleElements
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          panActivationKeyCode={null}
          multiSelectionKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.2}
          maxZoom={1.5}
          proOptions={{ hideAttribution: true }}
          ariaLabelConfig={{
            "controls.ariaLabel": t("view.controls"),
            "controls.zoomIn.ariaLabel": t("view.closer"),
            "controls.zoomOut.ariaLabel": t("view.farther"),
            "controls.fitView.ariaLabel": t("view.whole"),
            "minimap.ariaLabel": t("view.map"),
          }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--border)" />
          <Controls showInteractive={false} />
          {map ? (
            <MiniMap pannable zoomable style={MAP} nodeColor="var(--border)" maskColor="var(--flow-mask)" />
          ) : null}
          {edit ? <Palette drawing={drawing} selected={props.selected ?? null} /> : null}
        </ReactFlow>
      </section>
    </JobsContext>
  );
}

function useDrawn(props: CanvasProps, stands: ReturnType<typeof layout>, openMenu: string) {
  const { drawing, sentences = NONE, faults = NONE, marks = NONE, selected = null, edit } = props;
  const { t } = useTranslation("flow");
  const kept = useRef(new Map());
  const start = props.start ?? { title: t("start.title"), says: t("start.says") };
  const finish = props.finish ?? { title: t("finish.title"), says: t("finish.says") };
  const isEdited = edit !== undefined;
  const nodes = nodesOf(
    stands,
    { sentences, faults, marks, selected, openMenu, start, finish },
    isEdited,
    kept.current,
  );
  const edges = useMemo(() => edgesOf(stands, drawing, marks), [stands, drawing, marks]);
  return { nodes, edges };
}

function useJobsOf(
  edit: Editing | undefined,
  onSelect: CanvasProps["onSelect"],
  openMenu: string,
  setOpenMenu: (key: string) => void,
  frame: React.RefObject<HTMLElement | null>,
): Jobs {
  const dragged = useRef<Dragged | null>(null);
  return useMemo(
    () => ({
      edit,
      select: (key) => onSelect?.(key),
      menu: {
        key: openMenu,
        open: (key) => {
          setOpenMenu(key ?? "");
          if (!key && frame.current && openMenu) focusOn(frame.current, openMenu);
        },
      },
      drag: {
        begin: (what) => {
          dragged.current = what;
          frame.current?.classList.add("flow-dragging");
        },
        end: () => {
          dragged.current = null;
          frame.current?.classList.remove("flow-dragging");
        },
        drop: (spot) => {
          const what = dragged.current;
          if (what && "kind" in what) edit?.insert(spot, what.kind);
          else if (what) edit?.move(what.id, spot);
          frame.current?.classList.remove("flow-dragging");
        },
      },
    }),
    [edit, onSelect, openMenu, setOpenMenu, frame],
  );
}
