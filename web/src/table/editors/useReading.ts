import { useRef, useState } from "react";
import type { CellOrder, CellRead, Read } from "../reading.ts";

/** What the server makes of a cell while it is edited; an answer that comes after a later question is dropped. */
export function useReading(read: Read) {
  const [told, setTold] = useState<CellRead | null>(null);
  const asked = useRef(0);

  async function ask(order: CellOrder): Promise<CellRead> {
    asked.current += 1;
    const mine = asked.current;
    const [answer] = await read([order]);
    const known = answer ?? {};
    if (mine === asked.current) setTold(known);
    return known;
  }

  return { told, ask };
}
