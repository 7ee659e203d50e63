import type { ReactNode } from "react";
import "./page-head.css";

interface Props {
  title: string;
  says?: string | undefined;
  children?: ReactNode;
}

/** The head of a page: its one h1, and what can be done on it. */
export function PageHead({ title, says, children }: Props) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {says ? <p className="muted">{says}</p> : null}
      </div>
      {children ? <div className="page-head-acts">{children}</div> : null}
    </header>
  );
}
