import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../../ui/Empty.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { todoQuery } from "../tasks/asked.ts";
import { filtersOf } from "../tasks/filters.ts";
import { Matters } from "./Matters.tsx";

const LOOKED_AT = 30;
const MOST = 5;
const STARTED = filtersOf(new URLSearchParams("box=started"));

/** What the person started and is not over: whom it waits for. */
export function Started() {
  const { t } = useTranslation("home");
  const { data, error, isPending } = useInfiniteQuery(todoQuery(STARTED, LOOKED_AT));
  const running = (data?.pages[0]?.items ?? []).filter(
    ({ instance }) => instance.status !== "finished" && instance.status !== "failed",
  );
  return (
    <section className="home-part card" aria-labelledby="home-started">
      <div className="home-head">
        <h2 id="home-started">{t("started.title")}</h2>
        <Link to="/tasks?box=started">{t("started.all")}</Link>
      </div>
      <Refusal error={error} />
      {isPending ? <Loading /> : null}
      {data && !running.length ? <Empty title={t("started.none")} says={t("started.noneSays")} /> : null}
      <Matters box="started" items={running.slice(0, MOST)} />
    </section>
  );
}
