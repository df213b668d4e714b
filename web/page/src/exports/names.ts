/** What exports were called when they were asked for here: the service's list knows only their ids. */

const PLACE = "multicam-export-names";
const MOST = 300;

type Store = Pick<Storage, "getItem" | "setItem">;

/** The name of an export; its id where this browser has not asked for it. */
export function nameOf(jobId: string, store: Store = localStorage): string {
  return read(store).find(([id]) => id === jobId)?.[1] ?? jobId;
}

/** Remembers the name; the oldest go when there are too many. */
export function rememberName(jobId: string, name: string, store: Store = localStorage): void {
  const others = read(store).filter(([id]) => id !== jobId);
  store.setItem(PLACE, JSON.stringify([...others, [jobId, name]].slice(-MOST)));
}

function read(store: Store): [string, string][] {
  try {
    const kept: unknown = JSON.parse(store.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? (kept as [string, string][]).filter(Array.isArray) : [];
  } catch {
    return [];
  }
}
