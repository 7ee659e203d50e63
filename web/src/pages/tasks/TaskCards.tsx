import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../app/label.ts";
import { Money } from "../../ui/Money.tsx";
import { actsOf } from "./detail/acts.ts";
import { ForPerson } from "./ForPerson.tsx";
import type { Box } from "./filters.ts";
import { idOf, pathOf, type TodoItem, titleOf } from "./listing.ts";
import { Standing } from "./Standing.tsx";
import { isQuick } from "./useQuick.ts";

interface Props {
  box: Box;
  items: TodoItem[];
  quick: (item: TodoItem) => boolean;
}

/** The list on a phone: a card each, of which the whole is what one presses. */
export function TaskCards({ box, items, quick }: Props) {
  const { t } = useTranslation("tasks");
  return (
    <ul className="task-cards" aria-label={t(`boxes.${box}`)}>
      {items.map((item) => (
        <li key={idOf(item)} className="card">
          <TaskCard box={box} item={item} />
          {box === "open" && isQuick(item) ? <CardActs item={item} quick={quick} /> : null}
        </li>
      ))}
    </ul>
  );
}

function CardActs({ item, quick }: { item: TodoItem; quick: Props["quick"] }) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const title = titleOf(item, say(item.instance.process_title));
  return (
    <div className="task-card-acts">
      <button type="button" className="plain plain-main" onClick={() => quick(item)}>
        {t(`acts.${(item.task && actsOf(item.task).primary) ?? "approve"}`)}
        <span className="visually-hidden"> {title}</span>
      </button>
      <Link className="plain" to={pathOf(item)}>
        {t("cards.look")}
        <span className="visually-hidden"> {title}</span>
      </Link>
    </div>
  );
}

export function TaskCard({ box, item }: { box: Box; item: TodoItem }) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { instance, task } = item;
  return (
    <Link to={pathOf(item)} className="task-card">
      <span className="task-card-head">
        <strong>
          {item.unread ? <span className="tasks-dot" role="img" aria-label={t("row.unread")} /> : null}
          {titleOf(item, say(instance.process_title))}
          <ForPerson item={item} />
        </strong>
        {instance.amount ? (
          <strong>
            <Money amount={instance.amount} unit={instance.currency} />
          </strong>
        ) : null}
      </span>
      <span className="tasks-says muted">
        <span>{task ? say(item.node_title) : say(instance.process_title)}</span>
        <span>{instance.initiator_name}</span>
        <span className="number">{instance.number}</span>
      </span>
      {!task && instance.waiting_for ? <span className="muted">{instance.waiting_for}</span> : null}
      <Standing box={box} item={item} />
    </Link>
  );
}
