import { SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, DatePicker, Input, Select, Table } from "antd";
import type { Dayjs } from "dayjs";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { type Act, auditQuery, type Filter } from "../queries.ts";
import { Difference } from "./Difference.tsx";
import { SUBJECTS, useActWords } from "./words.ts";

/** What administrators did: when, who, on what, why, and what was before and after. */
export function AuditPage() {
  const { t } = useTranslation("admin");
  const [filter, setFilter] = useState<Filter>({});
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(useDeferredValue(filter)),
  );
  return (
    <>
      <PageHead title={t("audit.title")} says={t("audit.says")} />
      <section className="card">
        <Filters filter={filter} onChange={setFilter} />
        {error ? (
          <Refusal error={error} />
        ) : data ? (
          <Acts acts={data.pages.flat()} isFiltered={Object.keys(filter).length > 0} />
        ) : (
          <Loading />
        )}
        {hasNextPage ? (
          <div className="people-more">
            <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
              {t("more")}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation("admin");
  const turn = (said: { [key in keyof Filter]: Filter[key] | undefined }) => {
    const next = Object.entries({ ...filter, ...said }).filter(([, value]) => value);
    onChange(Object.fromEntries(next));
  };
  const period = (days: [Dayjs | null, Dayjs | null] | null) =>
    turn({
      since: days?.[0]?.startOf("day").toISOString(),
      until: days?.[1]?.add(1, "day").startOf("day").toISOString(),
    });
  return (
    <div className="directory-filter audit-filter">
      <PersonPicker
        aria-label={t("audit.who")}
        placeholder={t("audit.who")}
        allowClear
        onChange={(person?: string) => turn({ person })}
      />
      <Select
        aria-label={t("audit.act")}
        placeholder={t("audit.act")}
        allowClear
        onChange={(act?: string) => turn({ act })}
        options={SUBJECTS.map((one) => ({ value: `${one}.`, label: t(`audit.subject.${one}`) }))}
      />
      <Input
        prefix={<SearchOutlined />}
        allowClear
        aria-label={t("audit.object")}
        placeholder={t("audit.objectLike")}
        onChange={(event) => turn({ object: event.target.value.trim() })}
      />
      <DatePicker.RangePicker
        aria-label={t("audit.when")}
        placeholder={[t("audit.since"), t("audit.until")]}
        onChange={period}
      />
    </div>
  );
}

function Acts({ acts, isFiltered }: { acts: Act[]; isFiltered: boolean }) {
  const { t } = useTranslation("admin");
  const words = useActWords();
  return (
    <Table<Act>
      rowKey="number"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={acts}
      locale={{
        emptyText: (
          <Empty
            title={t(isFiltered ? "audit.nothingFound" : "audit.nothing")}
            says={t(isFiltered ? "audit.nothingFoundSays" : "audit.nothingSays")}
          />
        ),
      }}
      expandable={{
        expandedRowRender: (one) => <Difference act={one} />,
        rowExpandable: (one) => one.before !== null || one.after !== null,
        expandRowByClick: true,
      }}
      columns={[
        { title: t("audit.when"), render: (_, one) => <When at={one.at} format="YYYY-MM-DD HH:mm:ss" /> },
        { title: t("audit.who"), dataIndex: "name" },
        { title: t("audit.act"), render: (_, one) => words(one.act) },
        { title: t("audit.object"), dataIndex: "object" },
        { title: t("audit.reason"), dataIndex: "reason" },
        { title: t("audit.address"), render: (_, one) => <span className="muted">{one.address}</span> },
      ]}
    />
  );
}
