import { useMutation } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api, told } from "../../../api/client.ts";
import { useMay, useSession } from "../../../app/session.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { Money } from "../../../ui/Money.tsx";
import { type AbsenceOut, organisationChanged } from "../queries.ts";
import { type State, stateOf } from "./state.ts";
import "./absences.css";

const COLOUR: Record<State, string> = { now: "blue", coming: "default", over: "default" };

/** Absences, each with who acts, for how long and for what. */
export function AbsenceList({ absences }: { absences: AbsenceOut[] }) {
  const { t } = useTranslation("people");
  if (absences.length === 0) return <Empty title={t("absence.none")} says={t("absence.noneSays")} />;
  return (
    <ul className="absences">
      {absences.map((one) => (
        <Line key={one.absence.id} one={one} />
      ))}
    </ul>
  );
}

function Line({ one }: { one: AbsenceOut }) {
  const { t } = useTranslation("people");
  const { absence } = one;
  const state = stateOf(absence.from, absence.to, new Date().toISOString());
  return (
    <li>
      <div className="absence-who">
        <strong>{t("absence.line", { agent: one.agent_name, principal: one.principal_name })}</strong>
        <Tag color={COLOUR[state]}>{t(`absence.states.${state}`)}</Tag>
      </div>
      <div>
        <When at={absence.from} /> – <When at={absence.to} />
      </div>
      <div className="muted">
        <Limits one={one} />
        {absence.note ? `；${absence.note}` : null}
      </div>
      {state === "over" ? null : <End one={one} />}
    </li>
  );
}

function Limits({ one: { absence } }: { one: AbsenceOut }) {
  const { t } = useTranslation("people");
  const processes = absence.processes ?? [];
  return (
    <>
      {processes.length ? processes.join("、") : t("absence.allProcesses")}
      {absence.amount_cap ? (
        <>
          ，{t("absence.upTo")} <Money amount={absence.amount_cap} />
        </>
      ) : null}
      {absence.open_tasks ? `，${t("absence.withOpen")}` : null}
    </>
  );
}

function End({ one }: { one: AbsenceOut }) {
  const { t } = useTranslation("people");
  const { person } = useSession();
  const may = useMay();
  const { message, modal } = App.useApp();
  const end = useMutation({
    mutationFn: () =>
      told(api.DELETE("/api/v1/absences/{absence_id}", { params: { path: { absence_id: one.absence.id } } })),
    onSuccess: async () => {
      await organisationChanged();
      message.success(t("absence.ended"));
    },
    onError: (error) => message.error(error.message),
  });
  if (one.absence.principal !== person.id && !may("admin")) return null;
  const who = { agent: one.agent_name, principal: one.principal_name };
  const ask = () =>
    modal.confirm({
      title: t("absence.endAsk", who),
      content: t("absence.endSays"),
      okText: t("absence.end"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => end.mutate(),
    });
  return (
    <Button danger loading={end.isPending} aria-label={t("absence.endOf", who)} onClick={ask}>
      {t("absence.end")}
    </Button>
  );
}
