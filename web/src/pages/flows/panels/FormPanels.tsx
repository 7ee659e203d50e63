import { DeleteOutlined, LeftOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { addWay, moveWay, removeWay } from "../../../flow/change.ts";
import { wayKey } from "../../../flow/layout.ts";
import { type Json, put, type Step, slotsOf } from "../../../flow/model.ts";
import { titleIn, useWayTitle } from "../../../flow/words.ts";
import { useDesigning, useLang, useStep } from "../designing.ts";
import { Duration } from "./Duration.tsx";
import { Field } from "./Field.tsx";
import { ChoiceSetting, JoinSetting, SwitchSetting, TitleSetting, titled, WhenSetting } from "./Settings.tsx";
import { WhenEditor } from "./WhenEditor.tsx";

/** A fork: its ways in their order, which decides who is asked first. */
export function ForkPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { select } = useDesigning();
  const { step, setAll } = useStep(id);
  const titleOf = useWayTitle();
  const isBranch = typeof step.branch === "string";
  const ways = Array.isArray(step.branches) ? step.branches.length : 0;
  return (
    <>
      <TitleSetting id={id} />
      {isBranch ? <SwitchSetting id={id} field="inclusive" /> : <JoinSetting id={id} />}
      <fieldset className="field">
        <legend>{t(isBranch ? "way.order" : "way.lanes")}</legend>
        {slotsOf(step).map((slot, index) => (
          <div className="way-line" key={slot.name}>
            <Button type="link" size="small" onClick={() => select(wayKey(id, slot.name))}>
              {titleOf(step, slot.name)}
            </Button>
            {index < ways ? (
              <span>
                <Button
                  type="text"
                  size="small"
                  icon={<LeftOutlined aria-hidden="true" />}
                  aria-label={t("way.earlier")}
                  disabled={index === 0}
                  onClick={() => setAll(moveWay(step, index, -1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<RightOutlined aria-hidden="true" />}
                  aria-label={t("way.later")}
                  disabled={index === ways - 1}
                  onClick={() => setAll(moveWay(step, index, 1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden="true" />}
                  aria-label={t("way.remove")}
                  disabled={ways < 2}
                  onClick={() => setAll(removeWay(step, index))}
                />
              </span>
            ) : null}
          </div>
        ))}
        <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAll(addWay(step))}>
          {t(isBranch ? "way.addCondition" : "way.addLane")}
        </Button>
      </fieldset>
      <WhenSetting id={id} />
    </>
  );
}

/** One way of a fork: what it is called and when it is taken. */
export function WayPanel({ id, slot }: { id: string; slot: string }) {
  const { t } = useTranslation("flows");
  const { sentences } = useDesigning();
  const { step, set } = useStep(id);
  const lang = useLang();
  const number = Number(slot);
  const way = Array.isArray(step.branches) ? (step.branches[number] as Step | undefined) : undefined;
  if (typeof step.branch !== "string" || !way)
    return <p className="muted">{t(slot === "otherwise" ? "way.otherwise" : "way.lane")}</p>;
  const change = (field: string, value: Json | undefined) =>
    set("branches", put((step.branches ?? []) as readonly Json[], [number, field], value));
  return (
    <>
      <Field label={t("name")} node={id} field={`branches[${number}].title`}>
        {(input) => (
          <Input
            id={input}
            value={titleIn(way.title, lang)}
            onChange={(event) => change("title", titled(way.title, event.target.value, lang))}
          />
        )}
      </Field>
      <WhenEditor
        label={t("way.when")}
        node={id}
        field={`branches[${number}].when`}
        value={(way.when ?? {}) as Step}
        sentence={sentences[wayKey(id, slot)]}
        onChange={(when) => change("when", when)}
      />
    </>
  );
}

export function EachPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const text = (field: string) => (
    <Field label={t(`each.${field}`)} says={t(`each.${field}Says`)} node={id} field={field}>
      {(input) => (
        <Input
          id={input}
          value={typeof step[field] === "string" ? (step[field] as string) : ""}
          onChange={(event) => set(field, event.target.value || (field === "items" ? "" : undefined))}
        />
      )}
    </Field>
  );
  return (
    <>
      <TitleSetting id={id} />
      {text("items")}
      {text("item_title")}
      {text("item_key")}
      <JoinSetting id={id} />
      <WhenSetting id={id} />
    </>
  );
}

export function WaitPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  const text = (field: string) => (
    <Field label={t(`wait.${field}`)} says={t(`wait.${field}Says`)} node={id} field={field}>
      {(input) => (
        <Input
          id={input}
          value={typeof step[field] === "string" ? (step[field] as string) : ""}
          onChange={(event) => set(field, event.target.value || undefined)}
        />
      )}
    </Field>
  );
  return (
    <>
      <TitleSetting id={id} />
      {step.until ? null : (
        <Field label={t("wait.for")} says={t("wait.forSays")} node={id} field="for">
          {(input) => (
            <Duration
              id={input}
              label={t("wait.for")}
              value={typeof step.for === "string" ? step.for : ""}
              onChange={(long) => set("for", long || undefined)}
            />
          )}
        </Field>
      )}
      {text("event")}
      {step.for ? null : text("until")}
      <WhenSetting id={id} />
    </>
  );
}

export function EndPanel({ id }: { id: string }) {
  return (
    <>
      <TitleSetting id={id} />
      <ChoiceSetting
        id={id}
        field="outcome"
        options={["approved", "rejected", "not_needed"]}
        standard="approved"
      />
      <WhenSetting id={id} />
    </>
  );
}
