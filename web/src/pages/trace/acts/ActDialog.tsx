import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { flowQuery, type InstanceView } from "../asked.ts";
import { isGrave, type Proposal } from "./acts.ts";
import { NodePicker } from "./NodePicker.tsx";
import { OutcomeSaid } from "./OutcomeSaid.tsx";
import { newOrderId, order, type Said } from "./order.ts";

interface Props {
  instance: InstanceView;
  proposal: Proposal;
  onClose: () => void;
}

const MAY_STAND = ["jump", "revoke"];

/** One act on an instance: what it will do, the reason, and then the outcome in the server's own words. */
export function ActDialog({ instance, proposal, onClose }: Props) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const queries = useQueryClient();
  const [form] = Form.useForm<Said>();
  const [id, setId] = useState(newOrderId);
  const { act, needs } = proposal;
  const { data: flow } = useQuery({ ...flowQuery(instance.id), enabled: needs.includes("node") });
  const sending = useMutation({
    mutationFn: (said: Said) =>
      order(instance.id, proposal, { ...said, id, confirmed: said.confirmed ?? false }),
    onSuccess: async (outcome) => {
      setId(newOrderId());
      if (outcome.verdict !== "forbidden") form.resetFields(["confirmed"]);
      for (const head of ["instance", "instances", "stuck"]) {
        await queries.invalidateQueries({ queryKey: [head] });
      }
    },
  });
  const outcome = sending.data;
  const mayConfirm = outcome?.verdict === "forbidden" && MAY_STAND.includes(act);
  const isOver = outcome !== undefined && !mayConfirm;
  return (
    <Modal
      open
      title={t(`acts.${act}.title`, { number: instance.number })}
      okText={isOver ? t("acts.close") : t(`acts.${act}.do`)}
      cancelText={t("acts.leave")}
      okButtonProps={{ danger: isGrave(act) && !isOver, loading: sending.isPending }}
      cancelButtonProps={isOver ? { style: { display: "none" } } : {}}
      onOk={isOver ? onClose : form.submit}
      onCancel={onClose}
    >
      <p className="muted">{t(`acts.${act}.does`)}</p>
      <Refusal error={sending.error} />
      {outcome ? <OutcomeSaid outcome={outcome} /> : null}
      {isOver ? null : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(said) => sending.mutate(said)}>
          {needs.includes("to") ? (
            <Form.Item
              name="to"
              label={t("acts.to")}
              rules={[{ required: true, message: t("acts.toMissing") }]}
            >
              <PersonPicker placeholder={t("acts.toSearch")} />
            </Form.Item>
          ) : null}
          {needs.includes("node") ? (
            <Form.Item
              name="node"
              label={t("acts.node")}
              rules={[{ required: true, message: t("acts.nodeMissing") }]}
            >
              <NodePicker process={flow?.process} placeholder={t("acts.nodeSearch")} />
            </Form.Item>
          ) : null}
          <Form.Item
            name="reason"
            label={t("acts.reason")}
            rules={[{ required: true, whitespace: true, message: t("acts.reasonMissing") }]}
          >
            <Input.TextArea rows={3} maxLength={2000} placeholder={t("acts.reasonKept")} autoFocus />
          </Form.Item>
          {mayConfirm ? (
            <Form.Item name="confirmed" valuePropName="checked">
              <Checkbox>{t("acts.confirmed", { what: say(outcome.message) })}</Checkbox>
            </Form.Item>
          ) : null}
        </Form>
      )}
    </Modal>
  );
}
