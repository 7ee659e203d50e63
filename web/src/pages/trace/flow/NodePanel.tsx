import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { Person } from "../../../ui/Person.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import type { FlowOut } from "../asked.ts";
import type { Standing } from "./standing.ts";

interface Props {
  standing: Standing | undefined;
  sentence: FlowOut["sentences"][number] | undefined;
}

/** Everything about the step that was chosen on the picture, else about the one where it is. */
export function NodePanel({ standing, sentence }: Props) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  if (!standing) return <p className="card trace-node muted">{t("flow.choose")}</p>;
  const { rule, since, until, outcome, cause, effect, visits } = standing;
  return (
    <section className="card trace-node" aria-label={say(standing.title)} aria-live="polite">
      <div className="trace-node-head">
        <h2>{say(standing.title)}</h2>
        <StateTag of="step" state={standing.state} />
      </div>
      {sentence ? <p className="muted">{say(sentence.text)}</p> : null}
      {since ? (
        <p>
          <When at={since} /> · <Dwell since={since} until={until} />
          {visits > 1 ? ` · ${t("flow.visits", { count: visits })}` : null}
        </p>
      ) : null}
      {cause ? <p>{say(cause)}</p> : null}
      {outcome ? <p>{say(outcome)}</p> : null}
      {effect ? <StateTag of="effect" state={effect} /> : null}
      {rule ? (
        <p>
          <strong>{say(rule.title)}</strong> {rule.rows.map((row) => say(row.text)).join("；")}
        </p>
      ) : null}
      <ul className="trace-plain-list">
        {standing.who.map((one) => (
          <li key={one.task}>
            <Person
              name={one.name || one.person}
              says={one.agent ? t("tasks.agent", { name: one.agent_name }) : undefined}
            />{" "}
            <StateTag
              of={one.action && one.state === "done" ? "action" : "task"}
              state={one.action ?? one.state}
            />
            {one.why ? <p className="muted">{t("tasks.why", { reason: say(one.why) })}</p> : null}
            {one.opinion ? <p>{t("story.opinion", { opinion: one.opinion })}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
