import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";
import { queries } from "../../app/queries.ts";

export type Someone = Schemas["PersonOut"];
export type PersonShown = Schemas["PersonShown"];
export type Whole = Schemas["Whole"];
export type Holder = Schemas["HolderOut"];
export type AbsenceOut = Schemas["AbsenceOut"];

export interface Wanted {
  search: string;
  department: string | undefined;
  active: boolean | undefined;
}

const PAGE = 50;

export const departmentsQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: () => told(api.GET("/api/v1/departments")),
});

/** People page by page, as far as they were asked for. */
export const peopleQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["people", wanted],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/v1/people", {
          params: { query: { ...said(wanted), ...(pageParam ? { after: pageParam } : {}), limit: PAGE } },
        }),
      ),
    getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
  });

function said({ search, department, active }: Wanted) {
  return {
    ...(search ? { search } : {}),
    ...(department ? { department } : {}),
    ...(active === undefined ? {} : { active }),
  };
}

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: () => told(api.GET("/api/v1/people/{person_id}", { params: { path: { person_id: id } } })),
  });

export const holdersQuery = queryOptions({
  queryKey: ["holders"],
  queryFn: () => told(api.GET("/api/v1/role-holders")),
});

export const absencesQuery = (person: string | undefined, past: boolean) =>
  queryOptions({
    queryKey: ["absences", person ?? null, past],
    queryFn: () =>
      told(api.GET("/api/v1/absences", { params: { query: { ...(person ? { person } : {}), past } } })),
  });

export const calendarQuery = (year: number) =>
  queryOptions({
    queryKey: ["calendar", year],
    queryFn: () => told(api.GET("/api/v1/calendar", { params: { query: { year } } })),
    placeholderData: keepPreviousData,
  });

/** After a change everything that shows the organisation is asked for anew. */
export async function organisationChanged(): Promise<void> {
  await Promise.all(
    ["people", "departments", "holders", "absences"].map((head) =>
      queries.invalidateQueries({ queryKey: [head] }),
    ),
  );
}
