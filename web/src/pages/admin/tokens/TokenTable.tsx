import { useMutation } from "@tanstack/react-query";
import { App, Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { Dwell, When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { rightsChanged, type Token } from "../queries.ts";

interface Props {
  tokens: Token[];
  /** Whether it is said whose each is. */
  isEverybodys?: boolean;
}

/** Tokens, what each may do, and the way to make one worthless. */
export function TokenTable({ tokens, isEverybodys = false }: Props) {
  const { t } = useTranslation("admin");
  return (
    <Table<Token>
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={tokens}
      locale={{ emptyText: <Empty title={t("tokens.none")} says={t("tokens.noneSays")} /> }}
      columns={[
        { title: t("tokens.name"), dataIndex: "name" },
        ...(isEverybodys
          ? [
              {
                title: t("tokens.person"),
                render: (_: unknown, one: Token) => one.person ?? t("tokens.system"),
              },
            ]
          : []),
        {
          title: t("tokens.scopes"),
          render: (_, one) => (
            <span className="chips role-rights">
              {one.scopes.map((scope) => (
                <Tag key={scope}>{t(`right.${scope}`)}</Tag>
              ))}
            </span>
          ),
        },
        { title: t("tokens.state"), render: (_, one) => <State token={one} /> },
        {
          title: t("tokens.used"),
          render: (_, one) =>
            one.last_used_at ? (
              <span>
                <Dwell since={one.last_used_at} />
                {t("logins.ago")}
              </span>
            ) : (
              <span className="muted">{t("tokens.never")}</span>
            ),
        },
        { title: t("acts"), render: (_, one) => (one.revoked_at ? null : <Revoke token={one} />) },
      ]}
    />
  );
}

function State({ token }: { token: Token }) {
  const { t } = useTranslation("admin");
  if (token.revoked_at) return <Tag>{t("tokens.revoked")}</Tag>;
  if (!token.expires_at) return t("tokens.forever");
  return (
    <>
      {t("tokens.until")} <When at={token.expires_at} format="YYYY-MM-DD" />
    </>
  );
}

function Revoke({ token }: { token: Token }) {
  const { t } = useTranslation("admin");
  const { message, modal } = App.useApp();
  const revoke = useMutation({
    mutationFn: () =>
      told(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: token.id } } })),
    onSuccess: async () => {
      await rightsChanged();
      message.success(t("tokens.revokedNow", { name: token.name }));
    },
    onError: (error) => message.error(error.message),
  });
  const ask = () =>
    modal.confirm({
      title: t("tokens.revokeAsk", { name: token.name }),
      content: t("tokens.revokeSays"),
      okText: t("tokens.revoke"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => revoke.mutate(),
    });
  return (
    <Button
      danger
      loading={revoke.isPending}
      aria-label={t("tokens.revokeOf", { name: token.name })}
      onClick={ask}
    >
      {t("tokens.revoke")}
    </Button>
  );
}
