import { Drawer, Modal } from "antd";
import type { ReactNode } from "react";
import { useWidth } from "../app/width.ts";

interface Props {
  title: string;
  close: () => void;
  children: ReactNode;
  /** The buttons, at the bottom where a thumb is. */
  footer?: ReactNode;
}

/** Asks or shows something over the page: a dialog, on a phone a sheet from below. Open as long as it is there. */
export function Ask({ title, close, children, footer }: Props) {
  const width = useWidth();
  if (width === "phone") {
    return (
      <Drawer
        open
        placement="bottom"
        size="auto"
        title={title}
        onClose={close}
        footer={footer ?? null}
        styles={{ wrapper: { maxHeight: "88dvh" } }}
      >
        {children}
      </Drawer>
    );
  }
  return (
    <Modal open title={title} onCancel={close} footer={footer ?? null} destroyOnHidden>
      {children}
    </Modal>
  );
}
