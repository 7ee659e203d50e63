import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import { type Foreseen, type Foresight, nameOf } from "./foreseen.ts";

/** Step by step in the order of coming: who, why, by which row, and what is done elsewhere. */
export function TrialSteps({ seen, onJump }: { seen: Foresight; onJump: (key: string) => void }) {
  const say = useLabel();
  const coming = seen.order
    .map((place) => seen.nodes.find((one) => one.at === place))
    .filter((one): one is Foreseen => one !== undefined);
  return (
    <ol className="trial-steps">
      {coming.map((one) => (
        <li key={one.at}>
          <button type="button" className="link-like" onClick={() => onJump(one.node)}>
            {say(one.title)}
          </button>
          <Told step={one} />
        </li>
      ))}
    </ol>
  );
}

function Told({ step }: { step: Foreseen }) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  return (
    <>
      {step.trouble ? <p className="field-fault">{say(step.trouble)}</p> : null}
      {step.rule?.rows.map((row) => (
        <p className="muted" key={row.row}>
          {t("trial.row", { table: say(step.rule?.title), row: say(row.text) })}
        </p>
      ))}
      {step.who.map((who) => (
        <p key={who.person}>
          <strong>{nameOf(who, t)}</strong> <span className="muted">{say(who.why)}</span>
        </p>
      ))}
      {step.effect ? (
        <p className="muted">
          {t("trial.effect", {
            action: step.effect.action,
            entity: step.effect.entity,
            system: step.effect.connector,
          })}
        </p>
      ) : null}
      {step.why ? <p className="muted">{say(step.why)}</p> : null}
    </>
  );
}
