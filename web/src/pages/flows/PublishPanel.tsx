import { CheckCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { useMay, useSession } from "../../app/session.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import type { ProcessSet, Version } from "./asking.ts";
import { MovePlan } from "./MovePlan.tsx";
import type { useSaving } from "./saving.ts";

interface Props {
  saving: ReturnType<typeof useSaving>;
  set: ProcessSet;
  onJump: (key: string) => void;
}

/** The way to publication: checked, approved by somebody else, in force from a moment on, and what becomes of what runs. */
export function PublishPanel({ saving, set, onJump }: Props) {
  const { t } = useTranslation("flows");
  const { version } = saving;
  const isOut = version.stage === "published" || version.stage === "retired";
  return (
    <>
      <h2>{t("publish.title")}</h2>
      {isOut ? (
        <p>{t(version.in_force ? "publish.isInForce" : "publish.isOut", { version: version.version })}</p>
      ) : null}
      {isOut ? null : (
        <ol className="gate">
          <CheckStage saving={saving} onJump={onJump} />
          <ApproveStage saving={saving} />
          <ReleaseStage saving={saving} />
        </ol>
      )}
      {version.in_force || version.stage === "approved" ? (
        <MovePlan process={set.key} inForce={version.in_force} />
      ) : null}
    </>
  );
}

type Saved = Props["saving"];

function CheckStage({ saving, onJump }: { saving: Saved; onJump: (key: string) => void }) {
  const { t } = useTranslation("flows");
  const { version } = saving;
  const may = useMay();
  const [found, setFound] = useState<Schemas["CheckedProcess"]>();
  const check = useMutation({
    mutationFn: async () => {
      await saving.save();
      const checked = await told(api.POST("/api/v1/processes/{key}/versions/{number}/check", path(version)));
      setFound(checked);
      saving.become(checked.version);
    },
  });
  const isDone = version.stage !== "draft";
  return (
    <Stage
      done={isDone}
      title={t("publish.check")}
      says={t(isDone ? "publish.checked" : "publish.checkSays")}
    >
      <Refusal error={check.error} />
      {found?.stops.length ? <Stops stops={found.stops} onJump={onJump} /> : null}
      {isDone || !may("processes") ? null : (
        <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
          {t("go.draft")}
        </Button>
      )}
    </Stage>
  );
}

function Stops({ stops, onJump }: { stops: readonly Schemas["Stop"][]; onJump: (key: string) => void }) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  return (
    <ul className="panel-faults">
      {stops.map((stop) => (
        <li key={stop.code + stop.message.zh}>
          {say(stop.message)}{" "}
          {stop.node ? (
            <button type="button" className="link-like" onClick={() => onJump(stop.node ?? "")}>
              {t("publish.there")}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function ApproveStage({ saving }: { saving: Saved }) {
  const { t } = useTranslation("flows");
  const { version } = saving;
  const { person } = useSession();
  const may = useMay();
  const approve = useMutation({
    mutationFn: async () =>
      saving.become(await told(api.POST("/api/v1/processes/{key}/versions/{number}/approve", path(version)))),
  });
  const isOwn = version.authors.includes(person.id);
  const isDone = version.stage === "approved";
  const says = isDone
    ? t("publish.approved", { name: version.approver })
    : t(isOwn ? "publish.notOwn" : may("processes_approve") ? "publish.approveSays" : "publish.noRight");
  return (
    <Stage done={isDone} title={t("publish.approve")} says={says}>
      <Refusal error={approve.error} />
      {version.stage === "checked" && !isOwn && may("processes_approve") ? (
        <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
          {t("go.checked")}
        </Button>
      ) : null}
    </Stage>
  );
}

function ReleaseStage({ saving }: { saving: Saved }) {
  const { t } = useTranslation("flows");
  const { version } = saving;
  const client = useQueryClient();
  const [since, setSince] = useState<Dayjs | null>(null);
  const publish = useMutation({
    mutationFn: async () => {
      const body = since ? { effective_from: since.toISOString() } : {};
      const order = { ...path(version), body };
      saving.become(await told(api.POST("/api/v1/processes/{key}/versions/{number}/publish", order)));
      await client.invalidateQueries({ queryKey: ["processes"] });
    },
  });
  return (
    <Stage done={false} title={t("publish.release")} says={t("publish.releaseSays")}>
      <Refusal error={publish.error} />
      {version.stage === "approved" ? (
        <>
          <div className="field">
            <label htmlFor="publish-since">{t("publish.since")}</label>
            <DatePicker
              id="publish-since"
              showTime={{ format: "HH:mm" }}
              value={since}
              placeholder={t("publish.atOnce")}
              onChange={(picked) => setSince(picked)}
            />
          </div>
          <Button type="primary" loading={publish.isPending} onClick={() => publish.mutate()}>
            {t("go.approved")}
          </Button>
        </>
      ) : null}
    </Stage>
  );
}

interface StageProps {
  done: boolean;
  title: string;
  says: string;
  children: React.ReactNode;
}

function Stage({ done, title, says, children }: StageProps) {
  return (
    <li>
      <h3>
        {done ? <CheckCircleOutlined className="good" /> : <ExclamationCircleOutlined className="muted" />}{" "}
        {title}
      </h3>
      <p className="muted">{says}</p>
      {children}
    </li>
  );
}

const path = (version: Version) => ({ params: { path: { key: version.key, number: version.version } } });
