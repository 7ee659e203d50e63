import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { StepList } from "../../../flow/StepList.tsx";
import type { InstanceOut } from "./asked.ts";
import { stepsOf } from "./fromTasks.ts";

/** How far it is, as a list of steps; the whole flow is one press away. */
export function Steps({ whole }: { whole: InstanceOut }) {
  const { t } = useTranslation("tasks");
  const steps = stepsOf(whole.tasks);
  return (
    <section className="part">
      <div className="part-head">
        <h3>{t("detail.steps")}</h3>
        <Link to={`/instances/${encodeURI(whole.instance.id)}`}>{t("detail.fullFlow")}</Link>
      </div>
      <StepList steps={steps} />
    </section>
  );
}
