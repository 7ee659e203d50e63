import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, InputNumber, Progress, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, sent, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { When } from "../../ui/Dwell.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { BacktestResult } from "./BacktestResult.tsx";
import type { RuleSet } from "./queries.ts";
import type { Document, Version } from "./useDocument.ts";

type Backtest = Schemas["BacktestOut"];

interface Props {
  set: RuleSet;
  version: Version;
  doc: Document;
}

/** What would have been different under this version: of what was decided, or of cases in a file. */
export function BacktestTab({ set, version, doc }: Props) {
  const { t } = useTranslation("rules");
  const may = useMay();
  const client = useQueryClient();
  const [days, setDays] = useState(90);
  const [opened, setOpened] = useState<string | null>(null);
  const path = { key: set.key };
  const list = useQuery({
    queryKey: ["rules", set.key, "backtests"],
    queryFn: () => told(api.GET("/api/v1/rules/{key}/backtests", { params: { path } })),
  });
  const starting = useMutation({
    mutationFn: async (file: File | null) => {
      await doc.flush();
      const source = file ? { case_file: await uploaded(set.key, file) } : { days };
      const body = { version: version.version, ...source };
      return told(api.POST("/api/v1/rules/{key}/backtests", { params: { path }, body }));
    },
    onSuccess: (begun) => {
      setOpened(begun.id);
      return client.invalidateQueries({ queryKey: ["rules", set.key, "backtests"] });
    },
  });
  if (set.in_force === null) return <Empty title={t("noBacktest")} says={t("noBacktestSays")} />;
  const mine = list.data?.filter((one) => one.version === version.version) ?? [];
  return (
    <section className="backtests">
      <p className="muted">{t("backtestSays", { version: set.in_force })}</p>
      {may("rules") ? (
        <div className="row-tools">
          <div className="inline-field">
            <label htmlFor="backtest-days">{t("lastDays")}</label>
            <InputNumber
              id="backtest-days"
              min={1}
              max={3660}
              value={days}
              onChange={(value) => setDays(value ?? 90)}
            />
            <Button loading={starting.isPending} onClick={() => starting.mutate(null)}>
              {t("startBacktest")}
            </Button>
          </div>
          <Upload
            accept=".csv,.jsonl,.ndjson,.json"
            showUploadList={false}
            beforeUpload={(file) => {
              starting.mutate(file);
              return false;
            }}
          >
            <Button icon={<InboxOutlined />}>{t("fromFile")}</Button>
          </Upload>
        </div>
      ) : null}
      <Refusal error={starting.error ?? list.error} />
      {mine.length ? null : <p className="muted">{t("noBacktestsYet")}</p>}
      <ul className="version-list">
        {mine.map((one) => (
          <li key={one.id} className="card version">
            <One
              tableKey={set.key}
              shown={one}
              isOpen={(opened ?? mine[0]?.id) === one.id}
              onOpen={() => setOpened(one.id)}
              doc={doc}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function uploaded(key: string, file: File): Promise<string> {
  const query = new URLSearchParams({ table: key, name: file.name });
  const kept = await sent(`/api/v1/case-files?${query}`, { method: "POST", body: file });
  return ((await kept.json()) as Schemas["CaseFile"]).id;
}

interface OneProps {
  tableKey: string;
  shown: Backtest;
  isOpen: boolean;
  onOpen: () => void;
  doc: Document;
}

function One({ tableKey, shown, isOpen, onOpen, doc }: OneProps) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const path = { key: tableKey, backtest_id: shown.id };
  const query = useQuery({
    queryKey: ["rules", tableKey, "backtests", shown.id],
    queryFn: () => told(api.GET("/api/v1/rules/{key}/backtests/{backtest_id}", { params: { path } })),
    enabled: isOpen || shown.state === "running",
    refetchInterval: ({ state }) => ((state.data ?? shown).state === "running" ? 1000 : false),
  });
  const now = query.data ?? shown;
  return (
    <>
      <div className="version-head">
        <button type="button" className="link-button" aria-expanded={isOpen} onClick={onOpen}>
          <When at={now.started_at} />
        </button>
        <span className="muted">{t(`backtestStates.${now.state}`)}</span>
        {now.state === "running" ? (
          <Progress percent={now.total ? Math.round((now.done / now.total) * 100) : 0} size="small" />
        ) : null}
      </div>
      {now.message ? <p className="bad">{say(now.message)}</p> : null}
      {isOpen && now.result ? (
        <BacktestResult result={now.result} names={now.load_says ?? []} doc={doc} />
      ) : null}
    </>
  );
}
