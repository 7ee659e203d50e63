import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../../api/client.ts";
import { Empty } from "../../../ui/Empty.tsx";
import { Loading } from "../../../ui/Loading.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { releaseNumber } from "../addresses.ts";
import { type InstanceView, releasesQuery } from "../asked.ts";
import { MoveConsidered } from "./MoveConsidered.tsx";
import { newOrderId } from "./order.ts";

type Move = Schemas["Move"];
type Order = Pick<Move, "to" | "mapping"> & Partial<Move>;

function ordered(instance: InstanceView, order: Order) {
  const body = { limit: 50, dry_run: true, reason: "", ...order, instances: [instance.id] };
  const path = { key: instance.process };
  return told(api.POST("/api/v1/processes/{key}/move", { params: { path }, body }));
}

/** On to another release: first what would be different, as the server says without changing anything; then the move. */
export function MoveDialog({ instance, onClose }: { instance: InstanceView; onClose: () => void }) {
  const { t } = useTranslation("trace");
  const queries = useQueryClient();
  const [id] = useState(newOrderId);
  const [chosen, choose] = useState<string>();
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const { data: releases, error } = useQuery(releasesQuery(instance.process));
  const others = releases?.filter((one) => one.release !== instance.release) ?? [];
  const to = chosen ?? others[0]?.release;
  const considered = useQuery({
    queryKey: ["instance", instance.id, "move", to, mapping],
    queryFn: () => ordered(instance, { to: to ?? "", mapping }),
    enabled: to !== undefined,
  });
  const moving = useMutation({
    mutationFn: () => ordered(instance, { to: to ?? "", mapping, reason, id, dry_run: false }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["instance", instance.id] }),
  });
  const item = (moving.data ?? considered.data)?.items[0];
  const isMoved = item?.moved === true;
  const mayMove = item?.verdict === "safe" && reason.trim() !== "";
  return (
    <Modal
      open
      title={t("acts.move.title", { number: instance.number })}
      okText={isMoved ? t("acts.close") : t("acts.move.do")}
      cancelText={t("acts.leave")}
      okButtonProps={{ disabled: !isMoved && !mayMove, loading: moving.isPending }}
      onOk={isMoved ? onClose : () => moving.mutate()}
      onCancel={onClose}
    >
      <p className="muted">{t("acts.move.does")}</p>
      <Refusal error={error ?? considered.error ?? moving.error} />
      {releases && others.length === 0 ? (
        <Empty title={t("acts.move.none")} says={t("acts.move.noneSays")} />
      ) : null}
      {others.length ? (
        <Form layout="vertical">
          <Form.Item label={t("acts.move.to")} htmlFor="move-to">
            <Select
              id="move-to"
              value={to}
              onChange={choose}
              options={others.map((one) => ({
                value: one.release,
                label: t("acts.move.release", { number: releaseNumber(one.release) }),
              }))}
            />
          </Form.Item>
          {item ? (
            <MoveConsidered item={item} process={instance.process} mapping={mapping} onMap={setMapping} />
          ) : (
            <Loading />
          )}
          {item?.verdict === "safe" && !isMoved ? (
            <Form.Item label={t("acts.reason")} htmlFor="move-reason">
              <Input.TextArea
                id="move-reason"
                rows={3}
                maxLength={2000}
                value={reason}
                placeholder={t("acts.reasonKept")}
                onChange={(event) => setReason(event.target.value)}
              />
            </Form.Item>
          ) : null}
        </Form>
      ) : null}
    </Modal>
  );
}
