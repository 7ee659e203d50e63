import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  DeleteOutlined,
  PlayCircleOutlined,
} from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { api, type Schemas, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import type { Step } from "../../flow/model.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { sendable, useSettled, type Version } from "./asking.ts";
import { useDesigning } from "./designing.ts";

type Played = Schemas["CasePlayed"];

/** The cases its owner signs off: played on the engine as the drawing is now. */
export function CasesPanel({ version }: { version: Version }) {
  const { t } = useTranslation("flows");
  const { desk } = useDesigning();
  const cases = useStore(desk, (now) => now.cases);
  const { data, error, isFetching, refetch } = useRun(version);
  if (!cases.length) return <Empty title={t("cases.none")} says={t("cases.noneSays")} />;
  const passed = data?.cases.filter((one) => one.passed).length ?? 0;
  return (
    <>
      <header className="panel-head">
        <h2>{t("cases.title", { count: cases.length })}</h2>
        <Button
          size="small"
          icon={<PlayCircleOutlined aria-hidden="true" />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {t("cases.run")}
        </Button>
      </header>
      <Refusal error={error} />
      {data?.problems.length ? <p className="field-fault">{t("cases.unsound")}</p> : null}
      {data && !data.problems.length ? (
        <p role="status">{t("cases.passed", { passed, count: data.cases.length })}</p>
      ) : null}
      <ul className="cases">
        {cases.map((one, index) => (
          <CaseLine
            // biome-ignore lint/suspicious/noArrayIndexKey: two cases may have one name
            key={index}
            said={one}
            played={data?.cases.find((run) => run.name === one.name)}
            onRemove={() => desk.getState().changeCases(cases.filter((_, number) => number !== index))}
          />
        ))}
      </ul>
    </>
  );
}

function useRun(version: Version) {
  const { desk } = useDesigning();
  const sheet = useSettled(useStore(desk));
  return useQuery({
    queryKey: ["drawing", "cases", version.key, version.version, sheet.drawing, sheet.cases],
    queryFn: () =>
      told(
        api.POST("/api/v1/processes/{key}/versions/{number}/cases/run", {
          params: { path: { key: version.key, number: version.version } },
          body: { process: sendable(sheet.drawing), cases: [...sheet.cases] },
        }),
      ),
    placeholderData: (before) => before,
    staleTime: 30_000,
    gcTime: 0,
  });
}

function CaseLine({
  said,
  played,
  onRemove,
}: {
  said: Step;
  played: Played | undefined;
  onRemove: () => void;
}) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  const { mayEdit } = useDesigning();
  const name = String(said.name ?? "");
  return (
    <li>
      <div className="case-line">
        <span>
          <Verdict played={played} /> {name}
        </span>
        {mayEdit ? (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden="true" />}
            aria-label={t("cases.remove", { name })}
            onClick={onRemove}
          />
        ) : null}
      </div>
      {played?.problems.map((problem) => (
        <p className="field-fault" key={problem.zh}>
          {say(problem)}
        </p>
      ))}
    </li>
  );
}

function Verdict({ played }: { played: Played | undefined }) {
  const { t } = useTranslation("flows");
  if (!played) return null;
  return played.passed ? (
    <CheckCircleOutlined className="good" aria-label={t("cases.good")} />
  ) : (
    <CloseCircleOutlined className="bad" aria-label={t("cases.bad")} />
  );
}
