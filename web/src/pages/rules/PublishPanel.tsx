import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Input, Radio, Steps } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../api/client.ts";
import { useMay, useSession } from "../../app/session.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { isOpen, type RuleSet } from "./queries.ts";
import { Stops } from "./Stops.tsx";
import type { Document, Version } from "./useDocument.ts";
import { useNames } from "./usePeople.ts";
import type { Study } from "./useStudy.ts";
import { Compared } from "./VersionsTab.tsx";

interface Props {
  set: RuleSet;
  version: Version;
  doc: Document;
  study: Study;
  acknowledged: string[];
  onAcknowledge: (what: string[]) => void;
  onClose: () => void;
}

const AT: Record<string, number> = { draft: 0, checked: 1, approved: 2, published: 3, retired: 3 };

/** The way from draft to published: what still stands in it, and whose turn it is. */
export function PublishPanel(props: Props) {
  const { set, version, doc, study, acknowledged, onAcknowledge, onClose } = props;
  const { t } = useTranslation("rules");
  const stops = study.studied?.stops ?? [];
  const stage = doc.saving === "saved" ? version.stage : "draft";
  return (
    <section aria-label={t("publishing")} className="panel">
      <div className="panel-head">
        <h2>{t("publishing")}</h2>
        <Button type="text" size="small" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      <Steps
        size="small"
        orientation="vertical"
        current={AT[stage] ?? 0}
        items={["check", "approve", "publish"].map((one) => ({
          title: t(`gate.${one}`),
          content: t(`gate.${one}Says`),
        }))}
      />
      {isOpen(stage) ? (
        <Stops
          stops={stops}
          acknowledged={acknowledged}
          onAcknowledge={stage === "draft" ? onAcknowledge : undefined}
        />
      ) : null}
      {stage === "draft" ? <Check {...props} stops={stops} /> : null}
      {stage === "checked" ? <Approve {...props} /> : null}
      {stage === "approved" ? <Publish {...props} /> : null}
      <h3>{t("whatChanges")}</h3>
      {stage !== "draft" && version.notes ? <p className="version-notes">{version.notes}</p> : null}
      <Compared set={set} number={version.version} />
    </section>
  );
}

function useAct<Order>(version: Version, act: (order: Order) => Promise<unknown>, done: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { t } = useTranslation("rules");
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["rules"] });
      void message.success(t(done, { version: version.version }));
    },
  });
}

const pathOf = (version: Version) => ({ path: { key: version.key, number: version.version } });

function Check({ version, doc, acknowledged, stops }: Props & { stops: Schemas["Stop"][] }) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const [left, setLeft] = useState<Schemas["Stop"][]>([]);
  const checking = useAct<void>(
    version,
    async () => {
      await doc.flush();
      const body = { acknowledge: acknowledged as "default"[] };
      const told_ = await told(
        api.POST("/api/v1/rules/{key}/versions/{number}/check", { params: pathOf(version), body }),
      );
      setLeft(told_.stops);
    },
    left.length ? "checkedWith" : "checked",
  );
  if (!may("rules")) return <p className="muted">{t("notYours")}</p>;
  return (
    <>
      <div className="input-field">
        <label htmlFor="version-notes">{t("notes")}</label>
        <Input.TextArea
          id="version-notes"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          placeholder={t("notesSay")}
          value={doc.notes}
          onChange={(event) => doc.note(event.target.value)}
        />
      </div>
      <Button
        type="primary"
        block
        loading={checking.isPending}
        disabled={stops.length > 0}
        onClick={() => checking.mutate()}
      >
        {t("gate.doCheck")}
      </Button>
      <Refusal error={checking.error} />
    </>
  );
}

function Approve({ version }: Props) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const name = useNames();
  const { person } = useSession();
  const approving = useAct<void>(
    version,
    () => told(api.POST("/api/v1/rules/{key}/versions/{number}/approve", { params: pathOf(version) })),
    "approved",
  );
  if (!may("rules_approve") || version.authors.includes(person.id))
    return (
      <p className="next-step">{t("askApproval", { names: version.authors.map(name).join(t("comma")) })}</p>
    );
  return (
    <>
      <Button type="primary" block loading={approving.isPending} onClick={() => approving.mutate()}>
        {t("gate.doApprove")}
      </Button>
      <Refusal error={approving.error} />
    </>
  );
}

function Publish({ version }: Props) {
  const { t } = useTranslation("rules");
  const name = useNames();
  const [from, setFrom] = useState<Dayjs | null>(null);
  const publishing = useAct<void>(
    version,
    () =>
      told(
        api.POST("/api/v1/rules/{key}/versions/{number}/publish", {
          params: pathOf(version),
          body: { effective_from: from ? from.toISOString() : null },
        }),
      ),
    "published",
  );
  return (
    <>
      <p className="muted">{t("approvedBy", { name: name(version.approver) })}</p>
      <Radio.Group
        value={from === null ? "now" : "later"}
        onChange={(event) =>
          setFrom(event.target.value === "now" ? null : dayjs().add(1, "day").startOf("day"))
        }
        options={[
          { value: "now", label: t("fromNow") },
          { value: "later", label: t("fromLater") },
        ]}
      />
      {from ? (
        <DatePicker
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          value={from}
          minDate={dayjs()}
          aria-label={t("fromLater")}
          onChange={(chosen) => setFrom(chosen)}
        />
      ) : null}
      <Button type="primary" block loading={publishing.isPending} onClick={() => publishing.mutate()}>
        {t("gate.doPublish")}
      </Button>
      <Refusal error={publishing.error} />
    </>
  );
}
