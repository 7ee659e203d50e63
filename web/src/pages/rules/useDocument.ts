import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { api, Refused, type Schemas, told } from "../../api/client.ts";
import { begun, done, type History, redone, undone } from "../../table/history.ts";
import { asSent, asTable, type Table } from "../../table/model.ts";

export type Version = Schemas["Version"];
export type Saving = "saved" | "waiting" | "saving" | "failed" | "conflict";

const PAUSE = 800;

export interface Document {
  table: Table;
  saving: Saving;
  error: unknown;
  canUndo: boolean;
  canRedo: boolean;
  change: (next: Table) => void;
  undo: () => void;
  redo: () => void;
  /** Resolves once everything is saved; rejects if it could not be. */
  flush: () => Promise<void>;
}

type Act = { kind: "change"; next: Table } | { kind: "undo" } | { kind: "redo" };

function reduced(history: History<Table>, act: Act): History<Table> {
  if (act.kind === "change") return done(history, act.next);
  return act.kind === "undo" ? undone(history) : redone(history);
}

/** A draft under edit: every change can be undone, and is saved after a pause, never over somebody else's change. */
export function useDocument(version: Version): Document {
  const client = useQueryClient();
  const [history, act] = useReducer(reduced, version, (first) => begun(asTable(first.table)));
  const [saving, setSaving] = useState<Saving>("saved");
  const [error, setError] = useState<unknown>(null);
  const kept = useRef({ table: history.present, sha256: version.sha256 });
  const queue = useRef<Promise<void>>(Promise.resolve());
  const newest = useRef(history.present);
  newest.current = history.present;

  const save = useCallback(async () => {
    const table = newest.current;
    if (table === kept.current.table) return;
    setSaving("saving");
    try {
      const path = { key: version.key, number: version.version };
      const body = { table: asSent(table), notes: version.notes, was: kept.current.sha256 };
      const saved = await told(api.PUT("/api/v1/rules/{key}/versions/{number}", { params: { path }, body }));
      kept.current = { table, sha256: saved.sha256 };
      client.setQueryData(["rules", version.key, version.version], saved);
      setError(null);
      setSaving(newest.current === table ? "saved" : "waiting");
    } catch (refused) {
      setError(refused);
      const isConflict = refused instanceof Refused && refused.problem.code === "changed_meanwhile";
      setSaving(isConflict ? "conflict" : "failed");
      throw refused;
    }
  }, [client, version.key, version.version, version.notes]);

  const flush = useCallback(() => {
    const next = queue.current.catch(() => undefined).then(save);
    queue.current = next;
    return next;
  }, [save]);

  useEffect(() => {
    if (history.present === kept.current.table) return;
    setSaving((now) => (now === "conflict" ? now : "waiting"));
    const timer = setTimeout(() => void flush().catch(() => undefined), PAUSE);
    return () => clearTimeout(timer);
  }, [history.present, flush]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (newest.current !== kept.current.table) event.preventDefault();
    };
    window.addEventListener("beforeunload", leave);
    return () => window.removeEventListener("beforeunload", leave);
  }, []);

  return {
    table: history.present,
    saving,
    error,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: useCallback((next: Table) => act({ kind: "change", next }), []),
    undo: useCallback(() => act({ kind: "undo" }), []),
    redo: useCallback(() => act({ kind: "redo" }), []),
    flush,
  };
}
