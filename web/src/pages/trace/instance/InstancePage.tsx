import { useSuspenseQuery } from "@tanstack/react-query";
import { Grid, Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useMay } from "../../../app/session.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { instanceQuery } from "../asked.ts";
import { Calls } from "./Calls.tsx";
import { DocumentFields } from "./DocumentFields.tsx";
import { Head } from "./Head.tsx";
import { Ledger } from "./Ledger.tsx";
import { Story } from "./Story.tsx";
import { TaskList } from "./TaskList.tsx";
import "./instance.css";

const FlowView = lazy(() => import("../flow/FlowView.tsx"));
const Decisions = lazy(() => import("./Decisions.tsx"));

/** Everything that is known of one instance, for whoever may see it. */
export default function InstancePage() {
  const { t } = useTranslation("trace");
  const { id = "" } = useParams();
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const [search, setSearch] = useSearchParams();
  const { data } = useSuspenseQuery(instanceQuery(id));
  const { instance, tasks, effects, calls } = data;
  const views = [
    { key: "flow", children: <FlowView of={data} /> },
    { key: "story", children: <Story instance={instance} /> },
    { key: "effects", count: effects.length, children: <Ledger of={data} /> },
    { key: "tasks", count: tasks.length, children: <TaskList of={data} /> },
    ...(may("rules", "admin") ? [{ key: "decisions", children: <Decisions instance={instance.id} /> }] : []),
    ...(calls.length || instance.called_by
      ? [{ key: "calls", count: calls.length, children: <Calls of={data} /> }]
      : []),
    { key: "document", children: <DocumentFields instance={instance} /> },
  ];
  const shown = views.find((one) => one.key === search.get("view"))?.key ?? (isWide ? "flow" : "story");
  return (
    <>
      <Head of={data} />
      <Tabs
        className="trace-instance-views"
        activeKey={shown}
        onChange={(view) => setSearch({ view }, { replace: true })}
        items={views.map(({ key, count, children }) => ({
          key,
          label: count
            ? t("instance.counted", { what: t(`instance.views.${key}`), count })
            : t(`instance.views.${key}`),
          children: <Suspense fallback={<Loading />}>{children}</Suspense>,
        }))}
        destroyOnHidden
      />
    </>
  );
}
