import { useSuspenseQuery } from "@tanstack/react-query";
import { Grid } from "antd";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useMay } from "../../../app/session.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { instanceQuery } from "../asked.ts";
import { Calls } from "./Calls.tsx";
import { DocumentFields } from "./DocumentFields.tsx";
import { Head } from "./Head.tsx";
import { Ledger } from "./Ledger.tsx";
import { Story } from "./Story.tsx";
import { TaskList } from "./TaskList.tsx";
import "../trace.css";
import "./instance.css";

const FlowView = lazy(() => import("../flow/FlowView.tsx"));
const StepsView = lazy(() => import("../flow/StepsView.tsx"));
const Decisions = lazy(() => import("./Decisions.tsx"));

interface View {
  key: string;
  count?: number;
  children: ReactNode;
}

/** Everything that is known of one instance, for whoever may see it. */
export default function InstancePage() {
  const { t } = useTranslation("trace");
  const { id = "" } = useParams();
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const [search] = useSearchParams();
  const { data } = useSuspenseQuery(instanceQuery(id));
  const { instance, tasks, effects, calls } = data;
  const views: View[] = [
    { key: "flow", children: <FlowView of={data} /> },
    { key: "steps", children: <StepsView of={data} /> },
    { key: "story", children: <Story instance={instance} /> },
    { key: "effects", count: effects.length, children: <Ledger of={data} /> },
    { key: "tasks", count: tasks.length, children: <TaskList of={data} /> },
    ...(may("rules", "admin") ? [{ key: "decisions", children: <Decisions instance={instance.id} /> }] : []),
    ...(calls.length || instance.called_by
      ? [{ key: "calls", count: calls.length, children: <Calls of={data} /> }]
      : []),
    { key: "document", children: <DocumentFields instance={instance} /> },
  ];
  const first = isWide ? "flow" : "steps";
  const named = (name: string | null) => views.find((one) => one.key === name);
  const shown = named(search.get("view")) ?? named(first);
  return (
    <>
      <Head of={data} />
      <nav className="trace-tabs trace-views" aria-label={t("instance.all")}>
        {views.map(({ key, count }) => (
          <Link key={key} to={`?view=${key}`} replace aria-current={key === shown?.key ? "page" : undefined}>
            {count
              ? t("instance.counted", { what: t(`instance.views.${key}`), count })
              : t(`instance.views.${key}`)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>{shown?.children}</Suspense>
    </>
  );
}
