import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, Modal, Select, TreeSelect } from "antd";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../../api/client.ts";
import { type Right, useSession } from "../../../app/session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { optionsOf } from "../../people/directory/DepartmentTree.tsx";
import { departmentsQuery } from "../../people/queries.ts";
import { type AccessRole, rightsChanged } from "../queries.ts";

type Extent = Schemas["RoleOut"]["extent"];
const EXTENTS: Extent[] = ["own", "department", "department_and_below", "departments", "all"];

interface Said {
  key: string;
  zh: string;
  en?: string;
  rights: Right[];
  extent: Extent;
  departments?: string[];
}

interface Props {
  /** The one to change; without it a new one is made. */
  role: AccessRole | undefined;
  onClose: () => void;
}

export function AccessRoleEditor({ role, onClose }: Props) {
  const { t } = useTranslation("admin");
  const { message } = App.useApp();
  const { rights } = useSession();
  const { data: departments = [] } = useQuery(departmentsQuery);
  const [form] = Form.useForm<Said>();
  const extent = Form.useWatch("extent", form);
  const save = useMutation({
    mutationFn: ({ key, zh, en, departments: chosen = [], ...said }: Said) =>
      told(
        api.PUT("/api/v1/access-roles/{key}", {
          params: { path: { key } },
          body: {
            ...said,
            title: { zh, en: en?.trim() || zh },
            departments: said.extent === "departments" ? chosen : [],
          },
        }),
      ),
    onSuccess: async () => {
      await rightsChanged();
      message.success(t("roles.saved"));
      onClose();
    },
  });
  const offered = [...new Set([...rights, ...(role?.rights ?? [])])];
  return (
    <Modal
      open
      width={640}
      title={t(role ? "roles.edit" : "roles.add")}
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
          key: role?.key,
          ...role?.title,
          rights: role?.rights ?? ["act"],
          extent: role?.extent ?? "own",
          departments: role?.departments ?? [],
        }}
        onFinish={(said) => save.mutate({ ...said, key: role?.key ?? said.key })}
      >
        <div className="two">
          <Form.Item
            name="zh"
            label={t("roles.zh")}
            rules={[{ required: true, whitespace: true, message: t("roles.zhNeeded") }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="en" label={t("roles.en")}>
            <Input maxLength={100} />
          </Form.Item>
        </div>
        {role ? null : (
          <Form.Item
            name="key"
            label={t("roles.key")}
            extra={t("roles.keySays")}
            rules={[{ required: true, pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/, message: t("roles.keyNeeded") }]}
          >
            <Input maxLength={64} />
          </Form.Item>
        )}
        <Form.Item name="rights" label={t("roles.rights")} extra={t("roles.rightsSay")}>
          <Checkbox.Group
            className="rights-choice"
            options={offered.map((one) => ({ value: one, label: t(`right.${one}`) }))}
          />
        </Form.Item>
        <Form.Item name="extent" label={t("roles.extent")} extra={t("roles.extentSays")}>
          <Select options={EXTENTS.map((one) => ({ value: one, label: t(`extent.${one}`) }))} />
        </Form.Item>
        {extent === "departments" ? (
          <Form.Item
            name="departments"
            label={t("grants.departments")}
            rules={[{ required: true, message: t("roles.departmentsNeeded") }]}
          >
            <TreeSelect multiple treeDefaultExpandAll treeData={optionsOf(departments)} />
          </Form.Item>
        ) : null}
        <Refusal error={save.error} />
      </Form>
    </Modal>
  );
}
