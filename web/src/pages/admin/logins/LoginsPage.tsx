import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Grid, Input, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { Dwell } from "../../../ui/Dwell.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Person } from "../../../ui/Person.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { type Login, loginsQuery, rolesQuery } from "../queries.ts";
import { LoginDrawer } from "./LoginDrawer.tsx";
import { NewLogin } from "./NewLogin.tsx";

/** Who can log in, and with which roles. */
export function LoginsPage() {
  const { t } = useTranslation("admin");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(loginsQuery);
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const logins = (data?.pages.flat() ?? []).filter((one) =>
    [one.name, one.login, one.person].some((word) => word.includes(search)),
  );
  const found = data?.pages.flat().find((one) => one.person === opened);
  return (
    <>
      <PageHead title={t("logins.title")} says={t("logins.says")}>
        {may("people") && isWide ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("logins.add")}
          </Button>
        ) : null}
        {may("people") && !isWide ? <span className="muted">{t("onComputer")}</span> : null}
      </PageHead>
      <section className="card">
        <div className="directory-filter">
          <Input
            prefix={<SearchOutlined />}
            allowClear
            aria-label={t("logins.search")}
            placeholder={t("logins.search")}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        {error ? (
          <Refusal error={error} />
        ) : data ? (
          <Logins logins={logins} onOpen={setOpened} />
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
      <LoginDrawer login={found} onClose={() => setOpened(undefined)} />
      {isAdding ? <NewLogin onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function Logins({ logins, onOpen }: { logins: Login[]; onOpen: (person: string) => void }) {
  const { t } = useTranslation("admin");
  return (
    <Table<Login>
      rowKey="person"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={logins}
      rowClassName="people-row"
      onRow={(one) => ({ onClick: () => onOpen(one.person) })}
      columns={[
        {
          title: t("logins.person"),
          render: (_, one) => (
            <Button type="link" className="people-name" onClick={() => onOpen(one.person)}>
              <Person name={one.name || one.person} />
            </Button>
          ),
        },
        { title: t("logins.login"), dataIndex: "login" },
        { title: t("logins.roles"), render: (_, one) => <RoleNames keys={one.roles} /> },
        { title: t("logins.state"), render: (_, one) => <LoginState login={one} /> },
        {
          title: t("logins.last"),
          render: (_, one) =>
            one.last_login_at ? (
              <span>
                <Dwell since={one.last_login_at} />
                {t("logins.ago")}
              </span>
            ) : (
              <span className="muted">{t("logins.never")}</span>
            ),
        },
      ]}
    />
  );
}

/** Roles as people call them. */
export function RoleNames({ keys }: { keys: string[] }) {
  const { t } = useTranslation("admin");
  const say = useLabel();
  const { data = [] } = useQuery(rolesQuery);
  if (keys.length === 0) return <span className="muted">{t("logins.noRole")}</span>;
  return (
    <span className="chips">
      {keys.map((key) => (
        <Tag key={key}>{say(data.find((one) => one.key === key)?.title) || key}</Tag>
      ))}
    </span>
  );
}

export function LoginState({ login }: { login: Login }) {
  const { t } = useTranslation("admin");
  if (login.disabled_at) return <Tag>{t("logins.disabled")}</Tag>;
  if (login.must_change_password) return <Tag color="blue">{t("logins.mustChange")}</Tag>;
  return <>{t("logins.inUse")}</>;
}
