import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { Empty } from "../../../ui/Empty.tsx";
import type { InstanceView } from "../asked.ts";
import { restOf } from "./document.ts";

/** The document as it was last read: what its card shows, then every other field that this person may see. */
export function DocumentFields({ instance }: { instance: InstanceView }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const rest = restOf(instance.fields ?? {}, instance.card_fields ?? []);
  const { system, kind, id } = instance.document;
  if (!instance.card?.length && rest.length === 0) {
    return <Empty title={t("document.none")} says={t("document.noneSays")} />;
  }
  return (
    <section className="card trace-document" aria-label={t("instance.views.document")}>
      <p className="muted">{t("document.from", { system, kind, id })}</p>
      <dl className="trace-facts">
        {instance.card?.map(([label, value]) => (
          <div key={say(label)}>
            <dt>{say(label)}</dt>
            <dd>{say(value)}</dd>
          </div>
        ))}
        {rest.map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
