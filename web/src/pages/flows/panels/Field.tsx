import { type ReactNode, useId } from "react";
import { useFault } from "../designing.ts";

interface Props {
  label: string;
  /** Under the label: what it means, where the word alone does not say it. */
  says?: string | undefined;
  /** The step and its field, for what is wrong with it. */
  node?: string | null;
  field?: string;
  children: (id: string) => ReactNode;
}

/** One setting: its label, its control, and what is wrong with it. */
export function Field({ label, says, node = null, field = "", children }: Props) {
  const id = useId();
  const found = useFault(node, field);
  const fault = field ? found : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {says ? <p className="field-says muted">{says}</p> : null}
      {children(id)}
      {fault ? (
        <p className="field-fault" role="status">
          {fault}
        </p>
      ) : null}
    </div>
  );
}

/** Several settings under one head; its controls have labels of their own. */
export function Group({
  label,
  says,
  node = null,
  field = "",
  children,
}: Omit<Props, "children"> & { children: ReactNode }) {
  const found = useFault(node, field);
  const fault = field ? found : undefined;
  return (
    <fieldset className="field">
      <legend>{label}</legend>
      {says ? <p className="field-says muted">{says}</p> : null}
      {children}
      {fault ? (
        <p className="field-fault" role="status">
          {fault}
        </p>
      ) : null}
    </fieldset>
  );
}
