import { CloseOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Ask } from "../../ui/Ask.tsx";
import { Labelled } from "../../ui/Labelled.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { addressOf, type Filters } from "./filters.ts";
import { useViews } from "./useViews.ts";

const LONGEST = 40;

/** Lists that one looks at often, each under a name of one's own. */
export default function Views({ filters }: { filters: Filters }) {
  const { t } = useTranslation("tasks");
  const { message } = App.useApp();
  const { views, keep, remove } = useViews();
  const [saving, setSaving] = useState(false);
  const here = addressOf(filters);
  const isKept = views.some((view) => view.query === here);
  if (!views.length && !here) return null;
  return (
    <nav className="views" aria-label={t("views.label")}>
      {views.map((view) => (
        <span key={view.name} className="view">
          <Link to={`/tasks?${view.query}`} aria-current={view.query === here ? "page" : undefined}>
            {view.name}
          </Link>
          <button
            type="button"
            aria-label={t("views.remove", { name: view.name })}
            onClick={() =>
              remove.mutate(view.name, {
                onSuccess: () => void message.success(t("views.removed", { name: view.name })),
              })
            }
          >
            <CloseOutlined aria-hidden="true" />
          </button>
        </span>
      ))}
      {here && !isKept ? (
        <button type="button" className="plain" onClick={() => setSaving(true)}>
          {t("views.save")}
        </button>
      ) : null}
      {saving ? (
        <Save
          error={keep.error}
          close={() => setSaving(false)}
          save={(name) =>
            keep.mutate(
              { name, query: here },
              {
                onSuccess: () => {
                  setSaving(false);
                  void message.success(t("views.saved", { name }));
                },
              },
            )
          }
        />
      ) : null}
    </nav>
  );
}

interface SaveProps {
  error: unknown;
  close: () => void;
  save: (name: string) => void;
}

function Save({ error, close, save }: SaveProps) {
  const { t } = useTranslation("tasks");
  const [name, setName] = useState("");
  return (
    <Ask
      title={t("views.saveTitle")}
      close={close}
      footer={
        <div className="ask-buttons">
          <Button onClick={close}>{t("ask.cancel")}</Button>
          <Button type="primary" disabled={!name.trim()} onClick={() => save(name.trim())}>
            {t("views.save")}
          </Button>
        </div>
      }
    >
      <p className="muted">{t("views.says")}</p>
      <Labelled label={t("views.name")}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={LONGEST}
            placeholder={t("views.nameHint")}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && save(name.trim())}
          />
        )}
      </Labelled>
      <Refusal error={error} />
    </Ask>
  );
}
