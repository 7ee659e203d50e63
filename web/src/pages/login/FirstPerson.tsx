import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { renewSession } from "../../app/session.ts";
import { NewPassword } from "../../ui/NewPassword.tsx";
import { Refusal } from "../../ui/Refusal.tsx";

interface Said {
  code: string;
  id: string;
  name: string;
  login: string;
  password: string;
  again: string;
}

/** The first administrator, let in by the code that the operator of the machine printed. */
export function FirstPerson({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("login");
  const begin = useMutation({
    mutationFn: ({ code, id, name, login, password }: Said) =>
      told(api.POST("/api/v1/setup", { body: { code: code.trim(), person: { id, name }, login, password } })),
    onSuccess: async () => {
      await renewSession();
      onDone();
    },
  });
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Form<Said> layout="vertical" requiredMark={false} onFinish={(said) => begin.mutate(said)}>
      <Form.Item
        name="code"
        label={t("setup.code")}
        extra={t("setup.codeSays")}
        rules={needed(t("setup.codeNeeded"))}
      >
        <Input autoComplete="off" autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="name" label={t("setup.name")} rules={needed(t("setup.nameNeeded"))}>
        <Input autoComplete="name" maxLength={100} />
      </Form.Item>
      <Form.Item
        name="id"
        label={t("setup.id")}
        extra={t("setup.idSays")}
        rules={needed(t("setup.idNeeded"))}
      >
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <Form.Item name="login" label={t("login")} rules={needed(t("loginNeeded"))}>
        <Input autoComplete="username" maxLength={100} />
      </Form.Item>
      <NewPassword
        label={t("password")}
        says={t("passwordSays")}
        needed={t("passwordNeeded")}
        again={t("again")}
        differ={t("notTheSame")}
      />
      <div className="front-acts">
        <Refusal error={begin.error} />
        <Button type="primary" htmlType="submit" block loading={begin.isPending}>
          {t("setup.next")}
        </Button>
      </div>
    </Form>
  );
}
