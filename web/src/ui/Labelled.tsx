import { type ReactNode, useId } from "react";
import "./labelled.css";

interface Props {
  label: string;
  says?: string;
  /** The control; it takes the id that the label names. */
  children: (id: string) => ReactNode;
}

/** A control under its label. */
export function Labelled({ label, says, children }: Props) {
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>
        {label} {says ? <span className="muted">{says}</span> : null}
      </label>
      {children(id)}
    </div>
  );
}
