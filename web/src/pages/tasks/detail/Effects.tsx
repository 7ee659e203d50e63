import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { When } from "../../../ui/Dwell.tsx";
import { StateTag, StatusTag } from "../../../ui/StatusTag.tsx";
import { pathOfInstance } from "../listing.ts";

type EffectOut = Schemas["EffectOut"];

interface Props {
  effects: EffectOut[];
  calls: Schemas["CalledOut"][];
  /** What a step is called. */
  titleOf: (node: string) => string;
}

/** What was done in other systems, how far it came, and what shows that it is so. */
export function Effects({ effects, calls, titleOf }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  return (
    <>
      <section className="part">
        <h3>{t("detail.effects")}</h3>
        {effects.length ? null : <p className="muted">{t("detail.noEffects")}</p>}
        <ul className="effects">
          {effects.map((effect) => (
            <EffectRow key={effect.key} effect={effect} title={titleOf(effect.node)} />
          ))}
        </ul>
      </section>
      {calls.length ? (
        <section className="part">
          <h3>{t("detail.calls")}</h3>
          <ul className="effects">
            {calls.map((call) => (
              <li key={call.id}>
                <Link to={pathOfInstance(call.id)}>{say(call.title)}</Link>{" "}
                <span className="muted number">{call.number}</span>{" "}
                <StatusTag status={call.status} outcome={call.outcome} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function EffectRow({ effect, title }: { effect: EffectOut; title: string }) {
  const { t } = useTranslation("tasks");
  const isConfirmed = effect.status === "confirmed";
  return (
    <li>
      <div className="effect-head">
        <strong>{title || `${effect.connector} · ${effect.action}`}</strong>
        <StateTag of="effect" state={effect.status} />
      </div>
      <div className="effect-says muted">
        <span>
          {t("effect.planned")} <When at={effect.planned_at} format="MM-DD HH:mm:ss" />
        </span>
        {effect.sent_at ? (
          <span>
            {t("effect.sent")} <When at={effect.sent_at} format="MM-DD HH:mm:ss" />
          </span>
        ) : null}
        {effect.finished_at ? (
          <span>
            {t(isConfirmed ? "effect.confirmed" : "effect.ended")}{" "}
            <When at={effect.finished_at} format="MM-DD HH:mm:ss" />
          </span>
        ) : null}
        {effect.result_version ? (
          <span>{t("effect.version", { version: effect.result_version })}</span>
        ) : null}
        {effect.ref ? <span>{t("effect.ref", { ref: effect.ref })}</span> : null}
        {effect.result_state ? <span>{t("effect.state", { state: effect.result_state })}</span> : null}
        {effect.replayed ? <span>{t("effect.replayed")}</span> : null}
        {effect.attempts > 1 ? <span>{t("effect.attempts", { count: effect.attempts })}</span> : null}
      </div>
      {effect.message ? <p className="muted">{effect.message}</p> : null}
    </li>
  );
}
