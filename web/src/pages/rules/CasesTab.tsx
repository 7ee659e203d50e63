import { CheckCircleFilled, CloseCircleFilled, DeleteOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import type { Case, Table } from "../../table/model.ts";
import { Empty } from "../../ui/Empty.tsx";
import type { Document } from "./useDocument.ts";
import type { Study } from "./useStudy.ts";

interface Props {
  doc: Document;
  study: Study;
  editable: boolean;
}

/** The examples the owner signs off, with the answer each of them gets now. */
export function CasesTab({ doc, study, editable }: Props) {
  const { t } = useTranslation("rules");
  const { table, change } = doc;
  const shown = study.studied?.cases ?? [];
  if (!table.cases.length) return <Empty title={t("noCases")} says={t("noCasesSays")} />;
  const failed = shown.filter((one) => one.differs.length).length;
  const put = (place: number, next: Case | null) => change(withCase(table, place, next));
  return (
    <section className="cases">
      <p role="status" className="muted">
        {shown.length ? t("casesSum", { passed: shown.length - failed, failed }) : t("casesUnknown")}
      </p>
      <ul className="case-list">
        {table.cases.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cases have no id, and their place is who they are
          <li key={place} className="card case">
            <One one={one} shown={shown[place]} editable={editable} onPut={(next) => put(place, next)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  one: Case;
  shown: Schemas["CaseShown"] | undefined;
  editable: boolean;
  onPut: (next: Case | null) => void;
}

function One({ one, shown, editable, onPut }: OneProps) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const isGood = shown && !shown.differs.length;
  return (
    <>
      <div className="case-head">
        {shown ? (
          isGood ? (
            <CheckCircleFilled className="good" aria-label={t("passed")} />
          ) : (
            <CloseCircleFilled className="bad" aria-label={t("failed")} />
          )
        ) : null}
        {editable ? (
          <Input
            variant="borderless"
            value={one.name ?? ""}
            placeholder={t("caseName")}
            aria-label={t("caseName")}
            onChange={(event) => onPut({ ...one, name: event.target.value || null })}
          />
        ) : (
          <strong>{one.name}</strong>
        )}
        {editable ? (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("deleteCase")}
            onClick={() => onPut(null)}
          />
        ) : null}
      </div>
      {shown ? (
        <dl className="case-facts">
          <dt>{t("given")}</dt>
          <dd>{say(shown.situation)}</dd>
          <dt>{t("expected")}</dt>
          <dd>{say(shown.expected)}</dd>
          <dt>{t("answered")}</dt>
          <dd className={isGood ? "" : "bad"}>{say(shown.answer)}</dd>
        </dl>
      ) : (
        <p className="muted">{JSON.stringify(one.inputs)}</p>
      )}
      {shown && !isGood && editable ? (
        <Button size="small" onClick={() => onPut({ ...one, expect: expectationOf(shown.evaluation) })}>
          {t("takeAnswer")}
        </Button>
      ) : null}
    </>
  );
}

/** What a case demands that is content with this answer. */
export function expectationOf(
  answer: Pick<Schemas["Evaluation"], "status" | "rows" | "outcome" | "used_default">,
) {
  if (answer.status !== "OK") return { status: answer.status };
  return {
    rows: answer.rows ?? [],
    outcome: answer.outcome,
    ...(answer.used_default ? { default: true } : {}),
  };
}

function withCase(table: Table, place: number, next: Case | null): Table {
  const cases = table.cases.flatMap((one, at) => (at === place ? (next ? [next] : []) : [one]));
  return { ...table, cases };
}
