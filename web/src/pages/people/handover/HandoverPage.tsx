import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, type Schemas, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { Dwell } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { AbsenceList } from "../absences/AbsenceList.tsx";
import { organisationChanged, personQuery } from "../queries.ts";

type Handover = Schemas["Handover"];
type HandedOver = Schemas["HandedOver"];

interface Said {
  to: string;
  reason: string;
}

/** The open tasks of somebody, given to somebody else: looked at first, then done in one act. */
export function HandoverPage() {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const { person: id = "" } = useParams();
  const { data: leaver } = useQuery(personQuery(id));
  const [form] = Form.useForm<Said>();
  const order = useMutation({
    mutationFn: ({ preview, ...said }: Said & { preview: boolean }) =>
      told(
        api.POST("/api/v1/people/{person_id}/handover", {
          params: { path: { person_id: id } },
          body: { ...said, preview },
        }),
      ),
    onSuccess: async (done) => {
      if (done.preview) return;
      await organisationChanged();
      const moved = done.tasks.filter((one) => one.moved).length;
      message.success(t("handover.done", { count: moved, name: done.to_name }));
    },
  });
  const result = order.data;
  const movable = result?.tasks.filter((one) => one.movable).length ?? 0;
  return (
    <div className="stack">
      <PageHead title={t("handover.of", { name: leaver?.name ?? id })} says={t("handover.says")}>
        <Link to={`/people?person=${encodeURIComponent(id)}&state=all`}>{t("handover.back")}</Link>
      </PageHead>
      <section className="card pad">
        <Form<Said>
          form={form}
          layout="vertical"
          onFinish={(said) => order.mutate({ ...said, preview: true })}
        >
          <div className="two">
            <Form.Item
              name="to"
              label={t("handover.to")}
              rules={[{ required: true, message: t("choosePerson") }]}
            >
              <PersonPicker placeholder={t("choosePerson")} onChange={() => order.reset()} />
            </Form.Item>
            <Form.Item
              name="reason"
              label={t("handover.reason")}
              rules={[{ required: true, whitespace: true, message: t("handover.reasonNeeded") }]}
            >
              <Input maxLength={2000} placeholder={t("handover.reasonLike")} />
            </Form.Item>
          </div>
          <Refusal error={order.error} />
          <div className="drawer-acts">
            <Button
              htmlType="submit"
              {...(result?.preview && movable ? {} : { type: "primary" as const })}
              loading={order.isPending && order.variables.preview}
            >
              {t("handover.preview")}
            </Button>
            {result?.preview && movable ? (
              <Button
                type="primary"
                loading={order.isPending}
                onClick={() => order.mutate({ ...form.getFieldsValue(), preview: false })}
              >
                {t("handover.go", { count: movable })}
              </Button>
            ) : null}
          </div>
        </Form>
      </section>
      {result ? <Result told={result} /> : null}
    </div>
  );
}

function Result({ told }: { told: Handover }) {
  const { t } = useTranslation("people");
  const say = useLabel();
  return (
    <>
      <section className="card">
        <Table<HandedOver>
          rowKey="task"
          size="middle"
          pagination={false}
          dataSource={told.tasks}
          locale={{ emptyText: <Empty title={t("handover.nothing")} says={t("handover.nothingSays")} /> }}
          columns={[
            { title: t("handover.task"), render: (_, one) => say(one.title) },
            { title: t("handover.document"), dataIndex: "number" },
            { title: t("handover.since"), render: (_, one) => <Dwell since={one.since} /> },
            {
              title: t("handover.result"),
              render: (_, one) => (
                <>
                  <Standing one={one} preview={told.preview} />
                  {one.message ? <span className="muted">{say(one.message)}</span> : null}
                </>
              ),
            },
          ]}
        />
      </section>
      {told.absences.length ? (
        <section className="card">
          <div className="pad">
            <Alert type="info" showIcon title={t("handover.absences", { name: told.person_name })} />
          </div>
          <AbsenceList absences={told.absences} />
        </section>
      ) : null}
    </>
  );
}

function Standing({ one, preview }: { one: HandedOver; preview: boolean }) {
  const { t } = useTranslation("people");
  if (preview)
    return one.movable ? <Tag color="blue">{t("handover.will")}</Tag> : <Tag>{t("handover.willNot")}</Tag>;
  return one.moved ? (
    <Tag color="green">{t("handover.moved")}</Tag>
  ) : (
    <Tag color="red">{t("handover.notMoved")}</Tag>
  );
}
