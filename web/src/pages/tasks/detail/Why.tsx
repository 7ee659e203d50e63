import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { grouped } from "../../../ui/amount.ts";
import { Loading } from "../../../ui/Loading.tsx";
import type { Task } from "./acts.ts";
import { assignmentQuery, flowQuery, type InstanceView } from "./asked.ts";
import { type Decided, decidedIn } from "./decided.ts";
import { type CardField, textOf, titleOfField, wordOf } from "./fields.ts";

interface Props {
  task: Task;
  view: InstanceView;
  isMine: boolean;
  card: readonly CardField[];
}

/** Why it is this person: the words, and on demand the row of the rule and whom the strategy looked at. */
export function Why({ task, view, isMine, card }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="part">
      <h3>{isMine ? t("detail.whyYou") : t("detail.why", { name: task.name || task.person })}</h3>
      <p className="why-says">{say(task.reason) || t("why.named")}</p>
      <details className="others" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("detail.whyMore")}</summary>
        {isOpen ? <Grounds task={task} view={view} card={card} /> : null}
      </details>
    </section>
  );
}

function Grounds({ task, view, card }: Omit<Props, "isMine">) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const assignment = useQuery(assignmentQuery(task.id));
  const flow = useQuery(flowQuery(view.id));
  if (assignment.isPending || flow.isPending) return <Loading />;
  const rules = decidedIn(flow.data?.course.nodes ?? [], task.opened_at);
  const ranking = assignment.data?.ranking ?? [];
  if (!rules.length && !assignment.data) return <p className="muted">{t("why.nothing")}</p>;
  return (
    <>
      {rules.map((rule) => (
        <Rule key={rule.node} rule={rule} card={card} />
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

function Rule({ rule, card }: { rule: Decided; card: readonly CardField[] }) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { hit, inputs } = rule;
  return (
    <div className="why-rule">
      <p>
        <strong>{say(hit.title)}</strong>
      </p>
      {hit.rows.length ? null : <p>{t("why.default")}</p>}
      {hit.rows.map(({ row, text }) => (
        <p key={row}>
          {say(text)} <span className="muted">{t("why.row", { row })}</span>
        </p>
      ))}
      <p className="muted">
        {t("why.inputs", {
          said: inputs
            .map(([name, value]) =>
              [
                say(titleOfField(card, name)) || name,
                say(wordOf(card, name, value)) || grouped(textOf(value)),
              ].join(" "),
            )
            .join("; "),
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
