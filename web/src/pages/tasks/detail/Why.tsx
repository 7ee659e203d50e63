import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { Loading } from "../../../ui/Loading.tsx";
import type { Task } from "./acts.ts";
import { assignmentQuery, type InstanceView, storyQuery } from "./asked.ts";
import { type Decided, decidedIn } from "./decided.ts";
import { textOf } from "./fields.ts";

interface Props {
  task: Task;
  view: InstanceView;
  isMine: boolean;
}

/** Why it is this person: the words, and on demand the row of the rule and whom the strategy looked at. */
export function Why({ task, view, isMine }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="part">
      <h3>{isMine ? t("detail.whyYou") : t("detail.why", { name: task.name || task.person })}</h3>
      <p className="why-says">{say(task.reason) || t("why.named")}</p>
      <details className="others" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("detail.whyMore")}</summary>
        {isOpen ? <Grounds task={task} view={view} /> : null}
      </details>
    </section>
  );
}

function Grounds({ task, view }: Pick<Props, "task" | "view">) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const assignment = useQuery(assignmentQuery(task.id));
  const story = useQuery(storyQuery(view.id));
  if (assignment.isPending || story.isPending) return <Loading />;
  const rules = decidedIn(story.data?.lines ?? [], task.opened_at);
  const ranking = assignment.data?.ranking ?? [];
  if (!rules.length && !assignment.data) return <p className="muted">{t("why.nothing")}</p>;
  return (
    <>
      {rules.map((rule) => (
        <Rule key={rule.number} rule={rule} />
      ))}
      {assignment.data ? (
        <p>
          <span className="muted">{t("why.strategy")}</span> {say(assignment.data.why)}
        </p>
      ) : null}
      {ranking.length ? <Ranking ranking={ranking} chosen={assignment.data?.people ?? []} /> : null}
    </>
  );
}

function Rule({ rule }: { rule: Decided }) {
  const { t } = useTranslation("tasks");
  return (
    <div className="why-rule">
      <p>
        {t("why.rule", { table: rule.table })}{" "}
        {rule.rows.length ? t("why.rows", { rows: rule.rows.join("、") }) : t("why.default")}
      </p>
      <p className="muted">
        {t("why.inputs", {
          said: rule.inputs.map(([name, value]) => `${name} = ${textOf(value)}`).join("; "),
        })}
      </p>
      <p className="muted">
        {t("why.result", {
          said: rule.outcome.map(([name, value]) => `${name} = ${textOf(value)}`).join("; "),
        })}
      </p>
    </div>
  );
}

interface RankingProps {
  ranking: Schemas["Ranked"][];
  chosen: { person: string }[];
}

function Ranking({ ranking, chosen }: RankingProps) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  return (
    <>
      <p className="muted">{t("why.candidates")}</p>
      <ol className="why-ranking">
        {ranking.map((one) => (
          <li key={one.person}>
            <strong>{one.name}</strong>
            {chosen.some((each) => each.person === one.person) ? (
              <span className="why-chosen">{t("why.chosen")}</span>
            ) : null}
            <span className="muted">
              {[
                t("why.load", { count: one.load.tasks }),
                one.level ? t("why.level", { level: one.level }) : "",
                typeof one.points === "number" ? t("why.points", { points: one.points / 100 }) : "",
                one.excluded ? say(one.excluded.text) : "",
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
