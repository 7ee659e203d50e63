import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Action, Acts } from "./acts.ts";
import { More } from "./More.tsx";

interface Props {
  acts: Acts;
  ofInitiator: Action[];
  busy: boolean;
  opinion: string;
  say: (opinion: string) => void;
  start: (action: Action, of?: "task" | "instance") => void;
}

const SPOKEN: readonly Action[] = ["approve", "complete", "advise", "resubmit", "retry"];

/** What can be done, where a thumb reaches it: one act that goes on, one that turns down, the rest behind 更多. */
export function ActBar({ acts, ofInitiator, busy, opinion, say, start }: Props) {
  const { t } = useTranslation("tasks");
  const { primary, danger } = acts;
  const rest = [
    ...acts.more.map((action) => ({ action, of: "task" as const })),
    ...ofInitiator.map((action) => ({ action, of: "instance" as const })),
  ];
  if (!primary && !danger && !rest.length) return null;
  const aside = primary || rest.length > 2 ? rest : [];
  const plain = aside.length ? [] : rest;
  return (
    <section className="act-bar" aria-label={t("bar.label")}>
      {primary && SPOKEN.includes(primary) ? (
        <input
          className="act-opinion"
          value={opinion}
          maxLength={2000}
          aria-label={t("bar.opinion")}
          placeholder={t("bar.opinionHint")}
          onChange={(event) => say(event.target.value)}
        />
      ) : null}
      <div className="act-buttons">
        {aside.length ? <More choices={aside} start={start} /> : null}
        {plain.map(({ action, of }) => (
          <Button key={action} size="large" disabled={busy} onClick={() => start(action, of)}>
            {t(`acts.${action}`)}
          </Button>
        ))}
        {danger ? (
          <Button size="large" danger disabled={busy} onClick={() => start(danger)}>
            {t(`acts.${danger}`)}
          </Button>
        ) : null}
        {primary ? (
          <Button
            size="large"
            type="primary"
            className="act-primary"
            loading={busy}
            onClick={() => start(primary)}
          >
            {t(`acts.${primary}`)}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
