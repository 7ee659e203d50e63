import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, TreeSelect } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { organisationChanged } from "../queries.ts";
import { type Department, within } from "../tree.ts";
import { optionsOf } from "./DepartmentTree.tsx";

interface Props {
  /** The one to change; without it a new one is made, `inside` another. */
  department?: Department;
  inside?: string | undefined;
  departments: Department[];
  onClose: () => void;
}

interface Said {
  name: string;
  id?: string;
  parent?: string;
  head?: string;
}

export function DepartmentEditor({ department, inside, departments, onClose }: Props) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const done = async (words: string) => {
    await organisationChanged();
    message.success(words);
    onClose();
  };
  const save = useMutation({
    mutationFn: ({ id, ...said }: Said) => {
      const body = { name: said.name, parent: said.parent ?? null, head: said.head ?? null };
      if (!department) return told(api.POST("/api/v1/departments", { body: id ? { ...body, id } : body }));
      return told(
        api.PUT("/api/v1/departments/{department_id}", {
          params: { path: { department_id: department.id } },
          body: { ...body, stamp: department.stamp },
        }),
      );
    },
    onSuccess: ({ name }) => done(t("department.saved", { name })),
  });
  const close = useMutation({
    mutationFn: ({ id, stamp }: Department) =>
      told(
        api.DELETE("/api/v1/departments/{department_id}", {
          params: { path: { department_id: id }, query: { stamp } },
        }),
      ),
    onSuccess: () => done(t("department.closed")),
  });
  return (
    <Modal
      open
      title={t(department ? "department.edit" : "department.add")}
      onCancel={onClose}
      footer={[
        department ? (
          <Button key="close" danger loading={close.isPending} onClick={() => close.mutate(department)}>
            {t("department.close")}
          </Button>
        ) : null,
        <Button key="back" onClick={onClose}>
          {t("cancel")}
        </Button>,
        <Button key="save" type="primary" loading={save.isPending} onClick={form.submit}>
          {t("save")}
        </Button>,
      ]}
    >
      <Form<Said>
        form={form}
        layout="vertical"
        initialValues={
          department
            ? { name: department.name, parent: department.parent, head: department.head }
            : { parent: inside }
        }
        onFinish={(said) => save.mutate(said)}
      >
        <Form.Item
          name="name"
          label={t("department.name")}
          rules={[{ required: true, whitespace: true, message: t("department.nameNeeded") }]}
        >
          <Input maxLength={200} autoFocus />
        </Form.Item>
        {department ? null : (
          <Form.Item name="id" label={t("department.id")} extra={t("department.idSays")}>
            <Input maxLength={64} />
          </Form.Item>
        )}
        <Form.Item name="parent" label={t("department.parent")}>
          <TreeSelect
            allowClear
            treeDefaultExpandAll
            treeData={optionsOf(departments, department ? within(departments, department.id) : undefined)}
            placeholder={t("department.top")}
          />
        </Form.Item>
        <Form.Item name="head" label={t("department.head")}>
          <PersonPicker
            allowClear
            placeholder={t("choosePerson")}
            known={
              department?.head && department.head_name
                ? { id: department.head, name: department.head_name }
                : undefined
            }
          />
        </Form.Item>
        <Refusal error={save.error ?? close.error} />
      </Form>
    </Modal>
  );
}
