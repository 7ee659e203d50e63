import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { keepCsrf, Refused } from "../api/client.ts";
import { queries } from "./queries.ts";

export type Right =
  | "read"
  | "act"
  | "admin"
  | "metrics"
  | "rules"
  | "rules_approve"
  | "rules_evaluate"
  | "processes"
  | "processes_approve"
  | "people"
  | "audit";

/** Who is logged in, and what the server lets them do. */
export interface Session {
  person: { id: string; name: string; department: string | null; position: string };
  rights: Right[];
  roles: string[];
  login: string | null;
  /** Whose instances may be read beside one's own: everybody's, or those begun in these departments. */
  reach: { everything: boolean; departments: string[] };
  csrf: string;
  must_change_password: boolean;
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: askSession,
  staleTime: 5 * 60_000,
});

async function askSession(): Promise<Session | null> {
  const response = await fetch("/api/v1/session", { credentials: "same-origin" });
  if (response.status === 401) return null;
  if (!response.ok) throw new Refused(await response.json());
  const session: Session = await response.json();
  keepCsrf(session.csrf);
  return session;
}

/** The session of a page that only people who are logged in reach. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error("this page is for people who are logged in");
  return data;
}

/** Whether the person has one of these rights. Decides only what is shown; the server decides what is done. */
export function useMay(): (...rights: Right[]) => boolean {
  const { rights } = useSession();
  return (...wanted) => wanted.some((right) => rights.includes(right));
}

/** After logging in or out nothing that was read before may stay. */
export async function renewSession(): Promise<void> {
  queries.clear();
  await queries.fetchQuery(sessionQuery);
}
