/** The waveforms of an edit's cameras, as they come; by camera. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { ExportError } from "multicam-export-client";
import { backoff, clock } from "multicam-export-client/clock";
import { useEffect } from "preact/hooks";
import { lastOf, waveformOf } from "../api/miniatures.ts";
import type { Edit } from "../edit/edit.ts";
import { type Peaks, peaksOf } from "./peaks.ts";

/** Asked for once in a visit: another file under the same name is another edit's business. */
const known = new Map<string, Peaks>();

export function useWaveforms(
  edit: ReadonlySignal<Edit | null>,
): ReadonlySignal<ReadonlyMap<string, Peaks>> {
  const bySource = useSignal<ReadonlyMap<string, Peaks>>(new Map(known));
  const sources = useComputed(() =>
    JSON.stringify(
      edit.value?.cameras.filter(({ hasSound }) => hasSound).map(({ source }) => source),
    ),
  );
  const wanted = sources.value;
  useEffect(() => {
    const left = new AbortController();
    for (const source of JSON.parse(wanted ?? "[]") as string[]) {
      if (known.has(source)) continue;
      fetchPeaks(source, left.signal).then(
        (peaks) => {
          known.set(source, peaks);
          bySource.value = new Map(known);
        },
        // A timeline without a waveform is still a timeline.
        () => undefined,
      );
    }
    return () => left.abort();
  }, [wanted, bySource]);
  return useComputed(() => {
    const cameras = edit.value?.cameras ?? [];
    const found = new Map<string, Peaks>();
    for (const { id, source } of cameras) {
      const peaks = bySource.value.get(source);
      if (peaks) found.set(id, peaks);
    }
    return found;
  });
}

/** What passes is tried again; later each time. */
async function fetchPeaks(source: string, signal: AbortSignal): Promise<Peaks> {
  for (let failures = 1; ; failures++) {
    try {
      return await fetchOnce(source, signal);
    } catch (error) {
      if (!(error instanceof ExportError && error.isPassing) || signal.aborted) throw error;
      await clock.delay(backoff(failures, clock.random()), signal);
    }
  }
}

async function fetchOnce(source: string, signal: AbortSignal): Promise<Peaks> {
  const made = await lastOf(waveformOf(source, { signal }));
  if (made.status !== "ready" || !made.url) throw new Error(made.error ?? "No waveform.");
  const answer = await fetch(made.url, { signal });
  if (!answer.ok) throw new Error(`The waveform could not be fetched: ${answer.status}.`);
  return peaksOf(new Int8Array(await answer.arrayBuffer()), made.facts?.peaksPerSecond);
}
