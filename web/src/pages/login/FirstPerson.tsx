import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { renewSession } from "../../app/session.ts";
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
      <Form.Item
        name="password"
        label={t("password")}
        extra={t("passwordSays")}
        rules={[{ required: true, message: t("passwordNeeded") }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("again")}
        dependencies={["password"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("password")
                ? Promise.resolve()
                : Promise.reject(new Error(t("notTheSame"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <div className="front-acts">
        <Refusal error={begin.error} />
        <Button type="primary" htmlType="submit" block loading={begin.isPending}>
          {t("setup.next")}
        </Button>
      </div>
    </Form>
  );
}
