import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { Dwell } from "../../../ui/Dwell.tsx";
import { StatusTag } from "../../../ui/StatusTag.tsx";
import { instancePath } from "../addresses.ts";
import { HeldBy } from "./HeldBy.tsx";
import type { Found } from "./searching.ts";
import "./instance-list.css";

/** Instances for a narrow screen: a card each. */
export function InstanceCards({ items }: { items: Found[] }) {
  return (
    <ul className="trace-cards">
      {items.map((one) => (
        <li key={one.instance.id}>
          <InstanceCard found={one} />
        </li>
      ))}
    </ul>
  );
}

function InstanceCard({ found }: { found: Found }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const { instance, dwell_since } = found;
  return (
    <Link className="card trace-card" to={instancePath(instance.id)}>
      <span className="trace-card-first">
        <strong>{instance.title ?? instance.number}</strong>
        <StatusTag status={instance.status} outcome={instance.outcome} />
      </span>
      <span className="muted">
        <span className="number">{instance.number}</span> · {say(instance.process_title)} ·{" "}
        {instance.initiator_name}
      </span>
      {instance.finished_at ? (
        <span className="muted">
          {t("search.took")} <Dwell since={instance.started_at} until={instance.finished_at} />
        </span>
      ) : (
        <span className="trace-card-first">
          <span>
            <HeldBy found={found} />
          </span>
          <span className="muted">
            {t("search.dwell")} <Dwell since={dwell_since} />
          </span>
        </span>
      )}
    </Link>
  );
}
