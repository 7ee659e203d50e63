import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

const GAP = 4;
const OF_THE_EDITOR = ".cell-popup, .ant-select-dropdown, .ant-picker-dropdown";

interface Props {
  /** The id of the cell below which it stands, or above where there is no room below. */
  cell: string;
  /** Somebody pressed elsewhere. */
  onLeave: () => void;
  children: ReactNode;
}

/** An editor beside its cell, above everything else, so that the grid cannot cut it off. */
export function CellPopup({ cell, onLeave, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: 0 });

  useLayoutEffect(() => {
    const put = () => {
      const at = document.getElementById(cell)?.getBoundingClientRect();
      const own = popup.current?.getBoundingClientRect();
      if (!at || !own) return;
      const isBelow = at.bottom + GAP + own.height <= innerHeight;
      const top = isBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - own.height);
      const left = Math.max(GAP, Math.min(at.left, innerWidth - own.width - GAP));
      setPlace((now) => (now.left === left && now.top === top ? now : { left, top }));
    };
    put();
    const grown = new ResizeObserver(put);
    if (popup.current) grown.observe(popup.current);
    addEventListener("scroll", put, { capture: true, passive: true });
    addEventListener("resize", put);
    return () => {
      grown.disconnect();
      removeEventListener("scroll", put, { capture: true });
      removeEventListener("resize", put);
    };
  }, [cell]);

  const pressed = useEffectEvent((event: PointerEvent) => {
    if (event.target instanceof Element && !event.target.closest(OF_THE_EDITOR)) onLeave();
  });
  useEffect(() => {
    const press = (event: PointerEvent) => pressed(event);
    document.addEventListener("pointerdown", press, { capture: true });
    return () => document.removeEventListener("pointerdown", press, { capture: true });
  }, []);

  return createPortal(
    <div ref={popup} className="cell-popup card" style={place}>
      {children}
    </div>,
    document.body,
  );
}
