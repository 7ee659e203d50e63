import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWidth } from "../../../app/width.ts";
import { Ask } from "../../../ui/Ask.tsx";
import type { Action } from "./acts.ts";

interface Props {
  choices: { action: Action; of: "task" | "instance" }[];
  start: (action: Action, of: "task" | "instance") => void;
}

/** The acts that are seldom needed, each with what it does. */
export function More({ choices, start }: Props) {
  const { t } = useTranslation("tasks");
  const width = useWidth();
  const [open, setOpen] = useState(false);
  const list = (
    <ul className="act-list">
      {choices.map(({ action, of }) => (
        <li key={action}>
          <button
            type="button"
            onClick={() => {
              setOpen(false);
              start(action, of);
            }}
          >
            <strong>{t(`acts.${action}`)}</strong>
            <span className="muted">{t(`does.${action}`, { defaultValue: "" })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
  const button = (
    <Button
      size="large"
      icon={<EllipsisOutlined />}
      aria-expanded={open}
      {...(width === "phone" ? { onClick: () => setOpen(true) } : {})}
    >
      {t("bar.more")}
    </Button>
  );
  if (width !== "phone") {
    return (
      <Popover
        trigger="click"
        placement="topLeft"
        arrow={false}
        open={open}
        onOpenChange={setOpen}
        content={list}
      >
        {button}
      </Popover>
    );
  }
  return (
    <>
      {button}
      {open ? (
        <Ask title={t("bar.more")} close={() => setOpen(false)}>
          {list}
        </Ask>
      ) : null}
    </>
  );
}
