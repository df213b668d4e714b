/** The list of exports as it is put together from pages, watched exports and what was pressed: pure. */
import { type ExportStatus, isOver } from "multicam-export-client";
import { underWayFirst } from "./rows.ts";

/**
 * A browser has six connections to a host for all its tabs, and a watched export keeps one of them:
 * these many are watched, the others are told of by the list, asked for again and again.
 */
export const MOST_WATCHED = 2;

interface Page {
  exports: readonly ExportStatus[];
  nextCursor: string | null;
}

/**
 * What is known, after the first page was asked for again.
 *
 * What was there before and is older than the page stays; what should be in the page and is not is gone.
 * Those that are watched are known better than the page knows them.
 */
export function refreshed(
  known: readonly ExportStatus[],
  page: Page,
  watched: ReadonlySet<string>,
): ExportStatus[] {
  const byId = new Map(known.map((one) => [one.jobId, one]));
  const front = page.exports.map((one) => {
    const before = byId.get(one.jobId);
    return before && watched.has(one.jobId) && !isOver(one) ? before : one;
  });
  const last = page.exports.at(-1);
  if (page.nextCursor === null || last === undefined) return front;
  const inPage = new Set(front.map(({ jobId }) => jobId));
  const older = known.filter((one) => !inPage.has(one.jobId) && one.createdAt <= last.createdAt);
  return [...front, ...older];
}

/** What is known, with a further page behind it. */
export function extended(known: readonly ExportStatus[], page: Page): ExportStatus[] {
  const ids = new Set(known.map(({ jobId }) => jobId));
  return [...known, ...page.exports.filter(({ jobId }) => !ids.has(jobId))];
}

/** What is known, with one export as it stands now. */
export function updated(known: readonly ExportStatus[], status: ExportStatus): ExportStatus[] {
  return known.map((one) => (one.jobId === status.jobId ? status : one));
}

/** The exports to watch. */
export function toWatch(known: readonly ExportStatus[]): string[] {
  return underWayFirst(known)
    .slice(0, MOST_WATCHED)
    .map(({ jobId }) => jobId);
}

/** What a person sees: cancelled ones only if they want to, or pressed Cancel just now. */
export function visible(
  known: readonly ExportStatus[],
  showsCancelled: boolean,
  cancelledHere: ReadonlySet<string>,
): ExportStatus[] {
  return known.filter(
    ({ status, jobId }) => status !== "cancelled" || showsCancelled || cancelledHere.has(jobId),
  );
}
