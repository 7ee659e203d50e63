import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { Person } from "../../../ui/Person.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import { ActDialog } from "../acts/ActDialog.tsx";
import type { Proposal } from "../acts/acts.ts";
import type { InstanceOut, Task } from "../asked.ts";
import "./task-list.css";

/** Everybody who was asked or told, why it was them, and what they did. */
export function TaskList({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const isAdmin = useMay()("admin");
  const [proposal, propose] = useState<Proposal>();
  if (shown.tasks.length === 0) return <Empty title={t("tasks.none")} says={t("tasks.noneSays")} />;
  return (
    <>
      <ul className="card trace-task-list">
        {shown.tasks.map((task) => (
          <TaskEntry key={task.id} task={task}>
            {isAdmin && isHeld(task) ? (
              <Button size="small" onClick={() => propose({ act: "reassign", task: task.id, needs: ["to"] })}>
                {t("acts.reassign.name")}
              </Button>
            ) : null}
          </TaskEntry>
        ))}
      </ul>
      {proposal ? (
        <ActDialog instance={shown.instance} proposal={proposal} onClose={() => propose(undefined)} />
      ) : null}
    </>
  );
}

function isHeld(task: Task): boolean {
  return task.kind !== "cc" && (task.state === "open" || task.state === "waiting");
}

function TaskEntry({ task, children }: { task: Task; children: React.ReactNode }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const agent = task.agent ? t("tasks.agent", { name: task.agent_name || task.agent }) : undefined;
  return (
    <li className="trace-task-entry">
      <div className="trace-task-who">
        <Person name={task.name || task.person} says={agent} />
        <span className="muted">{say(task.title)}</span>
      </div>
      <div className="trace-task-why">
        {task.reason ? <p>{t("tasks.why", { reason: say(task.reason) })}</p> : null}
        {task.opinion ? <p>{t("story.opinion", { opinion: task.opinion })}</p> : null}
        {task.cause ? <p className="muted">{say(task.cause)}</p> : null}
      </div>
      <div className="trace-task-when">
        {task.kind === "cc" ? (
          <span className="muted">{t("tasks.told")}</span>
        ) : (
          <StateTag
            of={task.action && task.state === "done" ? "action" : "task"}
            state={task.action ?? task.state}
          />
        )}
        <span className="muted">
          {task.closed_at ? <When at={task.closed_at} format="MM-DD HH:mm" /> : t("instance.dwells")}{" "}
          <Dwell since={task.opened_at} until={task.closed_at} />
        </span>
        {children}
      </div>
    </li>
  );
}
