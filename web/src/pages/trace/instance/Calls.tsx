import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { StatusTag } from "../../../ui/StatusTag.tsx";
import { instancePath } from "../addresses.ts";
import type { InstanceOut } from "../asked.ts";

/** The instance that called this one, and those that this one called. */
export function Calls({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const { called_by } = shown.instance;
  return (
    <section className="card trace-calls" aria-label={t("instance.views.calls")}>
      {called_by ? (
        <p>
          {t("calls.by")} <Link to={instancePath(called_by)}>{called_by}</Link>
        </p>
      ) : null}
      <ul className="trace-plain-list">
        {shown.calls.map((call) => (
          <li key={call.id}>
            <Link to={instancePath(call.id)}>
              {say(call.title)} <span className="number">{call.number}</span>
            </Link>{" "}
            <StatusTag status={call.status} outcome={call.outcome} />
          </li>
        ))}
      </ul>
    </section>
  );
}
