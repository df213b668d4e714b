/** Which sources are shown, in which order, and which are picked: all of it as values. */
import type { SourceEntry } from "../api/sources.ts";
import { FEWEST_CAMERAS, MOST_CAMERAS } from "../edit/cameras.ts";
import type { Camera } from "../edit/edit.ts";
import { cameraNameOf, whyNot } from "./words.ts";

export const ORDERS = {
  name: "Name",
  newest: "Newest first",
  longest: "Longest first",
  largest: "Largest first",
} as const;

export type Order = keyof typeof ORDERS;

const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

const COMPARE: Record<Order, (a: SourceEntry, b: SourceEntry) => number> = {
  name: (a, b) => names.compare(a.filePath, b.filePath),
  newest: (a, b) => Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt),
  longest: (a, b) => (b.facts?.duration ?? -1) - (a.facts?.duration ?? -1),
  largest: (a, b) => b.bytes - a.bytes,
};

/** The sources that have every word of `search` in their paths, in this order; of equals the first by name. */
export function shown(
  sources: readonly SourceEntry[],
  search: string,
  order: Order,
): SourceEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return sources
    .filter(({ filePath }) => words.every((word) => filePath.toLowerCase().includes(word)))
    .sort((a, b) => COMPARE[order](a, b) || COMPARE.name(a, b));
}

/** The picked paths with this one taken away or put at the end; never more than an edit can have. */
export function toggled(picked: readonly string[], filePath: string): readonly string[] {
  if (picked.includes(filePath)) return picked.filter((one) => one !== filePath);
  return picked.length < MOST_CAMERAS ? [...picked, filePath] : picked;
}

/** The picked paths with this one `by` places further on. */
export function moved(picked: readonly string[], filePath: string, by: number): readonly string[] {
  const rest = picked.filter((one) => one !== filePath);
  if (rest.length === picked.length) return picked;
  const to = Math.min(Math.max(picked.indexOf(filePath) + by, 0), rest.length);
  return [...rest.slice(0, to), filePath, ...rest.slice(to)];
}

/** The picked paths that can still be cut with: files may go, or be found to be broken. */
export function usable(
  picked: readonly string[],
  sources: readonly SourceEntry[],
): readonly string[] {
  const good = new Set(sources.filter((one) => !whyNot(one)).map(({ filePath }) => filePath));
  return picked.every((path) => good.has(path)) ? picked : picked.filter((path) => good.has(path));
}

/** What is still to be done before one can cut; null where nothing is. */
export function whatIsMissing(picked: readonly string[]): string | null {
  const missing = FEWEST_CAMERAS - picked.length;
  if (missing <= 0) return null;
  return missing === FEWEST_CAMERAS
    ? `Pick ${FEWEST_CAMERAS} to ${MOST_CAMERAS} cameras.`
    : `Pick ${missing} more.`;
}

/** The picked sources as an edit's cameras, with names that differ. */
export function camerasOf(
  picked: readonly string[],
  sources: readonly SourceEntry[],
): readonly Camera[] {
  const byPath = new Map(sources.map((source) => [source.filePath, source]));
  const short = picked.map(cameraNameOf);
  return picked.flatMap((filePath, index): Camera[] => {
    const facts = byPath.get(filePath)?.facts;
    if (!facts) return [];
    const name = short[index] ?? filePath;
    return [
      {
        id: `c${index + 1}`,
        source: filePath,
        name: short.filter((one) => one === name).length > 1 ? filePath : name,
        seconds: facts.duration,
        width: facts.width,
        height: facts.height,
        fps: facts.fps,
        hasSound: facts.sound !== null,
        offset: 0,
      },
    ];
  });
}
