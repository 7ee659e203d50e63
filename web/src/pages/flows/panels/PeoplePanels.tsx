import { useTranslation } from "react-i18next";
import { useStep } from "../designing.ts";
import { DeadlineEditor } from "./DeadlineEditor.tsx";
import { FieldRights } from "./FieldRights.tsx";
import { ChoiceSetting, EstimateSetting, TitleSetting, WhenSetting } from "./Settings.tsx";
import { WhoEditor } from "./WhoEditor.tsx";

/** Somebody does something. */
export function WorkPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  return (
    <>
      <TitleSetting id={id} />
      <WhoEditor node={id} label={t("who.works")} value={step.who} onChange={(who) => set("who", who)} />
      <ChoiceSetting id={id} field="assign" options={["everyone", "claim", "random"]} standard="everyone" />
      <DeadlineEditor node={id} value={step.deadline} onChange={(deadline) => set("deadline", deadline)} />
      <WhenSetting id={id} />
      <details className="more">
        <summary>{t("fields.title")}</summary>
        <FieldRights node={id} value={step.fields} onChange={(fields) => set("fields", fields)} />
      </details>
      <details className="more">
        <summary>{t("more.title")}</summary>
        <EstimateSetting id={id} />
      </details>
    </>
  );
}

/** Somebody is told. */
export function CcPanel({ id }: { id: string }) {
  const { t } = useTranslation("flows");
  const { step, set } = useStep(id);
  return (
    <>
      <TitleSetting id={id} />
      <WhoEditor node={id} label={t("who.told")} value={step.who} onChange={(who) => set("who", who)} />
      <WhenSetting id={id} />
      <details className="more">
        <summary>{t("fields.title")}</summary>
        <FieldRights node={id} value={step.fields} seenOnly onChange={(fields) => set("fields", fields)} />
      </details>
    </>
  );
}
