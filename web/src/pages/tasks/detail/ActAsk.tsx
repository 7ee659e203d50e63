import { Alert, Button, Checkbox, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { Ask } from "../../../ui/Ask.tsx";
import { Labelled } from "../../../ui/Labelled.tsx";
import { PersonPicker } from "../../../ui/PersonPicker.tsx";
import type { Outcome, Press } from "../press.ts";
import { type Need, needOf, type Task } from "./acts.ts";
import { SignersForm } from "./SignersForm.tsx";
import type { Asking } from "./useActing.ts";

interface Props {
  asking: Asking;
  task: Task | undefined;
  /** Others who are asked at the same step. */
  beside: Task[];
  opinion: string;
  refused: Outcome | null;
  busy: boolean;
  close: () => void;
  press: (of: Asking["of"], act: Press) => void;
}

/** Asks what an act needs to be told, and tells why it was not done. */
export default function ActAsk({ asking, task, beside, opinion, refused, busy, close, press }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { action, of } = asking;
  const need: Need = of === "task" && task ? needOf(action, task) : "reason";
  const [act, setAct] = useState<Press>({ action, opinion });
  const set = (some: Partial<Press>) => setAct((before) => ({ ...before, ...some }));
  const places = task?.back_to ?? [];
  const choosesPlace =
    need === "target" ||
    need === "turning_down" ||
    (action === "reject" && refused !== null && places.length > 0);
  const needsReason =
    action === "advise" || ((action === "reject" || action === "return") && Boolean(task?.opinion_needed));
  const isReady =
    (!needsReason || Boolean(act.opinion?.trim())) &&
    (need !== "person" || Boolean(act.to)) &&
    (need !== "added" || Boolean(act.to)) &&
    (need !== "signers" || Boolean(act.signers?.people.length)) &&
    ((need !== "target" && need !== "turning_down") || Boolean(act.target));
  const turnsDown =
    action === "reject" || action === "return" || action === "withdraw" || action === "revoke";
  return (
    <Ask
      title={t(`acts.${action}`)}
      close={close}
      footer={
        <div className="ask-buttons">
          <Button onClick={close}>{t("ask.cancel")}</Button>
          <Button
            type={turnsDown ? "default" : "primary"}
            danger={turnsDown}
            disabled={!isReady}
            loading={busy}
            onClick={() => press(of, act)}
          >
            {t(`acts.${action}`)}
          </Button>
        </div>
      }
    >
      <div className="ask">
        {t(`does.${action}`, { defaultValue: "" }) ? <p className="muted">{t(`does.${action}`)}</p> : null}
        {refused ? <Alert type="warning" showIcon role="alert" title={say(refused.message)} /> : null}
        {need === "person" ? (
          <Labelled label={t("ask.person")}>
            {(id) => (
              <PersonPicker
                id={id}
                {...(act.to ? { value: act.to } : {})}
                onChange={(to) => set({ to })}
                except={without(task)}
                placeholder={t("ask.personHint")}
              />
            )}
          </Labelled>
        ) : null}
        {need === "signers" ? (
          <SignersForm
            value={act.signers}
            change={(signers: Schemas["Added"]) => set({ signers })}
            except={without(task)}
          />
        ) : null}
        {need === "added" ? <AddedOnes beside={beside} value={act.to} choose={(to) => set({ to })} /> : null}
        {choosesPlace ? (
          <Labelled label={t("ask.target")}>
            {(id) => (
              <Select
                id={id}
                value={act.target ?? null}
                options={places.map((one) => ({ value: one.node, label: say(one.title) }))}
                onChange={(target: string) => set({ target })}
                placeholder={t("detail.choose")}
              />
            )}
          </Labelled>
        ) : null}
        {refused && (choosesPlace || action === "revoke") ? (
          <Checkbox
            checked={act.confirmed ?? false}
            onChange={(event) => set({ confirmed: event.target.checked })}
          >
            {t("ask.confirmed")}
          </Checkbox>
        ) : null}
        <Labelled
          label={t(turnsDown ? "ask.reason" : "ask.opinion")}
          says={needsReason ? "" : t("ask.optional")}
        >
          {(id) => (
            <Input.TextArea
              id={id}
              value={act.opinion ?? ""}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              placeholder={needsReason ? t("ask.reasonHint") : ""}
              onChange={(event) => set({ opinion: event.target.value })}
            />
          )}
        </Labelled>
      </div>
    </Ask>
  );
}

function without(task: Task | undefined): string[] {
  return task ? [task.person] : [];
}

interface AddedProps {
  beside: Task[];
  value: string | undefined;
  choose: (person: string) => void;
}

function AddedOnes({ beside, value, choose }: AddedProps) {
  const { t } = useTranslation("tasks");
  if (!beside.length) return <p>{t("ask.nobodyAdded")}</p>;
  return (
    <Labelled label={t("ask.added")}>
      {(id) => (
        <Select
          id={id}
          value={value ?? null}
          options={beside.map((one) => ({ value: one.person, label: one.name || one.person }))}
          onChange={choose}
          placeholder={t("detail.choose")}
        />
      )}
    </Labelled>
  );
}
