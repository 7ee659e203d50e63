import { PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import type { Step } from "../../flow/model.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { useDesigning, useDrawing, useLang } from "./designing.ts";
import { caseOf } from "./foreseen.ts";
import { Pick } from "./panels/Pick.tsx";
import { TrialSteps } from "./TrialSteps.tsx";
import type { Trial } from "./trial.ts";
import { documentFields, type FieldWord, matters } from "./words.ts";

/** Who would get it: with what is typed here, or with a real document. The canvas shows the path. */
export function TrialPanel({ trial, onJump }: { trial: Trial; onJump: (key: string) => void }) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  const { words } = useDesigning();
  const drawing = useDrawing();
  const lang = useLang();
  const { supposed, suppose, data, seen } = trial;
  const initiator = String(((drawing.document ?? {}) as Step).initiator ?? "applicant");
  const fields = documentFields(drawing, words, lang).filter(
    (one) => one.path !== initiator && !one.path.includes("."),
  );
  const decisive = matters(drawing, words);
  const [first, more] = [
    fields.filter((one) => decisive.has(one.path)),
    fields.filter((one) => !decisive.has(one.path)),
  ];
  const supposition = (field: FieldWord) => (
    <div className="field" key={field.path}>
      <label htmlFor={`trial-${field.path}`}>{field.title}</label>
      <Supposition
        field={field}
        value={supposed.document[field.path] ?? ""}
        real={data?.document[field.path]}
        onChange={(value) => put(field.path, value)}
      />
    </div>
  );
  const put = (path: string, value: string) =>
    suppose({ ...supposed, document: { ...supposed.document, [path]: value } });
  return (
    <>
      <h2>{t("trial.title")}</h2>
      <p className="muted">{t("trial.says")}</p>
      <div className="field">
        <label htmlFor="trial-initiator">{t("trial.initiator")}</label>
        <Pick
          id="trial-initiator"
          clear
          value={supposed.initiator}
          placeholder={t("trial.initiatorPick")}
          choices={words.people}
          onPick={(person) => suppose({ ...supposed, initiator: person ?? "" })}
        />
      </div>
      {first.map(supposition)}
      {more.length ? (
        <details className="more">
          <summary>{t("trial.more")}</summary>
          {more.map(supposition)}
        </details>
      ) : null}
      <div className="field">
        <label htmlFor="trial-document">{t("trial.document")}</label>
        <p className="field-says muted">{t("trial.documentSays")}</p>
        <Input
          id="trial-document"
          value={supposed.documentId}
          onChange={(event) => suppose({ ...supposed, documentId: event.target.value.trim() })}
        />
      </div>
      <Refusal error={trial.error} />
      {data?.notes.map((note) => (
        <Alert key={note.zh} type="info" title={say(note)} />
      ))}
      {seen ? (
        <>
          <h3 className="trial-ends">{say(seen.ends)}</h3>
          <TrialSteps seen={seen} onJump={onJump} />
          <KeepAsCase trial={trial} />
        </>
      ) : null}
    </>
  );
}

interface SuppositionProps {
  field: FieldWord;
  value: string;
  /** What the real document says, where one is named. */
  real: unknown;
  onChange: (value: string) => void;
}

function Supposition({ field, value, real, onChange }: SuppositionProps) {
  const { t } = useTranslation("flows");
  const id = `trial-${field.path}`;
  const placeholder = typeof real === "string" || typeof real === "number" ? String(real) : undefined;
  if (field.values.length)
    return (
      <Pick
        id={id}
        clear
        value={value}
        placeholder={placeholder ?? t("trial.any")}
        choices={field.values}
        onPick={(picked) => onChange(picked ?? "")}
      />
    );
  return (
    <Input
      id={id}
      inputMode={field.type === "money" || field.type === "number" ? "decimal" : "text"}
      type={field.type === "date" ? "date" : "text"}
      suffix={field.unit}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function KeepAsCase({ trial: { supposed, seen, data } }: { trial: Trial }) {
  const { t } = useTranslation("flows");
  const { desk, mayEdit } = useDesigning();
  const drawing = useDrawing();
  const [name, setName] = useState("");
  const [kept, setKept] = useState("");
  if (!mayEdit || !seen?.outcome) return null;
  const keep = () => {
    const said = caseOf(
      name,
      seen,
      drawing,
      data?.initiator ?? supposed.initiator,
      data?.document ?? supposed.document,
    );
    desk.getState().changeCases([...desk.getState().cases, said as Step]);
    setKept(name);
    setName("");
  };
  return (
    <div className="field">
      <label htmlFor="trial-case">{t("trial.case")}</label>
      <p className="field-says muted">{t("trial.caseSays")}</p>
      <div className="pair">
        <Input
          id="trial-case"
          value={name}
          placeholder={t("trial.caseName")}
          onChange={(event) => setName(event.target.value)}
        />
        <Button icon={<PlusOutlined aria-hidden="true" />} disabled={!name.trim()} onClick={keep}>
          {t("trial.keep")}
        </Button>
      </div>
      {kept ? <p role="status">{t("trial.kept", { name: kept })}</p> : null}
    </div>
  );
}
