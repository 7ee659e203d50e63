import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Grid, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, told } from "../../../api/client.ts";
import { useMay } from "../../../app/session.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Person } from "../../../ui/Person.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { Facts } from "../../people/Facts.tsx";
import { type Login, rightsChanged } from "../queries.ts";
import { ShownOnce } from "../ShownOnce.tsx";
import { Grants } from "./Grants.tsx";
import { LoginState } from "./LoginsPage.tsx";

/** One login: what it may do, a new password for it, or its end. */
export function LoginDrawer({ login, onClose }: { login: Login | undefined; onClose: () => void }) {
  const { t } = useTranslation("admin");
  return (
    <Drawer open={login !== undefined} onClose={onClose} size={560} title={t("logins.one")} destroyOnHidden>
      {login ? <Shown key={login.person} login={login} /> : null}
    </Drawer>
  );
}

function Shown({ login }: { login: Login }) {
  const { t } = useTranslation("admin");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  return (
    <>
      <div className="section">
        <Link to={`/people?person=${encodeURIComponent(login.person)}&state=all`}>
          <Person name={login.name || login.person} />
        </Link>
        <Facts
          of={[
            [t("logins.login"), login.login],
            [t("logins.state"), <LoginState key="state" login={login} />],
            [t("logins.created"), <When key="created" at={login.created_at} />],
            [t("logins.last"), login.last_login_at ? <When key="last" at={login.last_login_at} /> : null],
          ]}
        />
        {may("people") && isWide ? <Acts login={login} /> : null}
      </div>
      <section className="section">
        <h2>{t("logins.roles")}</h2>
        <Grants person={login.person} name={login.name} />
      </section>
    </>
  );
}

function Acts({ login }: { login: Login }) {
  const { t } = useTranslation("admin");
  const { message } = App.useApp();
  const [password, setPassword] = useState<string>();
  const reset = useMutation({
    mutationFn: () =>
      told(api.POST("/api/v1/logins", { body: { person: login.person, roles: [], reason: "" } })),
    onSuccess: async (made) => {
      setPassword(made.password);
      await rightsChanged();
    },
  });
  const disable = useMutation({
    mutationFn: () =>
      told(
        api.DELETE("/api/v1/logins/{person_id}", {
          params: { path: { person_id: login.person }, query: { reason: "" } },
        }),
      ),
    onSuccess: async () => {
      await rightsChanged();
      message.success(t("logins.disabledNow", { name: login.name }));
    },
  });
  return (
    <>
      <Refusal error={reset.error ?? disable.error} />
      <div className="drawer-acts">
        <Popconfirm
          title={t("logins.resetAsk", { name: login.name })}
          description={t("logins.resetSays")}
          okText={t("logins.reset")}
          cancelText={t("cancel")}
          onConfirm={() => reset.mutate()}
        >
          <Button loading={reset.isPending}>{t(login.disabled_at ? "logins.enable" : "logins.reset")}</Button>
        </Popconfirm>
        {login.disabled_at ? null : (
          <Popconfirm
            title={t("logins.disableAsk", { name: login.name })}
            description={t("logins.disableSays")}
            okText={t("logins.disable")}
            cancelText={t("cancel")}
            onConfirm={() => disable.mutate()}
          >
            <Button danger loading={disable.isPending}>
              {t("logins.disable")}
            </Button>
          </Popconfirm>
        )}
      </div>
      {password ? (
        <ShownOnce
          title={t("logins.made", { name: login.name })}
          says={t("logins.madeSays", { login: login.login })}
          secret={password}
          onClose={() => setPassword(undefined)}
        />
      ) : null}
    </>
  );
}
