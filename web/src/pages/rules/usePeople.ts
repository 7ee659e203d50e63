import { useQuery } from "@tanstack/react-query";
import { api, told } from "../../api/client.ts";

/** People by name; the id of somebody who is not known. */
export function useNames(): (person: string | null | undefined) => string {
  const { data } = useQuery({
    queryKey: ["who-choices"],
    queryFn: () => told(api.GET("/api/v1/who-choices")),
    staleTime: 60_000,
  });
  const names = new Map(data?.people.map((one) => [one.id, one.name]));
  return (person) => (person ? (names.get(person) ?? person) : "");
}
