import type { ReactNode } from "react";
import "./empty.css";

interface Props {
  title: string;
  says?: string | undefined;
  children?: ReactNode;
}

/** Where there is nothing to show: what that means, and what to do next. */
export function Empty({ title, says, children }: Props) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {says ? <p className="muted">{says}</p> : null}
      {children}
    </div>
  );
}
