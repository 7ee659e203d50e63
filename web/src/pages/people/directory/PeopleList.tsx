import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Grid, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { Person } from "../../../ui/Person.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { peopleQuery, type Someone, type Wanted } from "../queries.ts";

interface Props {
  wanted: Wanted;
  onOpen: (person: string) => void;
}

/** Those who were found: a table, on phones a list. */
export function PeopleList({ wanted, onOpen }: Props) {
  const { t } = useTranslation("people");
  const isWide = Grid.useBreakpoint().lg;
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    peopleQuery(wanted),
  );
  if (error) return <Refusal error={error} />;
  if (isPending) return <Loading />;
  const people = data.pages.flat();
  if (people.length === 0) {
    const isSearched = wanted.search !== "";
    return (
      <Empty
        title={t(isSearched ? "directory.nobodyFound" : "directory.nobody")}
        says={t(isSearched ? "directory.nobodyFoundSays" : "directory.nobodySays")}
      />
    );
  }
  return (
    <>
      {isWide ? (
        <Wide people={people} onOpen={onOpen} />
      ) : (
        people.map((one) => (
          <button key={one.id} type="button" className="someone" onClick={() => onOpen(one.id)}>
            <Person name={one.name} says={one.position} />
            {one.active ? null : <Tag>{t("left")}</Tag>}
          </button>
        ))
      )}
      {hasNextPage ? (
        <div className="people-more">
          <Button loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Wide({ people, onOpen }: { people: Someone[]; onOpen: (person: string) => void }) {
  const { t } = useTranslation("people");
  return (
    <Table<Someone>
      rowKey="id"
      size="middle"
      pagination={false}
      dataSource={people}
      rowClassName="people-row"
      onRow={(one) => ({ onClick: () => onOpen(one.id) })}
      columns={[
        {
          title: t("person.name"),
          render: (_, one) => (
            <Button type="link" className="people-name" onClick={() => onOpen(one.id)}>
              <Person name={one.name} />
            </Button>
          ),
        },
        {
          title: t("person.id"),
          dataIndex: "id",
          render: (id: string) => <span className="muted">{id}</span>,
        },
        { title: t("person.position"), dataIndex: "position" },
        { title: t("person.department"), dataIndex: "department_name" },
        {
          title: t("person.state"),
          width: 96,
          render: (_, one) => (one.active ? t("here") : <Tag>{t("left")}</Tag>),
        },
      ]}
    />
  );
}
