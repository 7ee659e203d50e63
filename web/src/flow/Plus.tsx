import { PlusOutlined } from "@ant-design/icons";
import type { NodeProps } from "@xyflow/react";
import { Popover } from "antd";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { InsertMenu } from "./InsertMenu.tsx";
import { useJobs } from "./jobs.ts";
import type { Spot } from "./model.ts";

export interface PlusData extends Record<string, unknown> {
  spot: Spot;
  isOpen: boolean;
}

/** A gap between two steps: press it to put one there, or drop one on it. */
export const Plus = memo(
  ({ id, data }: NodeProps & { data: PlusData }) => {
    const { menu } = useJobs();
    if (!data.isOpen) return <PlusButton id={id} data={data} />;
    return (
      <Popover
        open
        trigger="click"
        placement="rightTop"
        content={<InsertMenu spot={data.spot} onDone={() => menu.open(null)} />}
        onOpenChange={(open) => !open && menu.open(null)}
      >
        <span>
          <PlusButton id={id} data={data} />
        </span>
      </Popover>
    );
  },
  (before, after) => before.id === after.id && before.data === after.data,
);

function PlusButton({ id, data }: { id: string; data: PlusData }) {
  const { t } = useTranslation("flow");
  const { menu, drag } = useJobs();
  const [isOver, setOver] = useState(false);
  return (
    <button
      type="button"
      className={`flow-plus ${isOver ? "flow-plus-over" : ""} nopan nodrag`}
      aria-label={t("add")}
      aria-haspopup="menu"
      aria-expanded={data.isOpen}
      data-key={id}
      onClick={() => menu.open(data.isOpen ? null : id)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        drag.drop(data.spot);
      }}
    >
      <PlusOutlined aria-hidden="true" />
    </button>
  );
}
