import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { useMay } from "../../app/session.ts";
import { Refusal } from "../../ui/Refusal.tsx";

type Plan = Schemas["MoveOut"];

const VERDICTS = ["safe", "needs_mapping", "must_stay", "no_answer"] as const;
const SAMPLES = 3;

/** What runs on older versions: how many could go over, why others cannot, and the move itself with its reason. */
export function MovePlan({ process, inForce }: { process: string; inForce: boolean }) {
  const { t } = useTranslation("flows");
  const may = useMay();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const asked = { params: { path: { key: process } } };
  const plan = useMutation({
    mutationFn: (dry: boolean) => {
      const body = { to: "latest", mapping: {}, instances: [], dry_run: dry, reason, limit: 200 };
      return told(api.POST("/api/v1/processes/{key}/move", { ...asked, body }));
    },
    onSuccess: (_plan, dry) => dry || client.invalidateQueries({ queryKey: ["processes"] }),
  });
  if (!may("admin")) return <p className="muted">{t("move.noRight")}</p>;
  const safe = plan.data?.counts.safe ?? 0;
  return (
    <section className="move-plan">
      <h3>{t("move.title")}</h3>
      <p className="muted">{t(inForce ? "move.says" : "move.later")}</p>
      <Refusal error={plan.error} />
      {inForce ? (
        <Button loading={plan.isPending} onClick={() => plan.mutate(true)}>
          {t("move.look")}
        </Button>
      ) : null}
      {plan.data ? <Counts plan={plan.data} /> : null}
      {plan.data?.dry_run && safe ? (
        <>
          <div className="field">
            <label htmlFor="move-reason">{t("move.reason")}</label>
            <Input id="move-reason" value={reason} onChange={(event) => setReason(event.target.value)} />
          </div>
          <Button disabled={!reason.trim()} loading={plan.isPending} onClick={() => plan.mutate(false)}>
            {t("move.go", { count: safe })}
          </Button>
        </>
      ) : null}
    </section>
  );
}

function Counts({ plan }: { plan: Plan }) {
  const { t } = useTranslation("flows");
  if (!plan.items.length) return <p role="status">{t("move.none")}</p>;
  return (
    <dl className="move-counts">
      {VERDICTS.filter((verdict) => plan.counts[verdict]).map((verdict) => (
        <div key={verdict}>
          <dt>{t(`move.${verdict}`, { count: plan.counts[verdict] ?? 0 })}</dt>
          {plan.items
            .filter((one) => one.verdict === verdict)
            .slice(0, SAMPLES)
            .map((one) => (
              <Sample key={one.instance} item={one} />
            ))}
        </div>
      ))}
    </dl>
  );
}

function Sample({ item }: { item: Plan["items"][number] }) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  const notes = [...(item.reasons ?? []), ...(item.changes ?? [])]
    .map((note) => say(note.text))
    .join(t("move.and"));
  return (
    <dd>
      {item.number} {item.moved ? t("move.moved") : null} <span className="muted">{notes}</span>
    </dd>
  );
}
