import { useSuspenseQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { Canvas } from "../../../flow/Canvas.tsx";
import { FINISH, START, wayKey } from "../../../flow/layout.ts";
import type { Drawing } from "../../../flow/model.ts";
import { spanOf } from "../../../ui/span.ts";
import { type FlowOut, flowQuery, type InstanceOut } from "../asked.ts";
import { NodePanel } from "./NodePanel.tsx";
import { byNode, marksOf, type Words } from "./standing.ts";
import "./flow-view.css";

/** The flow as it was drawn, with where the instance stands on it: what is passed, who holds it, and for how long. */
export default function FlowView({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const { data: flow } = useSuspenseQuery(flowQuery(shown.instance.id));
  const words = useWords();
  const { nodes, current } = flow.course;
  const standings = byNode(nodes);
  const now = nodes.find((one) => one.at === current[0])?.node ?? null;
  const [chosen, choose] = useState<string | null>(null);
  const shownNode = standings.get(chosen ?? now ?? "");
  const isOver = Boolean(shown.instance.finished_at);
  const ends = {
    [START]: { path: "taken" as const },
    ...(isOver ? { [FINISH]: { path: "taken" as const } } : {}),
  };
  return (
    <div className="trace-flow">
      <div className="card trace-flow-canvas">
        <Canvas
          drawing={flow.process as unknown as Drawing}
          label={t("instance.views.flow")}
          sentences={sentencesOf(flow, words)}
          marks={{ ...marksOf(nodes, isOver, words), ...ends }}
          selected={chosen}
          onSelect={choose}
        />
      </div>
      <NodePanel standing={shownNode} sentence={flow.sentences.find((one) => one.node === shownNode?.node)} />
    </div>
  );
}

function sentencesOf(flow: FlowOut, { say }: Words): Record<string, string> {
  return Object.fromEntries(
    flow.sentences.flatMap((one) => [
      [one.node, say(one.text)],
      ...one.ways.map((way) => [wayKey(one.node, String(way.number)), say(way.text)]),
    ]),
  );
}

function useWords(): Words {
  const { t } = useTranslation(["trace", "shell"]);
  const say = useLabel();
  const span = (seconds: number) => {
    const { count, unit } = spanOf(seconds * 1000);
    return t(`shell:span.${unit}`, { count });
  };
  return {
    say,
    span,
    dwells: (seconds) => t("flow.dwells", { span: span(seconds) }),
    exactly: (at) => dayjs(at).format("YYYY-MM-DD HH:mm:ss"),
    state: (state) => t(`flow.state.${state}`),
  };
}
