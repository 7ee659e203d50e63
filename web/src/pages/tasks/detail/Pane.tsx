import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/Empty.tsx";
import type { Box } from "../filters.ts";
import type { TodoItem } from "../listing.ts";
import { Detail } from "./Detail.tsx";
import type { Handle } from "./handle.ts";

interface Props {
  box: Box;
  /** The line that is chosen; it may have left the list already. */
  item: TodoItem | undefined;
  id: string | null;
  handle: Ref<Handle>;
  left: (id: string) => void;
}

/** What is chosen in the list, beside it. */
export default function Pane({ box, item, id, handle, left }: Props) {
  const { t } = useTranslation("tasks");
  const isInstance = item ? item.task === null : box === "started";
  return (
    <section className="pane card" aria-label={t("pane")}>
      {id ? (
        <Detail
          key={id}
          task={isInstance ? null : id}
          instance={isInstance ? id : (item?.instance.id ?? null)}
          handle={handle}
          left={() => left(id)}
          heading="h2"
        />
      ) : (
        <Empty title={t("choose.title")} says={t("choose.says")} />
      )}
    </section>
  );
}
