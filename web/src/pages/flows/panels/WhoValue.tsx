import { Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { Step } from "../../../flow/model.ts";
import { useDesigning, useDrawing, useLang } from "../designing.ts";
import type { Way } from "../who.ts";
import { type Choice, documentFields, stepsOfPeople, type Words, whoFound, withOwn } from "../words.ts";
import { Pick } from "./Pick.tsx";

/** Which role, which department, which rule …: what goes with a way of saying who. */
export function WhoValue({ way, who, onChange }: { way: Way; who: Step; onChange: (who: Step) => void }) {
  const { t } = useTranslation("flows");
  const { words } = useDesigning();
  const drawing = useDrawing();
  const lang = useLang();
  if (way === "initiator" || way === "process_owner") return null;
  const own = typeof who[way] === "string" ? (who[way] as string) : "";
  const put = (value: string | undefined) => onChange({ ...who, [way]: value ?? "" });
  if (way === "department_head_of" || way === "superior_of")
    return (
      <Above
        way={way}
        who={who}
        onChange={onChange}
        choices={documentFields(drawing, words, lang).map(asChoice)}
      />
    );
  const choices: Choice[] =
    way === "from"
      ? whoFound(drawing, words, lang)
      : way === "did"
        ? stepsOfPeople(drawing, lang)
        : listed(way, words);
  if (!choices.length && way !== "from")
    return (
      <Input aria-label={t(`who.ways.${way}`)} value={own} onChange={(event) => put(event.target.value)} />
    );
  return (
    <Pick
      label={t(`who.ways.${way}`)}
      value={own}
      placeholder={t(`who.which.${way}`)}
      choices={withOwn(choices, own)}
      onPick={put}
    />
  );
}

const asChoice = (field: { path: string; title: string }): Choice => ({
  value: field.path,
  label: field.title,
});

function listed(way: Way, words: Words): Choice[] {
  const lists: Partial<Record<Way, Choice[]>> = {
    role: words.roles,
    members_of: words.departments,
    person: words.people,
    skill: words.skills,
    position: words.positions,
  };
  return lists[way] ?? [];
}

/** The head or the superior: of whom, and how many levels up. */
function Above({
  way,
  who,
  onChange,
  choices,
}: {
  way: Way;
  who: Step;
  onChange: (who: Step) => void;
  choices: Choice[];
}) {
  const { t } = useTranslation("flows");
  const drawing = useDrawing();
  const initiator = String(((drawing.document ?? {}) as Step).initiator || "applicant");
  const people = [
    { value: initiator, label: t("who.applicant") },
    ...choices.filter((one) => one.value !== initiator),
  ];
  return (
    <div className="who-above">
      <Pick
        label={t("who.ofWhom")}
        value={String(who[way] ?? "")}
        choices={withOwn(people, who[way])}
        onPick={(value) => onChange({ ...who, [way]: value ?? initiator })}
      />
      <InputNumber
        aria-label={t("who.up")}
        min={1}
        max={10}
        value={typeof who.up === "number" ? who.up : 1}
        suffix={t("who.levels")}
        onChange={(up) => onChange({ ...who, up: up && up > 1 ? up : undefined })}
      />
    </div>
  );
}
