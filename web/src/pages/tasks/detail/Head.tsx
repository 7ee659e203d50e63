import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useSession } from "../../../app/session.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { Money } from "../../../ui/Money.tsx";
import { Person } from "../../../ui/Person.tsx";
import { StateTag, StatusTag } from "../../../ui/StatusTag.tsx";
import { DueChip } from "../DueChip.tsx";
import type { Task } from "./acts.ts";
import type { InstanceView } from "./asked.ts";
import { textOf } from "./fields.ts";

interface Props {
  view: InstanceView;
  task: Task | undefined;
  heading: "h1" | "h2";
}

/** What it is, how much, whose, since when, and until when. */
export function Head({ view, task, heading: Heading }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const amount = textOf(view.fields.amount);
  const isOpen = task?.state === "open" || task?.state === "waiting";
  return (
    <header className="detail-head">
      <div className="detail-title">
        <Heading>{textOf(view.fields.title) || say(view.title)}</Heading>
        {task ? <StateTag of="task" state={task.state} /> : null}
        {task?.due_at && isOpen ? <DueChip due={task.due_at} /> : null}
        {!task || !isOpen ? <StatusTag status={view.status} outcome={view.outcome} /> : null}
      </div>
      <p className="tasks-says muted">
        <span className="number">{view.number}</span>
        <span>{say(view.title)}</span>
        {task && say(task.title) !== say(view.title) ? <span>{say(task.title)}</span> : null}
        <span>{view.document.system}</span>
      </p>
      {amount ? (
        <p className="detail-amount">
          <span className="visually-hidden">{t("detail.amount")} </span>
          <Money amount={amount} unit={textOf(view.fields.currency)} />
        </p>
      ) : null}
      <dl className="facts">
        <div>
          <dt>{t("detail.initiator")}</dt>
          <dd>
            <Person name={view.initiator_name || view.initiator} />
          </dd>
        </div>
        <div>
          <dt>{t("detail.started")}</dt>
          <dd>
            <When at={view.started_at} />
          </dd>
        </div>
        {task ? (
          <div>
            <dt>{t("detail.dwell")}</dt>
            <dd>
              <Dwell since={task.opened_at} until={task.closed_at} />
            </dd>
          </div>
        ) : null}
        {task?.due_at ? (
          <div>
            <dt>{t("detail.due")}</dt>
            <dd>
              <When at={task.due_at} />
            </dd>
          </div>
        ) : null}
      </dl>
      <StandIn task={task} />
      {task?.cause ? <p className="detail-note">{say(task.cause)}</p> : null}
      {!task && view.waiting_for ? (
        <p className="detail-note">{t("detail.waiting", { who: view.waiting_for })}</p>
      ) : null}
    </header>
  );
}

/** Who acts for whom. */
function StandIn({ task }: { task: Task | undefined }) {
  const { t } = useTranslation("tasks");
  const { person } = useSession();
  if (!task?.agent) return null;
  const mine = task.agent === person.id;
  const name = mine ? task.name || task.person : task.agent_name || task.agent;
  return <p className="detail-note">{t(mine ? "detail.agentFor" : "detail.agent", { name })}</p>;
}
