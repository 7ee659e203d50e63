import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";
import { queries } from "../../app/queries.ts";

export type Login = Schemas["LoginOut"];
export type Grant = Schemas["GrantOut"];
export type AccessRole = Schemas["RoleOut"];
export type Token = Schemas["TokenOut"];
export type Act = Schemas["AuditOut"];

const PAGE = 100;

export const rolesQuery = queryOptions({
  queryKey: ["access-roles"],
  queryFn: () => told(api.GET("/api/v1/access-roles")),
});

export const loginsQuery = infiniteQueryOptions({
  queryKey: ["logins"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    told(
      api.GET("/api/v1/logins", {
        params: { query: { ...(pageParam ? { after: pageParam } : {}), limit: PAGE } },
      }),
    ),
  getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.login : undefined),
});

export const grantsQuery = (person: string) =>
  queryOptions({
    queryKey: ["grants", person],
    queryFn: () => told(api.GET("/api/v1/grants", { params: { query: { person } } })),
  });

export const tokensQuery = (everybody: boolean) =>
  queryOptions({
    queryKey: ["tokens", everybody],
    queryFn: () => told(api.GET("/api/v1/tokens", { params: { query: { all: everybody } } })),
  });

export interface Filter {
  person?: string;
  act?: string;
  object?: string;
  since?: string;
  until?: string;
}

export const auditQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/v1/audit", {
          params: { query: { ...filter, ...(pageParam ? { after: pageParam } : {}), limit: PAGE } },
        }),
      ),
    getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.number : undefined),
  });

/** After somebody was given or refused something. */
export async function rightsChanged(): Promise<void> {
  await Promise.all(
    ["logins", "grants", "access-roles", "tokens", "audit"].map((head) =>
      queries.invalidateQueries({ queryKey: [head] }),
    ),
  );
}
