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
  /** What this version changes, in its author's words. */
  notes: string;
  saving: Saving;
  error: unknown;
  canUndo: boolean;
  canRedo: boolean;
  change: (next: Table) => void;
  note: (notes: string) => void;
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

interface Said {
  table: Table;
  notes: string;
}

const differs = (one: Said, other: Said): boolean => one.table !== other.table || one.notes !== other.notes;

/** A draft under edit: every change can be undone, and is saved after a pause, never over somebody else's change. */
export function useDocument(version: Version): Document {
  const client = useQueryClient();
  const [history, act] = useReducer(reduced, version, (first) => begun(asTable(first.table)));
  const [saving, setSaving] = useState<Saving>("saved");
  const [error, setError] = useState<unknown>(null);
  const [notes, setNotes] = useState(version.notes);
  const kept = useRef({ table: history.present, notes: version.notes, sha256: version.sha256 });
  const queue = useRef<Promise<void>>(Promise.resolve());
  const newest = useRef({ table: history.present, notes });
  newest.current = { table: history.present, notes };

  const save = useCallback(async () => {
    const now = newest.current;
    if (!differs(now, kept.current)) return;
    setSaving("saving");
    try {
      const path = { key: version.key, number: version.version };
      const body = { table: asSent(now.table), notes: now.notes, was: kept.current.sha256 };
      const saved = await told(api.PUT("/api/v1/rules/{key}/versions/{number}", { params: { path }, body }));
      kept.current = { ...now, sha256: saved.sha256 };
      client.setQueryData(["rules", version.key, version.version], saved);
      setError(null);
      setSaving(differs(newest.current, now) ? "waiting" : "saved");
    } catch (refused) {
      setError(refused);
      const isConflict = refused instanceof Refused && refused.problem.code === "changed_meanwhile";
      setSaving(isConflict ? "conflict" : "failed");
      throw refused;
    }
  }, [client, version.key, version.version]);

  const flush = useCallback(() => {
    const next = queue.current.catch(() => undefined).then(save);
    queue.current = next;
    return next;
  }, [save]);

  useEffect(() => {
    if (!differs({ table: history.present, notes }, kept.current)) return;
    setSaving((now) => (now === "conflict" ? now : "waiting"));
    const timer = setTimeout(() => void flush().catch(() => undefined), PAUSE);
    return () => clearTimeout(timer);
  }, [history.present, notes, flush]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (differs(newest.current, kept.current)) event.preventDefault();
    };
    window.addEventListener("beforeunload", leave);
    return () => window.removeEventListener("beforeunload", leave);
  }, []);

  return {
    table: history.present,
    notes,
    saving,
    error,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: useCallback((next: Table) => act({ kind: "change", next }), []),
    note: setNotes,
    undo: useCallback(() => act({ kind: "undo" }), []),
    redo: useCallback(() => act({ kind: "redo" }), []),
    flush,
  };
}
