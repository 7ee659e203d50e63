import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "../../ui/Empty.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { todoQuery } from "../tasks/asked.ts";
import { filtersOf } from "../tasks/filters.ts";
import { Matters } from "./Matters.tsx";

const MOST = 5;
const OPEN = filtersOf(new URLSearchParams());

/** The newest of what there is to do. */
export function Newest() {
  const { t } = useTranslation("home");
  const { data, error, isPending } = useInfiniteQuery(todoQuery(OPEN, MOST));
  const items = data?.pages[0]?.items ?? [];
  return (
    <section className="home-part card" aria-labelledby="home-newest">
      <div className="home-head">
        <h2 id="home-newest">{t("newest.title")}</h2>
        <Link to="/tasks">{t("newest.all")}</Link>
      </div>
      <Refusal error={error} />
      {isPending ? <Loading /> : null}
      {data && !items.length ? <Empty title={t("newest.none")} says={t("newest.noneSays")} /> : null}
      <Matters box="open" items={items} />
    </section>
  );
}
