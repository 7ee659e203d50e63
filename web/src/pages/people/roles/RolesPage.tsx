import { DeleteOutlined, EditOutlined, PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Grid, Input, Popconfirm, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Person } from "../../../ui/Person.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { type Holder, holdersQuery, organisationChanged } from "../queries.ts";
import { HolderEditor } from "./HolderEditor.tsx";
import { ScopeWords } from "./RoleTag.tsx";

/** Which duties there are and who has them; rules and flows name these, never people. */
export function RolesPage() {
  const { t } = useTranslation("people");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const { data, error } = useQuery(holdersQuery);
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Holder | "new">();
  if (error) return <Refusal error={error} />;
  if (!data) return <Loading />;
  const wanted = data.filter((one) =>
    [one.role, one.person_name, one.person, one.title?.zh, one.title?.en].some((word) =>
      word?.includes(search),
    ),
  );
  return (
    <>
      <PageHead title={t("roles.title")} says={t("roles.says")}>
        {may("people") && isWide ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
            {t("roles.add")}
          </Button>
        ) : null}
      </PageHead>
      <section className="card">
        <div className="directory-filter">
          <Input
            prefix={<SearchOutlined />}
            allowClear
            aria-label={t("roles.search")}
            placeholder={t("roles.search")}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        {wanted.length === 0 ? (
          <Empty title={t("roles.none")} says={t("roles.noneSays")} />
        ) : (
          <Holders holders={wanted} isWide={isWide ?? true} onEdit={setEdited} />
        )}
      </section>
      {edited ? (
        <HolderEditor
          holder={edited === "new" ? undefined : edited}
          holders={data}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </>
  );
}

interface HoldersProps {
  holders: Holder[];
  isWide: boolean;
  onEdit: (holder: Holder) => void;
}

function Holders({ holders, isWide, onEdit }: HoldersProps) {
  const { t } = useTranslation("people");
  const say = useLabel();
  const may = useMay();
  return (
    <Table<Holder>
      rowKey="id"
      size="middle"
      pagination={holders.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      dataSource={holders}
      columns={[
        {
          title: t("roles.role"),
          render: (_, one) => (
            <>
              {say(one.title) || one.role}
              {one.title ? <div className="muted">{one.role}</div> : null}
            </>
          ),
        },
        {
          title: t("roles.person"),
          render: (_, one) => (
            <>
              <Link to={`/people?person=${encodeURIComponent(one.person)}&state=all`}>
                <Person name={one.person_name} />
              </Link>
              {one.active ? null : <Tag>{t("left")}</Tag>}
            </>
          ),
        },
        { title: t("roles.scope"), render: (_, one) => <ScopeWords scope={one.scope} /> },
        ...(may("people") && isWide
          ? [
              {
                title: t("acts"),
                width: 112,
                render: (_: unknown, one: Holder) => <Acts holder={one} onEdit={() => onEdit(one)} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Acts({ holder, onEdit }: { holder: Holder; onEdit: () => void }) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const say = useLabel();
  const name = say(holder.title) || holder.role;
  const remove = useMutation({
    mutationFn: () =>
      told(api.DELETE("/api/v1/role-holders/{holder}", { params: { path: { holder: holder.id } } })),
    onSuccess: async () => {
      await organisationChanged();
      message.success(t("roles.removed", { person: holder.person_name, role: name }));
    },
    onError: (error) => message.error(String(error.message)),
  });
  return (
    <>
      <Button
        type="text"
        icon={<EditOutlined />}
        aria-label={t("roles.editOf", { person: holder.person_name, role: name })}
        onClick={onEdit}
      />
      <Popconfirm
        title={t("roles.removeAsk", { person: holder.person_name, role: name })}
        description={t("roles.removeSays")}
        okText={t("roles.remove")}
        cancelText={t("cancel")}
        onConfirm={() => remove.mutate()}
      >
        <Button
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t("roles.removeOf", { person: holder.person_name, role: name })}
        />
      </Popconfirm>
    </>
  );
}
