import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLabel } from "../../app/label.ts";
import { Money } from "../../ui/Money.tsx";
import { Person } from "../../ui/Person.tsx";
import { ForPerson } from "./ForPerson.tsx";
import type { Box } from "./filters.ts";
import { idOf, pathOf, type TodoItem, titleOf } from "./listing.ts";
import { Standing } from "./Standing.tsx";

interface Props {
  box: Box;
  items: TodoItem[];
  current: string | null;
  chosen: ReadonlySet<string>;
  /** Null where a line opens its own page. */
  show: ((id: string) => void) | null;
  toggle: (id: string) => void;
}

/** The list where there is room for columns. */
export function TaskTable({ box, items, current, chosen, show, toggle }: Props) {
  const { t } = useTranslation("tasks");
  const selects = box === "open";
  return (
    <table className={box === "copied" ? "tasks card tasks-copied" : "tasks card"}>
      <caption className="visually-hidden">{t(`boxes.${box}`)}</caption>
      <thead>
        <tr>
          {selects ? (
            <th scope="col" className="tasks-select">
              <span className="visually-hidden">{t("columns.select")}</span>
            </th>
          ) : null}
          <th scope="col">{t("columns.what")}</th>
          <th scope="col">{t(box === "started" ? "columns.where" : "columns.step")}</th>
          {box === "started" ? null : <th scope="col">{t("columns.initiator")}</th>}
          <th scope="col" className="tasks-amount">
            {t("columns.amount")}
          </th>
          <th scope="col">{t(box === "done" ? "columns.result" : "columns.time")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row
            key={idOf(item)}
            box={box}
            item={item}
            isCurrent={idOf(item) === current}
            isChosen={chosen.has(idOf(item))}
            show={show}
            toggle={toggle}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<Props, "box" | "show" | "toggle"> {
  item: TodoItem;
  isCurrent: boolean;
  isChosen: boolean;
}

function Row({ box, item, isCurrent, isChosen, show, toggle }: RowProps) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const { instance, task } = item;
  const process = say(instance.process_title);
  const step = task ? say(item.node_title) : "";
  const title = titleOf(item, process);
  return (
    <tr
      ref={row}
      className={isCurrent ? "tasks-row tasks-current" : "tasks-row"}
      onClick={() => show?.(idOf(item))}
    >
      {box === "open" ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the press on the box from opening the row
        <td className="tasks-select" onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            checked={isChosen}
            disabled={!item.batch}
            aria-label={t("row.select", { title })}
            onChange={() => toggle(idOf(item))}
          />
        </td>
      ) : null}
      <td className="tasks-what">
        <Link
          to={pathOf(item)}
          className="tasks-title"
          aria-current={isCurrent ? "true" : undefined}
          onClick={(event) => {
            if (!show || event.metaKey || event.ctrlKey) return;
            event.preventDefault();
          }}
        >
          {title}
        </Link>
        <ForPerson item={item} />
        {item.unread ? <span className="tasks-unread">{t("row.unread")}</span> : null}
        <div className="tasks-says muted">
          <span className="number">{instance.number}</span>
          {process === step ? null : <span>{process}</span>}
          <span>{instance.system}</span>
        </div>
      </td>
      <td className={task ? undefined : "tasks-what"}>{step || instance.waiting_for || "—"}</td>
      {box === "started" ? null : (
        <td>
          <Person name={instance.initiator_name} />
        </td>
      )}
      <td className="tasks-amount">
        {instance.amount ? <Money amount={instance.amount} unit={instance.currency} /> : "—"}
      </td>
      <td>
        <Standing box={box} item={item} />
      </td>
    </tr>
  );
}
