import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import { processesQuery } from "./asked.ts";
import { Choose } from "./Choose.tsx";
import { DUES, type Filters, narrows, ORDERS } from "./filters.ts";

interface Props {
  filters: Filters;
  change: (filters: Filters) => void;
  search: RefObject<HTMLInputElement | null>;
}

/** What the list is narrowed to. Plain controls of the browser: they come at once on a phone, and fit a thumb. */
export function FilterBar({ filters, change, search }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { data: processes = [] } = useQuery(processesQuery);
  const systems = [...new Set(processes.map((one) => one.document.split(":")[0] ?? ""))];
  const set = (some: Partial<Filters>) => change({ ...filters, ...some });
  return (
    <search className="filters" aria-label={t("filters.label")}>
      <Words said={filters.search} say={(words) => set({ search: words })} field={search} />
      <Choose
        label={t("filters.process")}
        all={t("filters.allProcesses")}
        value={filters.process}
        options={processes.map((one) => ({ value: one.key, label: say(one.title) }))}
        choose={(process) => set({ process })}
      />
      {systems.length > 1 || filters.system ? (
        <Choose
          label={t("filters.system")}
          all={t("filters.allSystems")}
          value={filters.system}
          options={systems.map((one) => ({ value: one, label: one }))}
          choose={(system) => set({ system })}
        />
      ) : null}
      {filters.box === "open" ? (
        <Choose
          label={t("filters.due")}
          all={t("filters.allDues")}
          value={filters.due}
          options={DUES.map((one) => ({ value: one, label: t(`dues.${one}`) }))}
          choose={(due) => set({ due })}
        />
      ) : null}
      <Choose
        label={t("filters.order")}
        value={filters.order}
        options={ORDERS.filter((one) => one !== "due" || filters.box === "open").map((one) => ({
          value: one,
          label: t(`orders.${one}`),
        }))}
        choose={(order) => set({ order: order || "newest" })}
      />
      {narrows(filters) ? (
        <button
          type="button"
          className="plain"
          onClick={() => set({ search: "", process: "", system: "", due: "" })}
        >
          {t("filters.clear")}
        </button>
      ) : null}
    </search>
  );
}

const PAUSE = 250;

/** Looks once the typing pauses. */
function Words({ said, say, field }: { said: string; say: (words: string) => void; field: Props["search"] }) {
  const { t } = useTranslation("tasks");
  const [typed, setTyped] = useState(said);
  useEffect(() => setTyped(said), [said]);
  useEffect(() => {
    if (typed === said) return;
    const pause = setTimeout(() => say(typed), PAUSE);
    return () => clearTimeout(pause);
  }, [typed, said, say]);
  return (
    <label className="field field-search">
      <SearchOutlined aria-hidden="true" />
      <span className="visually-hidden">{t("filters.search")}</span>
      <input
        ref={field}
        type="search"
        maxLength={100}
        placeholder={t("filters.searchHint")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}
