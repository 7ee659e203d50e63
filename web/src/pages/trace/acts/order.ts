import { api, type Schemas, told } from "../../../api/client.ts";
import type { Proposal } from "./acts.ts";

/** What the person said about an act. The `id` stays the same until there is an outcome. */
export interface Said {
  id: string;
  reason: string;
  to?: string;
  node?: string;
  event?: string;
  confirmed: boolean;
}

type Outcome = Schemas["Outcome"];

/** A name for one order; `crypto.randomUUID` is missing where the page came without TLS. */
export function newOrderId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

export async function order(instance: string, proposal: Proposal, said: Said): Promise<Outcome> {
  const at = { params: { path: { instance_id: instance } } };
  const { reason, confirmed } = said;
  switch (proposal.act) {
    case "urge_own":
      return told(api.POST("/api/v1/instances/{instance_id}/urge", { ...at, body: { reason } }));
    case "withdraw_own":
      return told(api.POST("/api/v1/instances/{instance_id}/withdraw", { ...at, body: { reason } }));
    case "revoke":
      return told(api.POST("/api/v1/instances/{instance_id}/revoke", { ...at, body: { reason, confirmed } }));
    default:
      return told(
        api.POST("/api/v1/instances/{instance_id}/admin", {
          ...at,
          body: {
            act: proposal.act,
            data: {},
            id: said.id,
            reason,
            confirmed,
            task: proposal.task ?? null,
            effect: proposal.effect ?? null,
            event: said.event ?? proposal.event ?? null,
            to: said.to ?? null,
            node: said.node ?? null,
          },
        }),
      );
  }
}
