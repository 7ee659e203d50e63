import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import { renewSession, useSession } from "../../app/session.ts";
import { NewPassword } from "../../ui/NewPassword.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";

interface Said {
  old: string;
  password: string;
  again: string;
}

/** A new password; every other browser of the person is logged out by it. */
export function PasswordPage() {
  const { t } = useTranslation("me");
  const { message } = App.useApp();
  const go = useNavigate();
  const { must_change_password } = useSession();
  const [form] = Form.useForm<Said>();
  const change = useMutation({
    mutationFn: ({ old, password }: Said) =>
      told(api.PUT("/api/v1/session/password", { body: { old, new: password } })),
    onSuccess: async () => {
      await renewSession();
      message.success(t("password.changed"));
      form.resetFields();
      await go("/");
    },
  });
  return (
    <>
      <PageHead title={t("password.title")} says={t("password.says")} />
      <section className="card pad narrow">
        <Form<Said>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(said) => change.mutate(said)}
        >
          {must_change_password ? (
            <Form.Item>
              <Alert type="info" showIcon title={t("password.mustChange")} />
            </Form.Item>
          ) : null}
          <Form.Item
            name="old"
            label={t("password.old")}
            rules={[{ required: true, message: t("password.oldNeeded") }]}
          >
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <NewPassword
            label={t("password.new")}
            says={t("password.rule")}
            needed={t("password.newNeeded")}
            again={t("password.again")}
            differ={t("password.notTheSame")}
          />
          <div className="stack">
            <Refusal error={change.error} />
            <div>
              <Button type="primary" htmlType="submit" loading={change.isPending}>
                {t("password.go")}
              </Button>
            </div>
          </div>
        </Form>
      </section>
    </>
  );
}
