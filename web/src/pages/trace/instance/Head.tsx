import { ExportOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Person } from "../../../ui/Person.tsx";
import { StatusTag } from "../../../ui/StatusTag.tsx";
import { InstanceActs } from "../acts/InstanceActs.tsx";
import { releaseNumber } from "../addresses.ts";
import type { InstanceOut } from "../asked.ts";
import { titleOf } from "../title.ts";
import { Halts } from "./Halts.tsx";
import { holdersOf } from "./holders.ts";

/** What it is about, how it stands, who holds it and since when; what can be done about the whole of it. */
export function Head({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const { instance } = shown;
  return (
    <>
      <PageHead title={titleOf(instance) ?? say(instance.title)}>
        <InstanceActs of={shown} />
      </PageHead>
      <section className="card trace-instance-head" aria-label={t("instance.summary")}>
        <div className="trace-instance-head-first">
          <StatusTag status={instance.status} outcome={instance.outcome} />
          <span className="number">{instance.number}</span>
          <Link to={`/flows/${encodeURIComponent(instance.process)}`}>
            {t("instance.release", {
              process: say(instance.title),
              release: releaseNumber(instance.release),
            })}
          </Link>
          {shown.workflow_page ? (
            <a href={shown.workflow_page} target="_blank" rel="noreferrer">
              {t("instance.workflow")} <ExportOutlined aria-hidden="true" />
            </a>
          ) : null}
        </div>
        <dl className="trace-facts">
          <Fact label={t("instance.startedBy")}>
            <Person name={instance.initiator_name || instance.initiator} />
          </Fact>
          <Fact label={t("instance.startedAt")}>
            <When at={instance.started_at} />
          </Fact>
          <Fact label={t(instance.finished_at ? "instance.took" : "instance.runsFor")}>
            <Dwell since={instance.started_at} until={instance.finished_at} />
          </Fact>
          {instance.finished_at ? null : <Holders of={shown} />}
        </dl>
      </section>
      <Halts of={shown} />
    </>
  );
}

function Holders({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const holders = holdersOf(shown.tasks);
  return (
    <Fact label={t("instance.heldBy")} wide>
      {holders.length ? (
        <ul className="trace-plain-list">
          {holders.map((task) => (
            <li key={task.id}>
              <Person name={task.name || task.person} says={say(task.title)} />{" "}
              <span className="muted">
                {t("instance.dwells")} <Dwell since={task.opened_at} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <span>{shown.instance.waiting_for || t("instance.bySystem")}</span>
      )}
    </Fact>
  );
}

function Fact({ label, wide, children }: { label: string; wide?: boolean; children: React.ReactNode }) {
  return (
    <div className={wide ? "trace-fact-wide" : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
