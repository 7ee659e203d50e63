import { useCallback, useMemo, useState } from "react";
import { idOf, type TodoItem } from "./listing.ts";

/** The lines that are selected, of those that are listed. `any`: some were, since results may still be shown. */
export function useChosen(listed: TodoItem[]) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [any, setAny] = useState(false);
  const items = useMemo(() => listed.filter((item) => marked.has(idOf(item))), [listed, marked]);
  const toggle = useCallback((id: string) => {
    setAny(true);
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => setMarked(new Set()), []);
  return { items, ids: marked, any, toggle, clear };
}
