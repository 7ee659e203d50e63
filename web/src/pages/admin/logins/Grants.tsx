import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Form, Grid, Popconfirm, Select, TreeSelect } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { optionsOf } from "../../people/directory/DepartmentTree.tsx";
import { departmentsQuery } from "../../people/queries.ts";
import { type Grant, grantsQuery, rightsChanged, rolesQuery } from "../queries.ts";
import { useReach } from "../reach.ts";

interface Props {
  person: string;
  name: string;
}

/** The roles that somebody holds, how far each reaches, and the way to give another. */
export function Grants({ person, name }: Props) {
  const { t } = useTranslation("admin");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const { data, error } = useQuery(grantsQuery(person));
  if (error) return <Refusal error={error} />;
  if (!data) return <Loading />;
  return (
    <div className="stack">
      {data.length ? (
        <ul className="grants">
          {data.map((one) => (
            <Held key={one.id} grant={one} name={name} />
          ))}
        </ul>
      ) : (
        <span className="muted">{t("logins.noRole")}</span>
      )}
      {may("people") && isWide ? <Give person={person} held={data.map((one) => one.role)} /> : null}
    </div>
  );
}

function Held({ grant, name }: { grant: Grant; name: string }) {
  const { t } = useTranslation("admin");
  const { message } = App.useApp();
  const say = useLabel();
  const may = useMay();
  const reach = useReach();
  const { data: roles = [] } = useQuery(rolesQuery);
  const role = roles.find((one) => one.key === grant.role);
  const title = say(role?.title) || grant.role;
  const take = useMutation({
    mutationFn: () =>
      told(
        api.DELETE("/api/v1/grants/{grant_id}", {
          params: { path: { grant_id: grant.id }, query: { reason: "" } },
        }),
      ),
    onSuccess: rightsChanged,
    onError: (error) => message.error(error.message),
  });
  return (
    <li>
      <div>
        <strong>{title}</strong>
        <div className="muted">{reach(grant.departments, role)}</div>
      </div>
      {may("people") ? (
        <Popconfirm
          title={t("grants.takeAsk", { role: title, name })}
          okText={t("grants.take")}
          cancelText={t("cancel")}
          onConfirm={() => take.mutate()}
        >
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t("grants.takeOf", { role: title, name })}
          />
        </Popconfirm>
      ) : null}
    </li>
  );
}

interface Said {
  role: string;
  departments?: string[];
}

function Give({ person, held }: { person: string; held: string[] }) {
  const { t } = useTranslation("admin");
  const say = useLabel();
  const [form] = Form.useForm<Said>();
  const { data: roles = [] } = useQuery(rolesQuery);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const give = useMutation({
    mutationFn: ({ role, departments: chosen = [] }: Said) =>
      told(api.POST("/api/v1/grants", { body: { person, role, departments: chosen, reason: "" } })),
    onSuccess: async () => {
      form.resetFields();
      await rightsChanged();
    },
  });
  return (
    <Form<Said> form={form} layout="vertical" onFinish={(said) => give.mutate(said)}>
      <Form.Item
        name="role"
        label={t("grants.role")}
        rules={[{ required: true, message: t("grants.roleNeeded") }]}
      >
        <Select
          placeholder={t("grants.choose")}
          options={roles
            .filter((one) => !held.includes(one.key))
            .map((one) => ({ value: one.key, label: say(one.title) }))}
        />
      </Form.Item>
      <Form.Item name="departments" label={t("grants.departments")} extra={t("grants.departmentsSay")}>
        <TreeSelect
          multiple
          treeDefaultExpandAll
          treeData={optionsOf(departments)}
          placeholder={t("grants.asRole")}
        />
      </Form.Item>
      <div className="stack">
        <Refusal error={give.error} />
        <div>
          <Button htmlType="submit" loading={give.isPending}>
            {t("grants.give")}
          </Button>
        </div>
      </div>
    </Form>
  );
}
