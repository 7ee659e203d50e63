import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Checkbox, DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { useSession } from "../../../app/session.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { organisationChanged } from "../queries.ts";

interface Props {
  /** Whether absences of others may be said. */
  forOthers: boolean;
  onClose: () => void;
}

interface Said {
  principal?: string;
  agent: string;
  from: Dayjs;
  to: Dayjs;
  processes?: string[];
  amount_cap?: string;
  open_tasks: boolean;
  note?: string;
}

const CLOCK = "YYYY-MM-DD HH:mm";

export function AbsenceEditor({ forOthers, onClose }: Props) {
  const { t } = useTranslation("people");
  const { message } = App.useApp();
  const { person } = useSession();
  const [form] = Form.useForm<Said>();
  const save = useMutation({
    mutationFn: ({ principal = person.id, from, to, amount_cap, ...said }: Said) =>
      told(
        api.POST("/api/v1/absences", {
          body: {
            ...said,
            principal,
            from: from.toISOString(),
            to: to.toISOString(),
            processes: said.processes ?? [],
            note: said.note ?? "",
            amount_field: "amount",
            ...(amount_cap?.trim() ? { amount_cap: amount_cap.trim() } : {}),
          },
        }),
      ),
    onSuccess: async (saved) => {
      await organisationChanged();
      message.success(t("absence.saved", { agent: saved.agent_name, principal: saved.principal_name }));
      onClose();
    },
  });
  const needed = [{ required: true, message: t("absence.timeNeeded") }];
  return (
    <Modal
      open
      title={t("absence.add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("absence.add")}
      cancelText={t("cancel")}
      confirmLoading={save.isPending}
    >
      <Form<Said>
        form={form}
        layout="vertical"
        initialValues={{
          principal: person.id,
          from: dayjs().startOf("hour"),
          to: dayjs().add(7, "day").startOf("hour"),
          open_tasks: true,
        }}
        onFinish={(said) => save.mutate(said)}
      >
        {forOthers ? (
          <Form.Item name="principal" label={t("absence.principal")}>
            <PersonPicker known={person} />
          </Form.Item>
        ) : null}
        <Form.Item
          name="agent"
          label={t("absence.agent")}
          rules={[{ required: true, message: t("absence.agentNeeded") }]}
        >
          <PersonPicker placeholder={t("choosePerson")} />
        </Form.Item>
        <div className="two">
          <Form.Item name="from" label={t("absence.from")} rules={needed}>
            <DatePicker showTime={{ format: "HH:mm", minuteStep: 15 }} format={CLOCK} allowClear={false} />
          </Form.Item>
          <Form.Item name="to" label={t("absence.to")} rules={needed}>
            <DatePicker showTime={{ format: "HH:mm", minuteStep: 15 }} format={CLOCK} allowClear={false} />
          </Form.Item>
        </div>
        <Processes />
        <Form.Item
          name="amount_cap"
          label={t("absence.cap")}
          extra={t("absence.capSays")}
          rules={[{ pattern: /^\s*\d+(\.\d+)?\s*$/, message: t("absence.capWrong") }]}
        >
          <Input inputMode="decimal" placeholder={t("absence.noCap")} />
        </Form.Item>
        <Form.Item name="open_tasks" valuePropName="checked">
          <Checkbox>{t("absence.openTasks")}</Checkbox>
        </Form.Item>
        <Form.Item name="note" label={t("absence.note")}>
          <Input maxLength={500} />
        </Form.Item>
        <Refusal error={save.error} />
      </Form>
    </Modal>
  );
}

function Processes() {
  const { t } = useTranslation("people");
  const say = useLabel();
  const { data = [] } = useQuery({
    queryKey: ["processes", "latest"],
    queryFn: () => told(api.GET("/api/v1/processes")),
  });
  return (
    <Form.Item name="processes" label={t("absence.processes")} extra={t("absence.processesSay")}>
      <Select
        mode="multiple"
        placeholder={t("absence.allProcesses")}
        options={data.map((one) => ({ value: one.key, label: say(one.title) }))}
        showSearch={{ optionFilterProp: "label" }}
      />
    </Form.Item>
  );
}
