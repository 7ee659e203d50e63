import { PlusOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import type { Case } from "../../table/model.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { InputField } from "./InputField.tsx";
import type { Document } from "./useDocument.ts";
import { askedFor, type Trial, type Tried } from "./useTrial.ts";

interface Props {
  doc: Document;
  trial: Trial;
  inputs: Record<string, unknown>;
  editable: boolean;
  onInputs: (inputs: Record<string, unknown>) => void;
}

/** Try the table: the row lights up in the grid, and why it was this one stands here. */
export function TryPanel({ doc, trial, inputs, editable, onInputs }: Props) {
  const { t } = useTranslation("rules");
  const { message } = App.useApp();
  const asked = askedFor(doc.table);

  function keep(tried: Tried) {
    const { status, rows, outcome, used_default: byDefault } = tried.explanation.evaluation;
    const known = Object.fromEntries(asked.map((one) => [one.key, inputs[one.key]]));
    const isOk = status === "OK";
    const expect: Case["expect"] = isOk
      ? { rows: rows ?? [], outcome, ...(byDefault ? { default: true } : {}) }
      : { status };
    doc.change({ ...doc.table, cases: [...doc.table.cases, { inputs: known, expect }] });
    void message.success(t("caseKept"));
  }

  return (
    <section aria-label={t("trial")} className="panel">
      <h2>{t("trial")}</h2>
      <p className="muted">{t("trialSays")}</p>
      <div className="panel-fields">
        {asked.map((one) => (
          <InputField
            key={one.key}
            column={one}
            value={inputs[one.key]}
            onChange={(value) => onInputs({ ...inputs, [one.key]: value })}
          />
        ))}
      </div>
      {trial.error ? <Refusal error={trial.error} /> : null}
      {trial.tried ? <Answer tried={trial.tried} /> : null}
      {trial.tried && editable ? (
        <Button icon={<PlusOutlined />} onClick={() => trial.tried && keep(trial.tried)}>
          {t("keepAsCase")}
        </Button>
      ) : null}
    </section>
  );
}

function Answer({ tried }: { tried: Tried }) {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const isOk = tried.explanation.evaluation.status === "OK";
  return (
    <div className="answer" aria-live="polite">
      <p className={isOk ? "answer-says" : "answer-says none"}>{say(tried.answer)}</p>
      {tried.near.length ? (
        <>
          <h3>{t("near")}</h3>
          <ul>
            {tried.near.slice(0, 4).map((one) => (
              <li key={`${one.row} ${one.column}`}>{say(one.text)}</li>
            ))}
          </ul>
        </>
      ) : null}
      {tried.changes.length ? (
        <>
          <h3>{t("whatIf")}</h3>
          <ul>
            {tried.changes.slice(0, 6).map((one) => (
              <li key={`${one.column} ${one.to}`}>{say(one.text)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
