import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Json, Step } from "../../../flow/model.ts";
import { Duration } from "./Duration.tsx";
import { Group } from "./Field.tsx";
import { Pick } from "./Pick.tsx";
import { WhoRow } from "./WhoEditor.tsx";

const DEEDS = ["remind", "superior", "admin", "transfer", "pass", "reject", "return"] as const;
const BEGUN: Step = { after: "8h", ladder: ["remind", "superior"] };

/** By when it has to be done, and what happens, one after another, when it is not. */
export function DeadlineEditor({
  node,
  value,
  onChange,
}: {
  node: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const { t } = useTranslation("flows");
  const deadline = value && typeof value === "object" && !Array.isArray(value) ? (value as Step) : null;
  const ladder = Array.isArray(deadline?.ladder) ? (deadline.ladder as readonly Json[]) : [];
  const put = (more: Step) => onChange({ ...deadline, ...more });
  return (
    <Group label={t("deadline.title")} node={node} field="deadline">
      <span className="switch-row">
        <Switch
          size="small"
          aria-label={t("deadline.has")}
          checked={deadline !== null}
          onChange={(on) => onChange(on ? BEGUN : undefined)}
        />
        <span>{t(deadline ? "deadline.has" : "deadline.none")}</span>
      </span>
      {deadline ? (
        <>
          <div className="deadline-row">
            <Duration
              label={t("deadline.after")}
              value={String(deadline.after ?? "")}
              onChange={(after) => put({ after })}
            />
            <Pick
              label={t("deadline.calendar")}
              value={deadline.calendar === "clock" ? "clock" : "work"}
              choices={["work", "clock"].map((one) => ({
                value: one,
                label: t(`deadline.calendars.${one}`),
              }))}
              onPick={(calendar) => put({ calendar: calendar ?? "work" })}
            />
          </div>
          <p className="field-says muted">{t("deadline.then")}</p>
          {ladder.map((rung, index) => (
            <Rung
              // biome-ignore lint/suspicious/noArrayIndexKey: rungs have no names, only an order
              key={index}
              rung={rung}
              first={index === 0}
              onChange={(next) =>
                put({ ladder: ladder.map((one, number) => (number === index ? next : one)) })
              }
              onRemove={
                ladder.length > 1
                  ? () => put({ ladder: ladder.filter((_, number) => number !== index) })
                  : undefined
              }
            />
          ))}
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => put({ ladder: [...ladder, "superior"] })}
          >
            {t("deadline.more")}
          </Button>
        </>
      ) : null}
    </Group>
  );
}

interface RungProps {
  rung: Json;
  first: boolean;
  onChange: (rung: Json) => void;
  onRemove: (() => void) | undefined;
}

function Rung({ rung, first, onChange, onRemove }: RungProps) {
  const { t } = useTranslation("flows");
  const said: Step = typeof rung === "string" ? { do: rung } : ((rung ?? {}) as Step);
  const deed = String(said.do ?? "remind");
  return (
    <div className="rung">
      {first ? null : (
        <Duration
          label={t("deadline.rungAfter")}
          value={typeof said.after === "string" ? said.after : ""}
          placeholder={t("deadline.asLong")}
          onChange={(after) => onChange({ ...said, after: after || undefined })}
        />
      )}
      <Pick
        label={t("deadline.deed")}
        value={deed}
        choices={DEEDS.map((one) => ({ value: one, label: t(`deadline.deeds.${one}`) }))}
        onPick={(picked) =>
          onChange({
            ...said,
            do: picked ?? "remind",
            to: picked === "transfer" ? (said.to ?? {}) : undefined,
          })
        }
      />
      {onRemove ? (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden="true" />}
          aria-label={t("deadline.remove")}
          onClick={onRemove}
        />
      ) : null}
      {deed === "transfer" ? (
        <WhoRow who={(said.to ?? {}) as Step} onChange={(to) => onChange({ ...said, to })} />
      ) : null}
    </div>
  );
}
