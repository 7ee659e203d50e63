import { Alert } from "antd";
import { Refused } from "../api/client.ts";
import { useLabel } from "../app/label.ts";

interface Props {
  error: unknown;
  /** Whether it is all there is on the page, so that it is the page's heading as well. */
  isPage?: boolean;
}

/** Why the server did not do it, in its own words; what did not reach it is told as it is. */
export function Refusal({ error, isPage = false }: Props) {
  const say = useLabel();
  if (!error) return null;
  const title = error instanceof Refused ? say(error.problem.message) : String(error);
  const fields = error instanceof Refused ? (error.problem.fields ?? []) : [];
  return (
    <>
      {isPage ? <h1 className="visually-hidden">{title}</h1> : null}
      <Alert
        type="error"
        showIcon
        role="alert"
        title={title}
        description={fields.length ? fields.map((one) => `${one.field}: ${one.wrong}`).join("；") : undefined}
      />
    </>
  );
}
