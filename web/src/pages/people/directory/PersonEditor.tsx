import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select, Switch, TreeSelect } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { departmentsQuery, organisationChanged, type PersonShown } from "../queries.ts";
import { optionsOf } from "./DepartmentTree.tsx";
import { type Fields, fieldsOf, PLATFORMS, personOf } from "./fields.ts";
import { SkillRows } from "./SkillRows.tsx";

interface Props {
  /** Whom to change; without anybody somebody new is made, in `department`. */
  shown?: PersonShown;
  department?: string | undefined;
  onDone: (person?: string) => void;
}

export function PersonEditor({ shown, department, onDone }: Props) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const { data: departments = [] } = useQuery(departmentsQuery);
  const whole = shown?.whole ?? undefined;
  const save = useMutation({
    mutationFn: (fields: Fields) => {
      const person = personOf(fields, whole?.person);
      if (!whole) return told(api.POST("/api/v1/people", { body: { person } }));
      return told(
        api.PUT("/api/v1/people/{person_id}", {
          params: { path: { person_id: whole.person.id } },
          body: { person, stamp: whole.stamp },
        }),
      );
    },
    onSuccess: async (saved) => {
      await organisationChanged();
      message.success(t("person.saved", { name: saved.name }));
      onDone(saved.id);
    },
  });
  const superior = whole?.person.superior;
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={fieldsOf(whole?.person, department)}
      onFinish={(fields) => save.mutate(fields)}
    >
      <div className="two">
        <Form.Item
          name="id"
          label={t("person.id")}
          rules={[{ required: true, whitespace: true, message: t("person.idNeeded") }]}
        >
          <Input maxLength={64} disabled={whole !== undefined} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t("person.name")}
          rules={[{ required: true, whitespace: true, message: t("person.nameNeeded") }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="department" label={t("person.department")}>
          <TreeSelect
            allowClear
            treeDefaultExpandAll
            treeData={optionsOf(departments)}
            placeholder={t("choose")}
          />
        </Form.Item>
        <Form.Item name="position" label={t("person.position")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="superior" label={t("person.superior")}>
          <PersonPicker
            allowClear
            placeholder={t("choosePerson")}
            known={superior ? { id: superior, name: whole?.superior_name ?? superior } : undefined}
          />
        </Form.Item>
        <Form.Item
          name="active"
          label={t("person.active")}
          valuePropName="checked"
          extra={t("person.activeSays")}
        >
          <Switch checkedChildren={t("here")} unCheckedChildren={t("left")} />
        </Form.Item>
        <Form.Item name="phone" label={t("person.phone")}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="email" label={t("person.email")}>
          <Input type="email" maxLength={200} />
        </Form.Item>
      </div>
      <SkillRows />
      <Form.Item name="regions" label={t("person.regions")} extra={t("person.regionsSay")}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={["、", ",", "，", ";"]} />
      </Form.Item>
      <div className="two">
        <Form.Item name="max_open_tasks" label={t("person.maxTasks")}>
          <InputNumber min={0} precision={0} placeholder={t("person.noLimit")} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="max_open_hours" label={t("person.maxHours")}>
          <InputNumber min={0} placeholder={t("person.noLimit")} style={{ width: "100%" }} />
        </Form.Item>
        {PLATFORMS.map((platform) => (
          <Form.Item
            key={platform}
            name={["accounts", platform]}
            label={t("person.account", { platform: t(`platform.${platform}`) })}
          >
            <Input maxLength={200} />
          </Form.Item>
        ))}
      </div>
      <div className="stack">
        <Refusal error={save.error} />
        <div className="drawer-acts">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("save")}
          </Button>
          <Button onClick={() => onDone(whole?.person.id)}>{t("cancel")}</Button>
        </div>
      </div>
    </Form>
  );
}
