import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useWidth } from "../../app/width.ts";
import { Loading } from "../../ui/Loading.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { todoQuery } from "./asked.ts";
import { Boxes } from "./Boxes.tsx";
import type { Handle } from "./detail/handle.ts";
import { FilterBar } from "./FilterBar.tsx";
import { addressOf, type Filters, filtersOf } from "./filters.ts";
import { idOf, moved, nextAfter, pathOf } from "./listing.ts";
import { NothingListed } from "./NothingListed.tsx";
import { TaskCards } from "./TaskCards.tsx";
import { useChosen } from "./useChosen.ts";
import { useKeys } from "./useKeys.ts";
import { useQuick } from "./useQuick.ts";

const TaskTable = lazy(() => import("./TaskTable.tsx").then((module) => ({ default: module.TaskTable })));
const Pane = lazy(() => import("./detail/Pane.tsx"));
const BatchBar = lazy(() => import("./BatchBar.tsx"));
const Views = lazy(() => import("./Views.tsx"));
const KeyHelp = lazy(() => import("./KeyHelp.tsx"));

/** The lists of the to-do centre; where there is room, with what is chosen beside them. */
export function TodoPage() {
  const { t } = useTranslation("tasks");
  const width = useWidth();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const filters = useMemo(() => filtersOf(address), [address]);
  const list = useInfiniteQuery(todoQuery(filters));
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [helping, setHelping] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<Handle>(null);
  const asked = address.get("at");
  const shows = width === "wide";
  const current = asked ?? (shows && items[0] ? idOf(items[0]) : null);
  const item = items.find((one) => idOf(one) === current);
  const chosen = useChosen(items);
  const quick = useQuick();

  const change = (next: Filters) => setAddress(addressOf(next), { replace: true });
  const show = (id: string | null) => {
    const next = new URLSearchParams(addressOf(filters));
    if (id) next.set("at", id);
    setAddress(next, { replace: true });
  };
  const act = (kind: "primary" | "danger") => {
    if (shows && pane.current) pane.current.act(kind);
    else if (item && !(kind === "primary" && quick(item))) navigate(pathOf(item));
  };

  useKeys({
    j: () => show(moved(items, current, 1)),
    k: () => show(moved(items, current, -1)),
    arrowdown: () => show(moved(items, current, 1)),
    arrowup: () => show(moved(items, current, -1)),
    enter: () => item && navigate(pathOf(item)),
    a: () => act("primary"),
    r: () => act("danger"),
    x: () => item?.batch && chosen.toggle(idOf(item)),
    "/": () => search.current?.focus(),
    "?": () => setHelping(true),
    escape: () => chosen.clear(),
  });

  return (
    <div className={shows ? "todo todo-wide" : "todo"}>
      <div className="todo-list">
        <PageHead title={t("title")}>
          {width === "phone" ? null : (
            <Button type="text" onClick={() => setHelping(true)}>
              {t("keys.open")} <kbd>?</kbd>
            </Button>
          )}
        </PageHead>
        <Boxes filters={filters} />
        <FilterBar filters={filters} change={change} search={search} />
        <Suspense fallback={null}>
          {width === "phone" ? null : <Views filters={filters} />}
          {chosen.any ? <BatchBar items={chosen.items} clear={chosen.clear} /> : null}
        </Suspense>
        <Refusal error={list.error} />
        {list.isPending ? <Loading /> : null}
        {list.data && items.length === 0 ? <NothingListed filters={filters} /> : null}
        {items.length === 0 ? null : width === "phone" ? (
          <TaskCards box={filters.box} items={items} quick={quick} />
        ) : (
          <Suspense fallback={<Loading />}>
            <TaskTable
              box={filters.box}
              items={items}
              current={current}
              chosen={chosen.ids}
              show={shows ? show : null}
              toggle={chosen.toggle}
            />
          </Suspense>
        )}
        {items.length ? (
          <p className="todo-foot muted">
            {t("count", { count: items.length })}
            {list.hasNextPage ? (
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t("more")}
              </Button>
            ) : null}
          </p>
        ) : null}
      </div>
      {shows ? (
        <Suspense fallback={<Loading />}>
          <Pane
            box={filters.box}
            item={item}
            id={current}
            handle={pane}
            left={(id) => show(nextAfter(items, id, new Set([id])))}
          />
        </Suspense>
      ) : null}
      {helping ? (
        <Suspense fallback={null}>
          <KeyHelp close={() => setHelping(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
