import { useTranslation } from "react-i18next";
import { useLabel } from "../app/label.ts";
import { Dwell } from "../ui/Dwell.tsx";
import "./step-list.css";
import type { PassedStep, StepPerson } from "./passage.ts";

/** The steps of an instance from top to bottom, readable at the width of a phone. */
export function StepList({ steps }: { steps: PassedStep[] }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <OneStep key={step.key} step={step} />
      ))}
    </ol>
  );
}

function OneStep({ step }: { step: PassedStep }) {
  const { t } = useTranslation("steps");
  const say = useLabel();
  return (
    <li className={`step step-${step.state}`}>
      <div className="step-head">
        <strong>{say(step.title)}</strong>
        <span className="step-state">{t(`state.${step.state}`)}</span>
        {step.since ? (
          <span className="muted">
            {t(step.until ? "took" : "dwell")} <Dwell since={step.since} until={step.until} />
          </span>
        ) : null}
      </div>
      {step.note ? <p className="step-note muted">{say(step.note)}</p> : null}
      {step.people.length ? (
        <ul>
          {step.people.map((one) => (
            <OnePerson key={one.key} one={one} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function OnePerson({ one }: { one: StepPerson }) {
  const { t } = useTranslation("steps");
  return (
    <li className={`step-person step-person-${one.state}`}>
      <span className="step-disc" aria-hidden="true">
        {one.name.slice(0, 1)}
      </span>
      <span>{one.name}</span>
      <span className="muted">
        {one.action ? t(`did.${one.action}`, { defaultValue: "" }) : t(`of.${one.state}`)}
      </span>
      {one.opinion ? <q>{one.opinion}</q> : null}
    </li>
  );
}
