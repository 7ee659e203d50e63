import { CheckCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../app/label.ts";
import { Ask } from "../../ui/Ask.tsx";
import { type ItemOutcome, isThrough } from "./batches.ts";
import { idOf, type TodoItem, titleOf } from "./listing.ts";

interface Props {
  items: TodoItem[];
  said: ItemOutcome[];
  close: () => void;
}

/** What became of each task, and why one was left alone. */
export function BatchResults({ items, said, close }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const through = said.filter(isThrough).length;
  return (
    <Ask
      title={t("batch.results")}
      close={close}
      footer={
        <Button type="primary" onClick={close}>
          {t("batch.close")}
        </Button>
      }
    >
      <p role="status">{t("batch.summary", { through, left: said.length - through })}</p>
      <ul className="batch-results">
        {said.map((one) => {
          const item = items.find((each) => idOf(each) === one.id);
          const isDone = isThrough(one);
          return (
            <li key={one.id} className={isDone ? "batch-through" : "batch-left"}>
              {isDone ? (
                <CheckCircleOutlined aria-hidden="true" />
              ) : (
                <ExclamationCircleOutlined aria-hidden="true" />
              )}
              <div>
                <strong>{item ? titleOf(item, say(item.instance.process_title)) : one.id}</strong>{" "}
                <span className="muted number">{item?.instance.number}</span>
                <div className="muted">{say(one.skipped ?? one.outcome?.message)}</div>
              </div>
            </li>
          );
        })}
      </ul>
    </Ask>
  );
}
