import { Alert } from "antd";
import { Refused } from "../api/client.ts";
import { useLabel } from "../app/label.ts";

/** Why the server did not do it, in its own words; what did not reach it is told as it is. */
export function Refusal({ error }: { error: unknown }) {
  const say = useLabel();
  if (!error) return null;
  const title = error instanceof Refused ? say(error.problem.message) : String(error);
  const fields = error instanceof Refused ? (error.problem.fields ?? []) : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={fields.length ? fields.map((one) => `${one.field}: ${one.wrong}`).join("；") : undefined}
    />
  );
}
