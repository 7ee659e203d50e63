import { api, type Schemas, told } from "../../../api/client.ts";
import type { Outcome } from "../press.ts";
import type { Action } from "./acts.ts";
import type { InstanceView } from "./asked.ts";

type Process = Schemas["ReleaseOut"]["process"];

/** What an initiator may ask of their own instance; whether it is possible now, the server says. */
export function actsOfInitiator(view: InstanceView, process: Process | undefined): Action[] {
  if (view.status === "finished" || view.status === "failed") {
    return view.outcome === "approved" && process?.revoke ? ["revoke"] : [];
  }
  return process?.withdraw === "never" ? ["urge"] : ["urge", "withdraw"];
}

export function askOf(
  view: InstanceView,
  action: Action,
  reason: string,
  confirmed: boolean,
): Promise<Outcome> {
  const params = { path: { instance_id: view.id } };
  if (action === "urge")
    return told(api.POST("/api/v1/instances/{instance_id}/urge", { params, body: { reason } }));
  if (action === "withdraw")
    return told(api.POST("/api/v1/instances/{instance_id}/withdraw", { params, body: { reason } }));
  return told(api.POST("/api/v1/instances/{instance_id}/revoke", { params, body: { reason, confirmed } }));
}
