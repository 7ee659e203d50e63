import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export type Schemas = components["schemas"];

/** The same words in both languages. */
export interface Label {
  zh: string;
  en: string;
}

/** What is wrong at a place of a file: a cell, an element. */
export interface Located {
  place: string;
  message: Label;
}

/** Every refusal, as application/problem+json. */
export interface Problem {
  type: string;
  status: number;
  code: string;
  title: string;
  message: Label;
  error_id?: string;
  fields?: { field: string; wrong: string }[];
  problems?: Located[];
}

/** The server said no, in words for people; `problem.code` is stable. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

let csrf = "";

/** The token that goes with every request that changes something; the session tells it. */
export function keepCsrf(token: string): void {
  csrf = token;
}

const withCsrf: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
};

export const api = createClient<paths>({ credentials: "same-origin" });
api.use(withCsrf);

/** What an answer holds. Throws Refused with the server's own words. */
export async function told<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new Refused(isProblem(error) ? error : unread(response));
  return data as T;
}

/** For what is no JSON: a file to send or to fetch. */
export async function sent(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (init.method && init.method !== "GET" && csrf) headers.set("X-CSRF-Token", csrf);
  const response = await fetch(path, { ...init, headers, credentials: "same-origin" });
  if (response.ok) return response;
  const said: unknown = await response.json().catch(() => null);
  throw new Refused(isProblem(said) ? said : unread(response));
}

function isProblem(said: unknown): said is Problem {
  return typeof said === "object" && said !== null && "code" in said && "message" in said;
}

function unread(response: Response): Problem {
  const text = `HTTP ${response.status}`;
  return {
    type: "about:blank",
    status: response.status,
    code: "unreadable",
    title: text,
    message: { zh: text, en: text },
  };
}
