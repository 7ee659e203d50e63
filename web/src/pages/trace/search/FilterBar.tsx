import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { processesQuery } from "../asked.ts";
import { type Filters, isFiltered, NO_FILTERS, seldomSet, withProcess } from "./filters.ts";
import "./filter-bar.css";

const MoreFilters = lazy(() => import("./MoreFilters.tsx"));
const STATUSES = ["running", "returned", "troubled", "suspended", "unwinding", "finished", "failed"];

interface Props {
  filters: Filters;
  onLook: (filters: Filters) => void;
}

/** What to look for. Everything stands in the address, so that a search can be kept or sent. */
export function FilterBar({ filters, onLook }: Props) {
  const { t } = useTranslation(["trace", "states"]);
  const say = useLabel();
  const [isOpen, open] = useState(false);
  const { data: processes } = useQuery(processesQuery);
  const change = (told: Partial<Filters>) => onLook({ ...filters, ...told });
  const many = seldomSet(filters);
  return (
    <search>
      <div className="trace-filters">
        <Input.Search
          key={filters.q}
          className="trace-filter-words"
          defaultValue={filters.q}
          placeholder={t("search.words")}
          aria-label={t("search.words")}
          maxLength={100}
          allowClear
          onSearch={(q) => change({ q: q.trim() })}
        />
        <Select
          value={filters.process || null}
          placeholder={t("search.process")}
          aria-label={t("search.process")}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          onChange={(process) => onLook(withProcess(filters, process ?? ""))}
          options={processes?.map((one) => ({ value: one.key, label: say(one.title) })) ?? []}
        />
        <Select
          value={filters.status || null}
          placeholder={t("search.status")}
          aria-label={t("search.status")}
          allowClear
          onChange={(status) => change({ status: status ?? "" })}
          options={STATUSES.map((value) => ({ value, label: t(`states:status.${value}`) }))}
        />
        <PersonPicker
          {...(filters.person ? { value: filters.person } : {})}
          placeholder={t("search.person")}
          aria-label={t("search.person")}
          allowClear
          onChange={(person) => change({ person: person ?? "" })}
        />
        <Button type="text" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? t("search.fewer") : many ? t("search.moreSet", { count: many }) : t("search.more")}
        </Button>
        {isFiltered(filters) ? (
          <Button type="text" onClick={() => onLook(NO_FILTERS)}>
            {t("search.clear")}
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <Suspense>
          <MoreFilters filters={filters} systems={systemsOf(processes)} onChange={change} />
        </Suspense>
      ) : null}
    </search>
  );
}

/** The systems whose documents the processes are about. */
function systemsOf(processes: { document: string }[] | undefined): string[] {
  const systems = (processes ?? []).map((one) => one.document.split(":")[0] ?? "");
  return [...new Set(systems.filter(Boolean))].sort();
}
