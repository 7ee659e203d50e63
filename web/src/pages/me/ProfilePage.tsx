import { LogoutOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import { queries } from "../../app/queries.ts";
import { Switches } from "../../app/Switches.tsx";
import { useSession } from "../../app/session.ts";
import { Loading } from "../../ui/Loading.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { Facts } from "../people/Facts.tsx";
import { personQuery } from "../people/queries.ts";
import { RoleTag } from "../people/roles/RoleTag.tsx";

/** Who one is here, what one may do, and the way out. */
export function ProfilePage() {
  const { t } = useTranslation("me");
  const go = useNavigate();
  const { person, login, rights } = useSession();
  const { data, error } = useQuery(personQuery(person.id));
  const leave = useMutation({
    mutationFn: () => told(api.DELETE("/api/v1/session")),
    onSuccess: async () => {
      queries.clear();
      await go("/login", { replace: true });
    },
  });
  return (
    <>
      <PageHead title={person.name} says={person.position}>
        <Button icon={<LogoutOutlined />} loading={leave.isPending} onClick={() => leave.mutate()}>
          {t("leave")}
        </Button>
      </PageHead>
      <div className="stack">
        <Refusal error={error ?? leave.error} />
        <section className="card pad stack">
          {data ? (
            <Facts
              of={[
                [t("login"), login],
                [t("id"), person.id],
                [t("department"), data.path.map((one) => one.name).join(" / ")],
                [t("superior"), data.whole?.superior_name],
                [
                  t("roles"),
                  data.whole?.roles.length ? (
                    <span key="roles" className="chips">
                      {data.whole.roles.map((one) => (
                        <RoleTag key={one.id} holder={one} />
                      ))}
                    </span>
                  ) : null,
                ],
                [
                  t("rights"),
                  <span key="rights" className="chips">
                    {rights.map((one) => (
                      <Tag key={one}>{t(`right.${one}`)}</Tag>
                    ))}
                  </span>,
                ],
              ]}
            />
          ) : (
            <Loading />
          )}
          <p className="muted">
            {t("wrong")} <Link to="/people">{t("directory")}</Link>
          </p>
        </section>
        <section className="card pad me-switches" aria-label={t("appearance")}>
          <h2>{t("appearance")}</h2>
          <Switches />
        </section>
      </div>
    </>
  );
}
