import type { ReactNode } from "react";
import "./empty.css";

interface Props {
  title: string;
  says?: string | undefined;
  /** Whether it is all there is on the page, so that its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
}

/** Where there is nothing to show: what that means, and what to do next. */
export function Empty({ title, says, isPage = false, children }: Props) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="empty">
      <Title className="empty-title">{title}</Title>
      {says ? <p className="muted">{says}</p> : null}
      {children}
    </div>
  );
}
