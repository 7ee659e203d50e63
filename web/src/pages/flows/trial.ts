import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, told } from "../../api/client.ts";
import type { Drawing } from "../../flow/model.ts";
import { sendable, useSettled } from "./asking.ts";
import type { Foresight } from "./foreseen.ts";

/** What is supposed: who submits what. */
export interface Supposed {
  initiator: string;
  document: Readonly<Record<string, string>>;
  documentId: string;
}

// every document has a number, and what is written about it tells it
const NUMBERED = { number: "TRIAL-1" };

/** Who would get it, asked of the server while it is typed. */
export function useTrial(drawing: Drawing, isOn: boolean) {
  const [supposed, suppose] = useState<Supposed>({ initiator: "", document: NUMBERED, documentId: "" });
  const asked = useSettled({ drawing, supposed }, 250);
  const { data, error, isFetching } = useQuery({
    queryKey: ["drawing", "preview", asked.drawing, asked.supposed],
    enabled: isOn,
    queryFn: () =>
      told(
        api.POST("/api/v1/processes/preview", {
          body: {
            process: sendable(asked.drawing),
            document: filled(asked.supposed.document),
            ...(asked.supposed.documentId ? { document_id: asked.supposed.documentId } : {}),
            ...(asked.supposed.initiator ? { initiator: asked.supposed.initiator } : {}),
            tables: {},
          },
        }),
      ),
    placeholderData: (before) => before,
    staleTime: 30_000,
    gcTime: 0,
    retry: false,
  });
  const seen: Foresight | null = isOn ? (data?.seen ?? null) : null;
  return { supposed, suppose, data, seen, error, isFetching };
}

export type Trial = ReturnType<typeof useTrial>;

/** What was left empty was not said. */
export function filled(document: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== ""));
}
