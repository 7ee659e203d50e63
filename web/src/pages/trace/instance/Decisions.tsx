import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import { type Decision, decisionsQuery } from "../asked.ts";
import { type RowSaid, rowQuery } from "./decided.ts";
import "./decisions.css";
import "./ledger.css";

/** What rule tables answered for this instance: by which version and row, and on which inputs. */
export default function Decisions({ instance }: { instance: string }) {
  const { t } = useTranslation("trace");
  const { data } = useSuspenseQuery(decisionsQuery(instance));
  if (data.items.length === 0) return <Empty title={t("decisions.none")} says={t("decisions.noneSays")} />;
  return (
    <ul className="trace-decisions">
      {data.items.map((one) => (
        <OneDecision key={one.id} decision={one} />
      ))}
    </ul>
  );
}

function OneDecision({ decision }: { decision: Decision }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const mayRead = useMay()("read", "rules", "rules_approve");
  const { data: row } = useQuery({ ...rowQuery(decision), enabled: mayRead });
  const { rows, used_default, version } = decision;
  return (
    <li className="card trace-decision">
      <div className="trace-ledger-head">
        <h2>
          <Link to={`/rules/${encodeURIComponent(decision.table)}`}>
            {row ? say(row.table) : decision.table}
          </Link>{" "}
          <span className="muted">{version ? t("decisions.version", { number: version }) : null}</span>
        </h2>
        <StateTag of="decision" state={decision.status} />
      </div>
      {row ? <RowWords row={row} /> : null}
      <dl className="trace-facts">
        <div>
          <dt>{t("decisions.row")}</dt>
          <dd>{used_default ? t("decisions.default") : rows.join(", ") || t("decisions.noRow")}</dd>
        </div>
        <div>
          <dt>{t("decisions.at")}</dt>
          <dd>
            <When at={decision.at} />
          </dd>
        </div>
        <div>
          <dt>{t("decisions.inputs")}</dt>
          <dd>
            <Inputs of={decision.inputs} />
          </dd>
        </div>
      </dl>
      {decision.message ? <p className="trace-ledger-message">{say(decision.message)}</p> : null}
    </li>
  );
}

function RowWords({ row }: { row: RowSaid }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const words = (how: "cell" | "gives", said: RowSaid["gives"]) =>
    said
      .map((one) => t(`decisions.${how}`, { title: say(one.title), says: say(one.says) }))
      .join(t("decisions.and"));
  return (
    <p className="trace-decision-words">
      {row.conditions.length ? t("decisions.because", { conditions: words("cell", row.conditions) }) : null}
      <strong>{words("gives", row.gives)}</strong>
      {row.note ? <span className="muted"> {say(row.note)}</span> : null}
    </p>
  );
}

function Inputs({ of: inputs }: { of: Record<string, unknown> }) {
  return (
    <span className="trace-values">
      {Object.entries(inputs).map(([name, value]) => (
        <code key={name}>
          {name} = {typeof value === "object" ? JSON.stringify(value) : String(value)}
        </code>
      ))}
    </span>
  );
}
