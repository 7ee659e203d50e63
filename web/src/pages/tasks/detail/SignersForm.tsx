import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { Labelled } from "../../../ui/Labelled.tsx";
import { PeoplePicker } from "../../../ui/PersonPicker.tsx";

type Added = Schemas["Added"];

const PLACES = ["before", "after", "parallel"] as const;
const MODES = ["all", "any", "sequence"] as const;

interface Props {
  value: Added | undefined;
  change: (added: Added) => void;
  except: string[];
}

/** Whom to ask as well, when, how they decide among themselves, and whether that binds. */
export function SignersForm({ value, change, except }: Props) {
  const { t } = useTranslation("tasks");
  const added: Added = value ?? { place: "before", people: [], mode: "all", advisory: false };
  const set = (some: Partial<Added>) => change({ ...added, ...some });
  const several = added.people.length > 1 && added.place !== "parallel";
  return (
    <>
      <Labelled label={t("ask.whom")}>
        {(id) => (
          <PeoplePicker
            id={id}
            value={added.people}
            onChange={(people) => set({ people })}
            except={except}
            placeholder={t("ask.personHint")}
          />
        )}
      </Labelled>
      <fieldset className="labelled">
        <legend>{t("ask.place")}</legend>
        <Radio.Group
          value={added.place}
          optionType="button"
          options={PLACES.map((place) => ({ value: place, label: t(`ask.places.${place}`) }))}
          onChange={(event) => set({ place: event.target.value })}
        />
        <p className="muted">{t(`ask.placeSays.${added.place}`)}</p>
      </fieldset>
      {several ? (
        <fieldset className="labelled">
          <legend>{t("ask.mode")}</legend>
          <Radio.Group
            value={added.mode}
            options={MODES.map((mode) => ({ value: mode, label: t(`ask.modes.${mode}`) }))}
            onChange={(event) => set({ mode: event.target.value })}
          />
        </fieldset>
      ) : null}
      {added.place === "before" ? (
        <fieldset className="labelled">
          <legend>{t("ask.binding")}</legend>
          <Radio.Group
            value={added.advisory}
            options={[
              { value: false, label: t("ask.bindings.binding") },
              { value: true, label: t("ask.bindings.advisory") },
            ]}
            onChange={(event) => set({ advisory: event.target.value })}
          />
        </fieldset>
      ) : null}
    </>
  );
}
