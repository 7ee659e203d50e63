import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Canvas } from "../../../flow/Canvas.tsx";
import { FINISH, START } from "../../../flow/layout.ts";
import type { Chip, Mark, Marks } from "../../../flow/marks.ts";
import type { Drawing } from "../../../flow/model.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { spanOf } from "../../../ui/span.ts";
import { definitionQuery, type InstanceOut, storyQuery } from "../asked.ts";
import { placesOf } from "../places.ts";
import { heatOf } from "./heat.ts";
import { type Standing, standingsOf } from "./standings.ts";
import "./flow-view.css";

/** The flow as it was drawn, with where the instance stands on it: what is passed, who holds it, and for how long. */
export default function FlowView({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const { instance } = shown;
  const { data: story } = useSuspenseQuery(storyQuery(instance.id));
  const { data: definition } = useQuery(definitionQuery(instance.process));
  const marksOf = useMarks();
  if (!definition) return null;
  if (definition.release !== instance.release) {
    return <Empty title={t("flow.former")} says={t("flow.formerSays")} />;
  }
  const standings = standingsOf({ ...shown, lines: story.lines });
  return (
    <div className="card trace-flow">
      <Canvas
        drawing={definition.process as unknown as Drawing}
        label={t("instance.views.flow")}
        marks={marksOf(
          standings,
          placesOf(definition.process).map((one) => one.id),
          Boolean(instance.finished_at),
        )}
      />
    </div>
  );
}

function useMarks() {
  const { t } = useTranslation(["trace", "shell"]);
  const span = (since: string, until?: string) => {
    const { count, unit } = spanOf(dayjs(until).diff(dayjs(since)));
    return t(`shell:span.${unit}`, { count });
  };
  const passed = ({ people, since, until }: Standing): Mark => ({
    path: "taken",
    chips: [
      { text: people.join(t("search.and")) || t("flow.passed"), tone: "good", icon: "done" },
      ...(people.length && until ? [{ text: span(since, until), icon: "time" } satisfies Chip] : []),
    ],
  });
  const held = ({ state, people, since }: Standing): Mark => {
    const tone = state === "trouble" ? "bad" : heatOf(dayjs().diff(dayjs(since)));
    const exactly = dayjs(since).format("YYYY-MM-DD HH:mm:ss");
    const time: Chip = { text: t("flow.dwells", { span: span(since) }), tone, icon: "time", says: exactly };
    const who: Chip = { text: people.join(t("search.and")) || t("flow.underWay"), tone, icon: "person" };
    return { path: "taken", ring: tone, chips: [who, time] };
  };
  return (standings: Map<string, Standing>, nodes: string[], isOver: boolean): Marks => {
    const stood = [...standings].map(([node, one]) => [
      node,
      one.state === "passed" ? passed(one) : held(one),
    ]);
    const missed = isOver
      ? nodes.filter((node) => !standings.has(node)).map((node) => [node, { path: "not" }])
      : [];
    const ends = [[START, { path: "taken" }], ...(isOver ? [[FINISH, { path: "taken" }]] : [])];
    return Object.fromEntries([...missed, ...stood, ...ends]);
  };
}
