import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import type { Task } from "./acts.ts";
import type { InstanceView } from "./asked.ts";
import { type CardField, changesOf, textOf, titleOfField, wordOf } from "./fields.ts";

interface Props {
  view: InstanceView;
  task: Task | undefined;
  card: readonly CardField[];
  /** The server left a press alone because of it. */
  isStale: boolean;
}

/** What is different in the document since the reader saw it, until they say that they have seen it. */
export function Changed({ view, task, card, isStale }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const [seen, setSeen] = useState(view.fields);
  const changes = task?.state === "open" ? changesOf(seen, view.fields) : [];
  if (!changes.length) return null;
  const named = (field: string) => say(titleOfField(card, field)) || field;
  const words = (field: string, value: unknown) =>
    say(wordOf(card, field, value)) || textOf(value) || t("outcome.empty");
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t(isStale ? "outcome.staleTitle" : "outcome.changedTitle")}
      description={
        <ul className="changes">
          {changes.map(({ field, before, after }) => (
            <li key={field}>
              {named(field)} <del>{words(field, before)}</del> → <ins>{words(field, after)}</ins>
            </li>
          ))}
        </ul>
      }
      action={
        <Button size="small" onClick={() => setSeen(view.fields)}>
          {t("outcome.seen")}
        </Button>
      }
    />
  );
}
