import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { StepList } from "../../../flow/StepList.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { flowQuery } from "./asked.ts";
import { stepsOf } from "./fromCourse.ts";

/** How far it is, as a list of steps; the whole flow is one press away. */
export function Steps({ instance }: { instance: string }) {
  const { t } = useTranslation("tasks");
  const { data, error, isPending } = useQuery(flowQuery(instance));
  return (
    <section className="part">
      <div className="part-head">
        <h3>{t("detail.steps")}</h3>
        <Link to={`/instances/${encodeURI(instance)}`}>{t("detail.fullFlow")}</Link>
      </div>
      <Refusal error={error} />
      {isPending ? <Loading /> : null}
      {data ? <StepList steps={stepsOf(data.course)} /> : null}
    </section>
  );
}
