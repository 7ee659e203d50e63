import { useMutation, useQuery } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { rightsChanged, rolesQuery } from "../queries.ts";
import { ShownOnce } from "../ShownOnce.tsx";

interface Said {
  person: string;
  login?: string;
  roles: string[];
}

/** A login for somebody; its one-time password is shown this once. */
export function NewLogin({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("admin");
  const say = useLabel();
  const { data: roles = [] } = useQuery(rolesQuery);
  const [form] = Form.useForm<Said>();
  const make = useMutation({
    mutationFn: ({ login, ...said }: Said) =>
      told(
        api.POST("/api/v1/logins", {
          body: { ...said, reason: "", ...(login?.trim() ? { login: login.trim() } : {}) },
        }),
      ),
    onSuccess: rightsChanged,
  });
  if (make.data) {
    const { login, password } = make.data;
    return (
      <ShownOnce
        title={t("logins.made", { name: login.name })}
        says={t("logins.madeSays", { login: login.login })}
        secret={password}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      open
      title={t("logins.add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("logins.make")}
      cancelText={t("cancel")}
      confirmLoading={make.isPending}
    >
      <Form<Said>
        form={form}
        layout="vertical"
        initialValues={{ roles: ["member"] }}
        onFinish={(said) => make.mutate(said)}
      >
        <Form.Item
          name="person"
          label={t("logins.person")}
          rules={[{ required: true, message: t("choosePerson") }]}
        >
          <PersonPicker placeholder={t("choosePerson")} />
        </Form.Item>
        <Form.Item name="login" label={t("logins.login")} extra={t("logins.loginSays")}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item name="roles" label={t("logins.roles")} extra={t("logins.rolesSay")}>
          <Select
            mode="multiple"
            options={roles.map((one) => ({ value: one.key, label: say(one.title) }))}
            showSearch={{ optionFilterProp: "label" }}
          />
        </Form.Item>
        <Refusal error={make.error} />
      </Form>
    </Modal>
  );
}
