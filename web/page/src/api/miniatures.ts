/** Proxies, thumbnails, strips and waveforms: asking is what has them made. */
import { clock } from "multicam-export-client/clock";
import { type Asking, askJson, type Schemas } from "./ask.ts";

export type Proxy = Schemas["Proxy"];
export type Thumbnail = Schemas["Thumbnail"];
export type Strip = Schemas["Strip"];
export type Waveform = Schemas["Waveform"];

interface Making {
  status: "waiting" | "making" | "ready" | "failed";
}

/** Often enough for a bar to move; the service ends what nobody asks for during 30 s. */
const POLL_MS = 2000;

/**
 * How it stands, on every question, until it is ready or has failed; `signal` ends the asking.
 *
 * A thumbnail is often ready within a few tenths of a second: the first waits are short.
 */
export async function* untilMade<T extends Making>(
  path: string,
  asking: Asking = {},
): AsyncGenerator<T, void, undefined> {
  for (let wait = 250; ; wait = Math.min(POLL_MS, wait * 2)) {
    const now: T = await askJson(path, asking);
    yield now;
    if (now.status === "ready" || now.status === "failed") return;
    await clock.delay(wait, asking.signal);
  }
}

const query = (facts: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(facts).map(([name, value]) => [name, String(value)]));

export const proxyOf = (source: string, asking?: Asking) =>
  untilMade<Proxy>(`/api/preview/proxy?${query({ source })}`, asking);

export const thumbnailOf = (source: string, time: number, width: number, asking?: Asking) =>
  untilMade<Thumbnail>(`/api/preview/thumbnail?${query({ source, time, width })}`, asking);

export const stripOf = (source: string, asking?: Asking) =>
  untilMade<Strip>(`/api/preview/strip?${query({ source })}`, asking);

export const waveformOf = (source: string, asking?: Asking) =>
  untilMade<Waveform>(`/api/preview/waveform?${query({ source })}`, asking);

/** The last of what comes. */
export async function lastOf<T>(steps: AsyncIterable<T>, each?: (step: T) => void): Promise<T> {
  let last: T | undefined;
  for await (const step of steps) {
    last = step;
    each?.(step);
  }
  if (last === undefined) throw new Error("Nothing came.");
  return last;
}
