import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { StatusTag } from "../../../ui/StatusTag.tsx";
import { ActDialog } from "../acts/ActDialog.tsx";
import type { Proposal } from "../acts/acts.ts";
import { instancePath } from "../addresses.ts";
import { askStuck, type InstanceView, type Stuck } from "../asked.ts";
import { TraceTabs } from "../TraceTabs.tsx";
import { titleOf } from "../title.ts";
import { Causes } from "./Causes.tsx";

interface Wanted {
  instance: InstanceView;
  proposal: Proposal;
}

const DAYS = [0, 1, 3, 7, 14, 30];
const USUAL = 3;

const stuckQuery = (days: number, after: string | null) => ({
  queryKey: ["stuck", "all", days, after],
  queryFn: () => askStuck({ days, limit: 20, after }),
  placeholderData: keepPreviousData,
});

/** What does not move by itself, why, since when, and what can be done about it. */
export function StuckPage() {
  const { t } = useTranslation("trace");
  const [search, setSearch] = useSearchParams();
  const days = Number(search.get("days") ?? USUAL);
  const { data, error } = useQuery(stuckQuery(days, search.get("after")));
  const next = data?.next;
  const [wanted, propose] = useState<Wanted>();
  return (
    <>
      <PageHead title={t("title")} says={t("stuck.says")} />
      <TraceTabs />
      <p className="trace-stuck-days">
        <label htmlFor="stuck-days">{t("stuck.days")}</label>
        <Select
          id="stuck-days"
          value={days}
          onChange={(chosen) => setSearch({ days: String(chosen) })}
          options={DAYS.map((count) => ({
            value: count,
            label: count ? t("stuck.dayCount", { count }) : t("stuck.atOnce"),
          }))}
        />
      </p>
      <Refusal error={error} />
      {data ? <StuckList stuck={data.stuck} onPropose={propose} /> : error ? null : <Loading />}
      {next ? (
        <div className="trace-pager">
          <Button onClick={() => setSearch({ days: String(days), after: next })}>{t("stuck.next")}</Button>
        </div>
      ) : null}
      {wanted ? <ActDialog {...wanted} onClose={() => propose(undefined)} /> : null}
    </>
  );
}

function StuckList({ stuck, onPropose }: { stuck: Stuck[]; onPropose: (wanted: Wanted) => void }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  if (stuck.length === 0) return <Empty title={t("stuck.none")} says={t("stuck.noneSays")} />;
  return (
    <ul className="trace-stuck-list">
      {stuck.map(({ instance, causes }) => (
        <li className="card trace-stuck" key={instance.id}>
          <div className="trace-stuck-head">
            <h2>
              <Link to={instancePath(instance.id)}>{titleOf(instance) ?? instance.number}</Link>
            </h2>
            <StatusTag status={instance.status} outcome={instance.outcome} />
            <span className="muted">
              {instance.number} · {say(instance.title)} · {instance.initiator_name || instance.initiator}
            </span>
          </div>
          <Causes causes={causes} onPropose={(proposal) => onPropose({ instance, proposal })} />
        </li>
      ))}
    </ul>
  );
}
