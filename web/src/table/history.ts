/** What was, is, and was undone. */
export interface History<T> {
  past: T[];
  present: T;
  future: T[];
}

export const MOST_UNDONE = 200;

export const begun = <T>(present: T): History<T> => ({ past: [], present, future: [] });

/** One step further; what was undone before is forgotten. Nothing happens if nothing changed. */
export function done<T>(history: History<T>, next: T): History<T> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-MOST_UNDONE), present: next, future: [] };
}

export function undone<T>(history: History<T>): History<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future] };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...later] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: later };
}
