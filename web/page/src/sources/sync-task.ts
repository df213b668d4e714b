/** The comparison that is under way, and what the last one found. */
import { signal } from "@preact/signals";
import { isAbort, sentenceOf } from "../api/ask.ts";
import { lastOf } from "../api/miniatures.ts";
import { type Match, syncBySound } from "../api/sync.ts";
import { setLags } from "../edit/cameras.ts";
import { change, edit } from "../session.ts";
import { type Comparison, lagsOf } from "./lining-up.ts";

export type SyncState =
  | { is: "idle" }
  | { is: "running"; progress: number; waits: boolean }
  | { is: "done"; comparison: Comparison; matches: readonly Match[] }
  | { is: "failed"; error: string };

export const syncState = signal<SyncState>({ is: "idle" });

let running: AbortController | null = null;

/** Compares, and lines up what was found, as one step that can be undone. */
export async function syncNow(comparison: Comparison): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  syncState.value = { is: "running", progress: 0, waits: true };
  const sources = [comparison.reference, ...comparison.others].map(({ source }) => source);
  try {
    const steps = syncBySound(sources, { signal: mine.signal });
    const sync = await lastOf(steps, ({ progress, status }) => {
      syncState.value = { is: "running", progress, waits: status === "waiting" };
    });
    if (sync.status !== "ready") {
      syncState.value = { is: "failed", error: sync.error ?? "The sounds could not be compared." };
      return;
    }
    const matches = sync.matches ?? [];
    const now = edit.peek();
    if (now) change(setLags(now, lagsOf(now, comparison, matches)));
    syncState.value = { is: "done", comparison, matches };
  } catch (error) {
    if (isAbort(error) || mine.signal.aborted) return;
    syncState.value = { is: "failed", error: sentenceOf(error) };
  }
}

/** Stops comparing, and forgets what was found. */
export function forgetSync(): void {
  running?.abort();
  running = null;
  syncState.value = { is: "idle" };
}
