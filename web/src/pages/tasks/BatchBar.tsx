import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import { Ask } from "../../ui/Ask.tsx";
import { Labelled } from "../../ui/Labelled.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { BatchResults } from "./BatchResults.tsx";
import { commonActs, type ItemOutcome, type Together } from "./batches.ts";
import { useBatch } from "./batching.ts";
import { idOf, type TodoItem, titleOf } from "./listing.ts";

interface Props {
  items: TodoItem[];
  clear: () => void;
}

/** What can be done to all that is selected. */
export default function BatchBar({ items, clear }: Props) {
  const { t } = useTranslation("tasks");
  const [asking, setAsking] = useState<Together | null>(null);
  const [results, setResults] = useState<{ items: TodoItem[]; said: ItemOutcome[] } | null>(null);
  const acts = commonActs(items);
  return (
    <>
      {items.length ? (
        <section className="batch card" aria-label={t("batch.bar")}>
          <strong>{t("batch.chosen", { count: items.length })}</strong>
          {acts.length ? null : <span className="muted">{t("batch.mixed")}</span>}
          {acts.map((act) => (
            <Button
              key={act}
              type={act === "reject" ? "default" : "primary"}
              danger={act === "reject"}
              onClick={() => setAsking(act)}
            >
              {t(`batch.${act}`)}
            </Button>
          ))}
          <Button type="text" onClick={clear}>
            {t("batch.clear")}
          </Button>
        </section>
      ) : null}
      {asking ? (
        <Confirm
          act={asking}
          items={items}
          close={() => setAsking(null)}
          done={(said) => {
            setResults({ items, said });
            setAsking(null);
            clear();
          }}
        />
      ) : null}
      {results ? <BatchResults {...results} close={() => setResults(null)} /> : null}
    </>
  );
}

interface ConfirmProps {
  act: Together;
  items: TodoItem[];
  close: () => void;
  done: (said: ItemOutcome[]) => void;
}

function Confirm({ act, items, close, done }: ConfirmProps) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const [opinion, setOpinion] = useState("");
  const batch = useBatch();
  const needsReason = act === "reject" && items.some((item) => item.task?.opinion_needed);
  const rejects = act === "reject";
  return (
    <Ask
      title={t(`batch.${act}`)}
      close={close}
      footer={
        <div className="ask-buttons">
          <Button onClick={close}>{t("ask.cancel")}</Button>
          <Button
            type={rejects ? "default" : "primary"}
            danger={rejects}
            loading={batch.isPending}
            disabled={needsReason && !opinion.trim()}
            onClick={() => batch.mutate({ action: act, opinion, items }, { onSuccess: done })}
          >
            {t(`batch.${act}`)}
          </Button>
        </div>
      }
    >
      <p>{t("batch.confirm", { count: items.length, act: t(`acts.${act}`) })}</p>
      <ul className="batch-items">
        {items.map((item) => (
          <li key={idOf(item)}>
            {titleOf(item, say(item.instance.process_title))}{" "}
            <span className="muted number">{item.instance.number}</span>
          </li>
        ))}
      </ul>
      <Labelled label={t(rejects ? "ask.reason" : "ask.opinion")} says={needsReason ? "" : t("ask.optional")}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={opinion}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={rejects ? t("ask.reasonHint") : ""}
            onChange={(event) => setOpinion(event.target.value)}
          />
        )}
      </Labelled>
      <Refusal error={batch.error} />
    </Ask>
  );
}
