/** The exports as they stand, kept up to date for as long as somebody looks at them. */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type ExportStatus, watchExport } from "multicam-export-client";
import { isAbort, sentenceOf } from "../api/ask.ts";
import { listExports } from "../api/exports.ts";
import { service } from "../session.ts";
import { extended, refreshed, toWatch, updated } from "./listing.ts";

/** Quick while something goes on that is not watched, slow to see what others began. */
const BUSY_MS = 3000;
const QUIET_MS = 10_000;

export interface ExportList {
  /** Newest first; null until the first answer. */
  exports: ReadonlySignal<readonly ExportStatus[] | null>;
  /** Why the list cannot be had now; empty where it can. */
  trouble: ReadonlySignal<string>;
  hasMore: ReadonlySignal<boolean>;
  more: () => Promise<void>;
  /** Takes up how an export stands, after somebody pressed something. */
  note: (status: ExportStatus) => void;
  close: () => void;
}

/** Opens the list; close it when nobody looks any more. */
export function openList(): ExportList {
  const exports = signal<readonly ExportStatus[] | null>(null);
  const trouble = signal("");
  const cursor = signal<string | null>(null);
  const ended = new AbortController();
  const watching = new Map<string, AbortController>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasPaged = false;

  const note = (status: ExportStatus) => {
    exports.value = updated(exports.peek() ?? [], status);
  };

  async function refresh(): Promise<void> {
    try {
      const page = await listExports(null, { signal: ended.signal });
      batch(() => {
        exports.value = refreshed(exports.peek() ?? [], page, new Set(watching.keys()));
        if (!hasPaged) cursor.value = page.nextCursor;
        trouble.value = "";
      });
    } catch (error) {
      if (!isAbort(error)) trouble.value = sentenceOf(error);
    }
    if (ended.signal.aborted) return;
    timer = setTimeout(refresh, isBusy() ? BUSY_MS : QUIET_MS);
  }

  const isBusy = () =>
    (exports.peek() ?? []).some(
      ({ jobId, status }) => ["pending", "processing"].includes(status) && !watching.has(jobId),
    );

  async function watch(jobId: string): Promise<void> {
    const mine = new AbortController();
    watching.set(jobId, mine);
    try {
      const options = { service: service.peek(), signal: mine.signal };
      for await (const status of watchExport(jobId, options)) note(status);
    } catch {
      // Gone, or not ours any more: the next page says so.
    } finally {
      watching.delete(jobId);
    }
  }

  const stopWatching = effect(() => {
    const wanted = toWatch(exports.value ?? []);
    for (const [jobId, mine] of watching) if (!wanted.includes(jobId)) mine.abort();
    for (const jobId of wanted) if (!watching.has(jobId)) void watch(jobId);
  });

  async function more(): Promise<void> {
    const from = cursor.peek();
    if (from === null) return;
    try {
      const page = await listExports(from, { signal: ended.signal });
      hasPaged = true;
      batch(() => {
        exports.value = extended(exports.peek() ?? [], page);
        cursor.value = page.nextCursor;
      });
    } catch (error) {
      if (!isAbort(error)) trouble.value = sentenceOf(error);
    }
  }

  function close(): void {
    clearTimeout(timer);
    stopWatching();
    ended.abort();
    for (const mine of watching.values()) mine.abort();
  }

  void refresh();
  const hasMore = signal(false);
  const stopMore = effect(() => {
    hasMore.value = cursor.value !== null;
  });
  return {
    exports,
    trouble,
    hasMore,
    more,
    note,
    close: () => {
      stopMore();
      close();
    },
  };
}
