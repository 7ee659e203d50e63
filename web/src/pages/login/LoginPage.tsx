import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { api, told } from "../../api/client.ts";
import { renewSession } from "../../app/session.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { Front } from "./Front.tsx";
import { wayOn } from "./way.ts";

interface Said {
  login: string;
  password: string;
}

export default function LoginPage() {
  const { t } = useTranslation("login");
  const go = useNavigate();
  const [place] = useSearchParams();
  const { data: setup } = useQuery({
    queryKey: ["setup"],
    queryFn: () => told(api.GET("/api/v1/setup")),
  });
  const enter = useMutation({
    mutationFn: (body: Said) => told(api.POST("/api/v1/session", { body })),
    onSuccess: async (session) => {
      await renewSession();
      await go(session.must_change_password ? "/me/password" : wayOn(place.get("to")), { replace: true });
    },
  });
  if (setup?.needed) return <Navigate to="/setup" replace />;
  return (
    <Front title={t("title")} says={t("says")}>
      <Form<Said> layout="vertical" requiredMark={false} onFinish={(said) => enter.mutate(said)}>
        <Form.Item name="login" label={t("login")} rules={[{ required: true, message: t("loginNeeded") }]}>
          <Input autoComplete="username" autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("password")}
          rules={[{ required: true, message: t("passwordNeeded") }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <div className="front-acts">
          <Refusal error={enter.error} />
          <Button type="primary" htmlType="submit" block loading={enter.isPending}>
            {t("enter")}
          </Button>
          <p className="muted">{t("forgotten")}</p>
        </div>
      </Form>
    </Front>
  );
}
