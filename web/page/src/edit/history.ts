/** What can be undone: a value with what was before and after it. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

const MOST = 200;

/** A history that begins here. */
export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** The history with one more step; what had been undone is gone, and so is what is too long ago. */
export function push<T>({ past, present }: History<T>, next: T): History<T> {
  return { past: [...past, present].slice(-MOST), present: next, future: [] };
}

/** One step back; the same history where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
  };
}

/** One step forward again; the same history where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future };
}
