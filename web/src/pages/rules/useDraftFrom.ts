import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, told } from "../../api/client.ts";

/** A new draft with what an older version said: the way forward, and the way back. */
export function useDraftFrom(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      told(
        api.POST("/api/v1/rules/{key}/drafts", {
          params: { path: { key } },
          body: { from_version: version, notes: "" },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["rules"] }),
  });
}
