import { useQuery } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { StateTag } from "../../../ui/StatusTag.tsx";
import { ActDialog } from "../acts/ActDialog.tsx";
import { offeredForEffect, type Proposal } from "../acts/acts.ts";
import { type Effect, flowQuery, type InstanceOut } from "../asked.ts";
import { placesOf } from "../places.ts";
import { bilingual } from "./bilingual.ts";
import { evidenceOf, stagesOf } from "./effects.ts";
import "./ledger.css";

/** What was meant to be done in other systems, how far each came, and what was read back as the proof. */
export function Ledger({ of: shown }: { of: InstanceOut }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const [proposal, propose] = useState<Proposal>();
  const { data } = useQuery(flowQuery(shown.instance.id));
  const titles = new Map(placesOf(data?.process).map((one) => [one.id, say(one.title)]));
  if (shown.effects.length === 0) return <Empty title={t("effects.none")} says={t("effects.noneSays")} />;
  return (
    <>
      <ul className="trace-ledger">
        {shown.effects.map((effect) => (
          <LedgerEntry
            key={effect.key}
            effect={effect}
            title={titles.get(effect.node)}
            status={shown.instance.status}
            onPropose={propose}
          />
        ))}
      </ul>
      {proposal ? (
        <ActDialog instance={shown.instance} proposal={proposal} onClose={() => propose(undefined)} />
      ) : null}
    </>
  );
}

interface Props {
  effect: Effect;
  title: string | undefined;
  status: string;
  onPropose: (proposal: Proposal) => void;
}

function LedgerEntry({ effect, title, status, onPropose }: Props) {
  const { t, i18n } = useTranslation("trace");
  const isAdmin = useMay()("admin");
  const evidence = evidenceOf(effect);
  return (
    <li className="card trace-ledger-entry">
      <div className="trace-ledger-head">
        <div>
          <h2>{title ?? effect.node}</h2>
          <p className="muted">
            {t("effects.what", { connector: effect.connector, entity: effect.entity, action: effect.action })}
          </p>
        </div>
        <StateTag of="effect" state={effect.status} />
      </div>
      <ol className="trace-ledger-stages">
        {stagesOf(effect).map(({ stage, at, state }) => (
          <li key={stage} className={`trace-stage-${state}`}>
            <span>{t(`effects.stage.${stage}`)}</span>
            {at ? (
              <When at={at} format="MM-DD HH:mm:ss" />
            ) : (
              <span className="muted">{t("effects.notYet")}</span>
            )}
          </li>
        ))}
      </ol>
      <dl className="trace-facts">
        <div>
          <dt>{t("effects.evidence")}</dt>
          <dd>
            {evidence.length
              ? evidence
                  .map(({ what, value }) => t(`effects.proof.${what}`, { value }))
                  .join(t("effects.and"))
              : t("effects.noEvidence")}
          </dd>
        </div>
        <div>
          <dt>{t("effects.attempts")}</dt>
          <dd className="number">{t("effects.times", { count: effect.attempts })}</dd>
        </div>
        {effect.on_behalf_of ? (
          <div>
            <dt>{t("effects.onBehalfOf")}</dt>
            <dd>{effect.on_behalf_of}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t("effects.key")}</dt>
          <dd>
            <Tooltip title={effect.key}>
              <code>{effect.key.slice(-24)}</code>
            </Tooltip>
          </dd>
        </div>
      </dl>
      {effect.message ? (
        <p className="trace-ledger-message">{bilingual(effect.message, i18n.language)}</p>
      ) : null}
      {isAdmin ? (
        <div className="trace-ledger-acts">
          {offeredForEffect(effect, status).map((one) => (
            <Button key={one.act} size="small" onClick={() => onPropose(one)}>
              {t(`acts.${one.act}.name`)}
            </Button>
          ))}
        </div>
      ) : null}
    </li>
  );
}
