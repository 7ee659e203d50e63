import { useQuery } from "@tanstack/react-query";
import { Button, Grid } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { TraceTabs } from "../TraceTabs.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { asSearch, type Filters, filtersIn, isFiltered } from "./filters.ts";
import { InstanceCards } from "./InstanceCards.tsx";
import { type Found, searchQuery } from "./searching.ts";

const InstanceTable = lazy(() => import("./InstanceTable.tsx"));

/** Finds any instance that this person may see. */
export function SearchPage() {
  const { t } = useTranslation("trace");
  const [search, setSearch] = useSearchParams();
  const filters = filtersIn(search);
  const after = search.get("after");
  const { data, error, isPlaceholderData } = useQuery(searchQuery(filters, after));
  const look = (wanted: Filters) => setSearch(asSearch(wanted));
  return (
    <>
      <PageHead title={t("title")} says={t("search.says")} />
      <TraceTabs />
      <FilterBar filters={filters} onLook={look} />
      <Refusal error={error} />
      {data ? (
        <div aria-busy={isPlaceholderData}>
          <FoundList items={data.items} filtered={isFiltered(filters)} />
          <Pager
            isFirst={after === null}
            next={data.next}
            onTurn={(to) => setSearch({ ...asSearch(filters), ...(to ? { after: to } : {}) })}
          />
        </div>
      ) : error ? null : (
        <Loading />
      )}
    </>
  );
}

function FoundList({ items, filtered }: { items: Found[]; filtered: boolean }) {
  const { t } = useTranslation("trace");
  const isWide = Grid.useBreakpoint().lg;
  if (items.length === 0) {
    const why = filtered ? "none" : "empty";
    return <Empty title={t(`search.${why}`)} says={t(`search.${why}Says`)} />;
  }
  if (!isWide) return <InstanceCards items={items} />;
  return (
    <Suspense fallback={<Loading />}>
      <InstanceTable items={items} />
    </Suspense>
  );
}

interface PagerProps {
  isFirst: boolean;
  next: string | null;
  onTurn: (after: string | null) => void;
}

function Pager({ isFirst, next, onTurn }: PagerProps) {
  const { t } = useTranslation("trace");
  if (isFirst && !next) return null;
  return (
    <nav className="trace-pager" aria-label={t("search.pages")}>
      {isFirst ? null : <Button onClick={() => onTurn(null)}>{t("search.first")}</Button>}
      {next ? <Button onClick={() => onTurn(next)}>{t("search.next")}</Button> : null}
    </nav>
  );
}
