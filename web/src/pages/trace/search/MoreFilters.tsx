import { useQuery } from "@tanstack/react-query";
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { NodePicker } from "../acts/NodePicker.tsx";
import { releaseNumber } from "../addresses.ts";
import { definitionQuery, releasesQuery } from "../asked.ts";
import type { Filters } from "./filters.ts";

interface Props {
  filters: Filters;
  systems: string[];
  onChange: (told: Partial<Filters>) => void;
}

/** Filters that are wanted less often. A step and a release are those of the process that was chosen. */
export default function MoreFilters({ filters, systems, onChange }: Props) {
  const { t } = useTranslation("trace");
  const { process } = filters;
  const { data: departments } = useQuery({
    queryKey: ["departments"],
    queryFn: () => told(api.GET("/api/v1/departments")),
    staleTime: 60_000,
  });
  const { data: definition } = useQuery({ ...definitionQuery(process), enabled: process !== "" });
  const { data: releases } = useQuery({ ...releasesQuery(process), enabled: process !== "" });
  return (
    <div className="trace-filters">
      <Select
        value={filters.department || null}
        placeholder={t("search.department")}
        aria-label={t("search.department")}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        onChange={(department) => onChange({ department: department ?? "" })}
        options={departments?.map((one) => ({ value: one.id, label: one.name })) ?? []}
      />
      <Select
        value={filters.system || null}
        placeholder={t("search.system")}
        aria-label={t("search.system")}
        allowClear
        onChange={(system) => onChange({ system: system ?? "" })}
        options={systems.map((value) => ({ value, label: value }))}
      />
      <DatePicker.RangePicker
        className="trace-filter-days"
        value={[dayOf(filters.since), dayOf(filters.until)]}
        placeholder={[t("search.since"), t("search.until")]}
        aria-label={t("search.period")}
        allowEmpty
        onChange={(days) =>
          onChange({
            since: days?.[0]?.format("YYYY-MM-DD") ?? "",
            until: days?.[1]?.format("YYYY-MM-DD") ?? "",
          })
        }
      />
      {process ? (
        <>
          <NodePicker
            process={definition?.process}
            value={filters.node || null}
            placeholder={t("search.node")}
            aria-label={t("search.node")}
            allowClear
            onChange={(node) => onChange({ node: node ?? "" })}
          />
          <Select
            value={filters.release || null}
            placeholder={t("search.release")}
            aria-label={t("search.release")}
            allowClear
            onChange={(release) => onChange({ release: release ?? "" })}
            options={
              releases?.map(({ release }) => ({
                value: release,
                label: t("acts.move.release", { number: releaseNumber(release) }),
              })) ?? []
            }
          />
        </>
      ) : (
        <span className="muted trace-filter-note">{t("search.ofProcess")}</span>
      )}
    </div>
  );
}

function dayOf(day: string) {
  return day ? dayjs(day) : null;
}
