import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../app/label.ts";
import { Money } from "../../ui/Money.tsx";
import type { Box } from "../tasks/filters.ts";
import { idOf, pathOf, type TodoItem, titleOf } from "../tasks/listing.ts";
import { Standing } from "../tasks/Standing.tsx";

/** A few matters in a narrow list. */
export function Matters({ box, items }: { box: Box; items: TodoItem[] }) {
  const { t } = useTranslation("home");
  const say = useLabel();
  return (
    <ul className="matters">
      {items.map((item) => {
        const { instance, task } = item;
        return (
          <li key={idOf(item)}>
            <Link to={pathOf(item)} className="matter">
              <span className="matter-head">
                <strong>{titleOf(item, say(instance.process_title))}</strong>
                {instance.amount ? <Money amount={instance.amount} unit={instance.currency} /> : null}
              </span>
              <span className="muted matter-says">
                {task
                  ? `${say(item.node_title)} · ${instance.initiator_name}`
                  : instance.waiting_for
                    ? t("waits", { who: instance.waiting_for })
                    : instance.number}
              </span>
              <Standing box={box} item={item} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
