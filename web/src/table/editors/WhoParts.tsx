import { useQuery } from "@tanstack/react-query";
import { Checkbox, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { begunWith, isComplete, narrowed, WAYS, type Way, type WhoSaid, wayOf } from "./who.ts";

interface Props {
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Who it is: by a role, a department, a position, or by name where it must be. */
export function WhoParts({ value, onChange }: Props) {
  const { t } = useTranslation("rules");
  const [said, setSaid] = useState<WhoSaid | null>(wayOf(value) ? (value as WhoSaid) : null);
  const way = wayOf(value) && !said ? wayOf(value) : said ? keyOf(said) : null;
  const choices = useQuery({
    queryKey: ["who-choices"],
    queryFn: () => told(api.GET("/api/v1/who-choices")),
    staleTime: 60_000,
  });

  function change(next: WhoSaid, chosenWay: Way) {
    setSaid(next);
    if (isComplete(next, chosenWay)) onChange(next);
  }

  return (
    <fieldset>
      <legend className="visually-hidden">{t("who.title")}</legend>
      <Select<Way>
        value={way}
        aria-label={t("who.way")}
        placeholder={t("who.way")}
        onChange={(chosen) => change(begunWith(chosen), chosen)}
        options={WAYS.map((one) => ({ value: one, label: t(`who.${one}`) }))}
      />
      {way && said && choices.data ? (
        <Whom way={way} said={said} choices={choices.data} onChange={(next) => change(next, way)} />
      ) : null}
    </fieldset>
  );
}

const keyOf = (said: WhoSaid): Way | null => WAYS.find((way) => way in said) ?? null;

interface WhomProps {
  way: Way;
  said: WhoSaid;
  choices: Schemas["WhoChoices"];
  onChange: (next: WhoSaid) => void;
}

function Whom({ way, said, choices, onChange }: WhomProps) {
  const { t } = useTranslation("rules");
  const options = useOptions(way, choices);
  if (!options.length) return null;
  const role = way === "role" ? choices.roles.find((one) => one.role === said.role) : undefined;
  const where = Object.keys((said.where as Record<string, string> | undefined) ?? {});
  return (
    <>
      <Select
        showSearch
        optionFilterProp="label"
        value={(said[way] as string) || null}
        aria-label={t(`who.${way}`)}
        placeholder={t("choose")}
        onChange={(chosen: string) => onChange({ [way]: chosen })}
        options={options}
      />
      {role?.keys.length ? (
        <Checkbox.Group
          value={where}
          onChange={(keys) => onChange(narrowed(said, keys.map(String)))}
          options={role.keys.map((key) => ({ value: key, label: t("who.byDocument", { key }) }))}
        />
      ) : null}
    </>
  );
}

function useOptions(way: Way, choices: Schemas["WhoChoices"]): { value: string; label: string }[] {
  const { t } = useTranslation("rules");
  const say = useLabel();
  const departments = choices.departments.map((one) => ({ value: one.id, label: one.name }));
  if (way === "role") return choices.roles.map((one) => ({ value: one.role, label: say(one.title) }));
  if (way === "department_head_of")
    return [
      { value: "applicant", label: t("who.applicant") },
      { value: "initiator", label: t("who.initiator") },
      ...departments,
    ];
  if (way === "superior_of")
    return [
      { value: "applicant", label: t("who.applicant") },
      { value: "initiator", label: t("who.initiator") },
    ];
  if (way === "members_of") return departments;
  if (way === "person") return choices.people.map((one) => ({ value: one.id, label: one.name }));
  if (way === "position") return choices.positions.map((one) => ({ value: one, label: one }));
  return [];
}
