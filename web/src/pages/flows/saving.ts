import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, Refused, told } from "../../api/client.ts";
import { sendable, type Version } from "./asking.ts";
import type { DeskStore, Sheet } from "./desk.ts";

export type Saving = "saved" | "unsaved" | "saving" | "conflict" | "failed";

const PAUSE = 1200;

interface Kept {
  version: Version;
  sheet: Sheet;
}

/** Keeps the draft on the server: what is published is never changed, its first change begins a new draft. */
export function useSaving(opened: Version, desk: DeskStore) {
  const client = useQueryClient();
  const [version, setVersion] = useState(opened);
  const [state, setState] = useState<Saving>("saved");
  const [error, setError] = useState<unknown>(null);
  const kept = useRef<Kept>({ version: opened, sheet: sheetOf(desk) });
  const running = useRef<Promise<void> | null>(null);

  const save = useCallback(async (): Promise<void> => {
    if (running.current) await running.current;
    const sheet = sheetOf(desk);
    if (isSame(sheet, kept.current.sheet)) return;
    setState("saving");
    running.current = sent(kept.current.version, sheet)
      .then((saved) => {
        kept.current = { version: saved, sheet };
        setVersion(saved);
        setError(null);
        setState(isSame(sheetOf(desk), sheet) ? "saved" : "unsaved");
        void client.invalidateQueries({ queryKey: ["processes", saved.key, "versions"] });
      })
      .catch((refused: unknown) => {
        setError(refused);
        setState(
          refused instanceof Refused && refused.problem.code === "changed_meanwhile" ? "conflict" : "failed",
        );
      })
      .finally(() => {
        running.current = null;
      });
    await running.current;
  }, [client, desk]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = desk.subscribe((now) => {
      if (isSame(now, kept.current.sheet)) return;
      setState((was) => (was === "conflict" ? was : "unsaved"));
      clearTimeout(timer);
      timer = setTimeout(() => void save(), PAUSE);
    });
    return () => {
      stop();
      clearTimeout(timer);
      void save();
    };
  }, [desk, save]);

  useEffect(() => {
    if (state === "saved") return;
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", keep);
    return () => window.removeEventListener("beforeunload", keep);
  }, [state]);

  /** What the server made of the version meanwhile: checked, approved, published. */
  const become = useCallback((next: Version) => {
    kept.current = { ...kept.current, version: next };
    setVersion(next);
  }, []);

  /** In spite of what somebody else saved: as a draft of its own. */
  const saveApart = useCallback(async () => {
    const sheet = sheetOf(desk);
    const apart = await begun(kept.current.version, sheet);
    kept.current = { version: apart, sheet };
    setVersion(apart);
    setError(null);
    setState("saved");
  }, [desk]);

  return { version, state, error, save, become, saveApart };
}

const sheetOf = (desk: DeskStore): Sheet => {
  const { drawing, cases } = desk.getState();
  return { drawing, cases };
};

const isSame = (one: Sheet, other: Sheet): boolean =>
  one.drawing === other.drawing && one.cases === other.cases;

async function begun(version: Version, sheet: Sheet): Promise<Version> {
  const from = { from_version: `${version.key}@${version.version}`, notes: "" };
  return changed(await told(api.POST("/api/v1/processes/drafts", { body: from })), sheet);
}

function sent(version: Version, sheet: Sheet): Promise<Version> {
  const isFixed = version.stage === "published" || version.stage === "retired";
  return isFixed ? begun(version, sheet) : changed(version, sheet);
}

function changed(version: Version, sheet: Sheet): Promise<Version> {
  const path = { key: version.key, number: version.version };
  const body = { process: sendable(sheet.drawing), cases: [...sheet.cases], revision: version.revision };
  return told(api.PUT("/api/v1/processes/{key}/versions/{number}", { params: { path }, body }));
}
