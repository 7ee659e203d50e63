import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas, told } from "../../api/client.ts";

type View = Schemas["View"];

const AREA = "tasks";
const KEY = ["views"];
const askViews = () => told(api.GET("/api/v1/views"));

/** The person's own views of the to-do centre; those of other areas are kept as they are. */
export function useViews() {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: askViews, staleTime: 5 * 60_000 });

  async function put(change: (views: View[]) => View[]) {
    const { views } = await askViews(); // they may have changed in another window
    client.setQueryData(KEY, await told(api.PUT("/api/v1/views", { body: { views: change(views) } })));
  }

  const isNamed = (name: string) => (view: View) => view.area === AREA && view.name === name;
  const keep = useMutation({
    mutationFn: ({ name, query }: { name: string; query: string }) =>
      put((views) => [...views.filter((view) => !isNamed(name)(view)), { area: AREA, name, query }]),
  });
  const remove = useMutation({
    mutationFn: (name: string) => put((views) => views.filter((view) => !isNamed(name)(view))),
  });
  return { views: (data?.views ?? []).filter((view) => view.area === AREA), keep, remove };
}
