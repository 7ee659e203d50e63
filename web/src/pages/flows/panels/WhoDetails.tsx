import { Checkbox, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import { STRATEGIES, wayOf, withStrategy } from "../who.ts";
import { stepsOfPeople, withOwn } from "../words.ts";
import { Field } from "./Field.tsx";
import { Pairs } from "./Pairs.tsx";
import { Pick } from "./Pick.tsx";

const LEVELS = ["1", "2", "3", "4", "5"];

/** Which of the people meant: by scope, skill, post and region, and one of them by a strategy. */
export function WhoDetails({ who, onChange }: { who: Step; onChange: (who: Step) => void }) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const way = wayOf(who);
  const put = (field: string, value: Step[string]) => onChange({ ...who, [field]: value });
  const text = (field: string) => (typeof who[field] === "string" ? (who[field] as string) : "");
  return (
    <details className="more">
      <summary>{t("who.details")}</summary>
      {way === "role" ? (
        <>
          <Pairs
            label={t("who.where")}
            says={t("who.whereSays")}
            value={(who.where ?? {}) as Step}
            onChange={(where) => put("where", where)}
          />
          <Checkbox
            checked={who.closest === true}
            onChange={(event) => put("closest", event.target.checked || undefined)}
          >
            {t("who.closest")}
          </Checkbox>
        </>
      ) : null}
      {way === "from" ? null : (
        <>
          {way === "skill" ? null : (
            <Field label={t("who.ways.skill")}>
              {(id) => (
                <Pick
                  id={id}
                  clear
                  value={text("skill")}
                  choices={withOwn(words.skills, who.skill)}
                  onPick={(skill) => onChange({ ...who, skill, level: skill ? who.level : undefined })}
                />
              )}
            </Field>
          )}
          {who.skill ? (
            <Field label={t("who.level")}>
              {(id) => (
                <Pick
                  id={id}
                  clear
                  value={who.level ? String(who.level) : undefined}
                  choices={LEVELS.map((level) => ({ value: level, label: t("who.levelOf", { level }) }))}
                  onPick={(level) => put("level", level ? Number(level) : undefined)}
                />
              )}
            </Field>
          ) : null}
          <Field label={t("who.region")} says={t("who.regionSays")}>
            {(id) => (
              <Input
                id={id}
                value={text("region")}
                onChange={(event) => put("region", event.target.value || undefined)}
              />
            )}
          </Field>
        </>
      )}
      <Strategy who={who} onChange={onChange} />
    </details>
  );
}

function Strategy({ who, onChange }: { who: Step; onChange: (who: Step) => void }) {
  const { t } = useTranslation("flows");
  const drawing = useDrawing();
  const lang = useLang();
  const put = (field: string, value: Step[string]) => onChange({ ...who, [field]: value });
  const weights = (who.weights ?? {}) as Step;
  const strategy = typeof who.strategy === "string" ? who.strategy : undefined;
  return (
    <>
      <Field label={t("who.strategy")} says={t("who.strategySays")}>
        {(id) => (
          <Pick
            id={id}
            clear
            value={strategy}
            placeholder={t("who.nobodyChosen")}
            choices={STRATEGIES.map((one) => ({ value: one, label: t(`who.strategies.${one}`) }))}
            onPick={(picked) => onChange(withStrategy(who, picked))}
          />
        )}
      </Field>
      {strategy === "sticky" ? (
        <Field label={t("who.same")} says={t("who.sameSays")}>
          {(id) => (
            <Input
              id={id}
              value={typeof who.same === "string" ? who.same : ""}
              onChange={(event) => onChange({ ...who, same: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {strategy === "weighted"
        ? ["skill", "load", "recency"].map((name) => (
            <Field key={name} label={t(`who.weights.${name}`)}>
              {(id) => (
                <InputNumber
                  id={id}
                  min={0}
                  max={100}
                  value={typeof weights[name] === "number" ? weights[name] : 0}
                  onChange={(weight) => onChange({ ...who, weights: { ...weights, [name]: weight ?? 0 } })}
                />
              )}
            </Field>
          ))
        : null}
      {strategy ? (
        <Field label={t("who.apart")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              className="pick"
              value={Array.isArray(who.apart_from) ? (who.apart_from as string[]) : []}
              options={[
                { value: "initiator", label: t("who.ways.initiator") },
                ...stepsOfPeople(drawing, lang),
              ]}
              onChange={(steps: string[]) => put("apart_from", steps.length ? steps : undefined)}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
