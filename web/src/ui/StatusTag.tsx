import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { type Stateful, type Tone, toneOf } from "./states.ts";
import "./status-tag.css";

const SIGNS: Record<Tone, ComponentType> = {
  going: ClockCircleOutlined,
  good: CheckCircleOutlined,
  attention: ExclamationCircleOutlined,
  bad: CloseCircleOutlined,
  quiet: MinusCircleOutlined,
};

/** The state of an instance, a task or an effect: its word, a sign and a colour. */
export function StateTag({ of, state }: { of: Stateful; state: string }) {
  const { t } = useTranslation("states");
  const tone = toneOf(of, state);
  const Sign = SIGNS[tone];
  return (
    <span className={`status-tag status-${tone}`}>
      <Sign aria-hidden="true" />
      {t(`${of}.${state}`, { defaultValue: state })}
    </span>
  );
}

/** How an instance stands: once it is over, what came out. */
export function StatusTag({ status, outcome }: { status: string; outcome?: string | null | undefined }) {
  if (status === "finished" && outcome) return <StateTag of="outcome" state={outcome} />;
  return <StateTag of="status" state={status} />;
}
