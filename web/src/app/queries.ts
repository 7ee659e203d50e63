import { QueryClient } from "@tanstack/react-query";
import { Refused } from "../api/client.ts";

/** What the server refused stays refused: only what did not reach it is tried again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (times, error) => !(error instanceof Refused) && times < 2,
    },
  },
});
