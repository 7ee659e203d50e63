import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, AutoComplete, Button, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { type Holder, organisationChanged } from "../queries.ts";

interface Props {
  /** What to change; without it somebody gets a role. */
  holder: Holder | undefined;
  holders: Holder[];
  onClose: () => void;
}

interface Said {
  role: string;
  person: string;
  scope: { key: string; value: string }[];
  zh?: string;
  en?: string;
}

export function HolderEditor({ holder, holders, onClose }: Props) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const save = useMutation({
    mutationFn: ({ role, person, scope, zh = "", en = "" }: Said) => {
      const title =
        zh.trim() || en.trim() ? { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() } : null;
      const where = Object.fromEntries(scope.map(({ key, value }) => [key.trim(), value.trim()]));
      const body = { role: role.trim(), person, scope: where, title };
      if (!holder) return told(api.POST("/api/v1/role-holders", { body }));
      return told(
        api.PUT("/api/v1/role-holders/{holder}", { params: { path: { holder: holder.id } }, body }),
      );
    },
    onSuccess: async (saved) => {
      await organisationChanged();
      message.success(t("roles.saved", { person: saved.person_name }));
      onClose();
    },
  });
  const known = [...new Set(holders.map((one) => one.role))];
  const takeTitle = (role: string) => {
    const same = holders.find((one) => one.role === role)?.title;
    if (same && !form.getFieldValue("zh")) form.setFieldsValue(same);
  };
  return (
    <Modal
      open
      title={t(holder ? "roles.edit" : "roles.add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={save.isPending}
    >
      <Form<Said>
        form={form}
        layout="vertical"
        initialValues={{
          role: holder?.role,
          person: holder?.person,
          scope: Object.entries(holder?.scope ?? {}).map(([key, value]) => ({ key, value })),
          ...holder?.title,
        }}
        onFinish={(said) => save.mutate(said)}
      >
        <Form.Item
          name="role"
          label={t("roles.role")}
          extra={t("roles.roleSays")}
          rules={[{ required: true, whitespace: true, message: t("roles.roleNeeded") }]}
        >
          <AutoComplete
            options={known.map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, one) => one?.value.includes(typed) ?? false }}
            onSelect={takeTitle}
          />
        </Form.Item>
        <Form.Item
          name="person"
          label={t("roles.person")}
          rules={[{ required: true, message: t("choosePerson") }]}
        >
          <PersonPicker
            placeholder={t("choosePerson")}
            known={holder ? { id: holder.person, name: holder.person_name } : undefined}
          />
        </Form.Item>
        <Scope />
        <div className="two">
          <Form.Item name="zh" label={t("roles.zh")}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="en" label={t("roles.en")}>
            <Input maxLength={100} />
          </Form.Item>
        </div>
        <Refusal error={save.error} />
      </Form>
    </Modal>
  );
}

function Scope() {
  const { t } = useTranslation("people");
  const needed = [{ required: true, whitespace: true, message: t("roles.scopeNeeded") }];
  return (
    <Form.Item label={t("roles.scope")} extra={t("roles.scopeSays")}>
      <Form.List name="scope">
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <div key={row.key} className="scope-row">
                <Form.Item name={[row.name, "key"]} noStyle rules={needed}>
                  <Input aria-label={t("roles.scopeKey")} placeholder="category" maxLength={200} />
                </Form.Item>
                <Form.Item name={[row.name, "value"]} noStyle rules={needed}>
                  <Input aria-label={t("roles.scopeValue")} placeholder="steel" maxLength={200} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("remove")}
                  onClick={() => remove(row.name)}
                />
              </div>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({})}>
                {t("roles.addScope")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
