import { EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Grid, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { type AccessRole, rolesQuery } from "../queries.ts";
import { useReach } from "../reach.ts";
import { AccessRoleEditor } from "./AccessRoleEditor.tsx";

/** The roles that can be granted: what each lets its holders do, and how far. */
export function AccessRolesPage() {
  const { t } = useTranslation("admin");
  const say = useLabel();
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const reach = useReach();
  const { data, error } = useQuery(rolesQuery);
  const [edited, setEdited] = useState<AccessRole | "new">();
  if (error) return <Refusal error={error} />;
  if (!data) return <Loading />;
  const isEditable = may("people") && isWide;
  return (
    <>
      <PageHead title={t("roles.title")} says={t("roles.says")}>
        {isEditable ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
            {t("roles.add")}
          </Button>
        ) : null}
      </PageHead>
      <section className="card">
        <Table<AccessRole>
          rowKey="key"
          size="middle"
          pagination={false}
          dataSource={data}
          columns={[
            {
              title: t("roles.role"),
              render: (_, one) => (
                <>
                  {say(one.title)} <span className="muted">{one.key}</span>
                </>
              ),
            },
            {
              title: t("roles.rights"),
              render: (_, one) => (
                <span className="chips role-rights">
                  {one.rights.map((right) => (
                    <Tag key={right}>{t(`right.${right}`)}</Tag>
                  ))}
                </span>
              ),
            },
            { title: t("roles.extent"), render: (_, one) => reach(null, one) },
            ...(isEditable
              ? [
                  {
                    title: t("acts"),
                    render: (_: unknown, one: AccessRole) =>
                      one.fixed ? (
                        <span className="muted">{t("roles.fixed")}</span>
                      ) : (
                        <Button
                          type="text"
                          icon={<EditOutlined />}
                          aria-label={t("roles.editOf", { role: say(one.title) })}
                          onClick={() => setEdited(one)}
                        />
                      ),
                  },
                ]
              : []),
          ]}
        />
      </section>
      {edited ? (
        <AccessRoleEditor role={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </>
  );
}
