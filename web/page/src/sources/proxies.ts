/** The small films that the player plays: asked for as long as somebody wants them. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ExportError } from "multicam-export-client";
import { backoff, clock } from "multicam-export-client/clock";
import { isAbort, sentenceOf } from "../api/ask.ts";
import { type Proxy as Asked, proxyOf } from "../api/miniatures.ts";

export interface ProxyState {
  status: "waiting" | "making" | "ready" | "failed";
  /** 0 to 1. */
  progress: number;
  /** Where it is, once it is ready. */
  url: string | null;
  /** Its frames a second, once it is ready. */
  fps: number | null;
  error: string | null;
}

const states = signal<ReadonlyMap<string, ProxyState>>(new Map());

/** How the proxy of each wanted source stands. */
export const proxies: ReadonlySignal<ReadonlyMap<string, ProxyState>> = states;

const wanted = new Map<string, { by: number; left: AbortController }>();

/** Has the proxies of these sources made, until what it returns is called by all who want them. */
export function wantProxies(sources: readonly string[]): () => void {
  for (const source of sources) {
    const known = wanted.get(source);
    if (known) known.by += 1;
    else begin(source);
  }
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    for (const source of sources) {
      const known = wanted.get(source);
      if (!known) continue;
      known.by -= 1;
      if (known.by > 0) continue;
      wanted.delete(source);
      known.left.abort();
    }
  };
}

/** Asks again for one that could not be made. */
export function tryProxyAgain(source: string): void {
  const known = wanted.get(source);
  if (!known) return;
  known.left.abort();
  begin(source, known.by);
}

function begin(source: string, by = 1): void {
  const left = new AbortController();
  wanted.set(source, { by, left });
  void follow(source, left.signal);
}

function say(source: string, state: ProxyState): void {
  states.value = new Map(states.peek()).set(source, state);
}

async function follow(source: string, left: AbortSignal): Promise<void> {
  for (let failures = 1; !left.aborted; failures += 1) {
    try {
      for await (const now of proxyOf(source, { signal: left })) say(source, stateOf(now));
      return;
    } catch (error) {
      if (isAbort(error) || left.aborted) return;
      const passes = error instanceof ExportError && error.isPassing;
      if (!passes) {
        say(source, {
          status: "failed",
          progress: 0,
          url: null,
          fps: null,
          error: sentenceOf(error),
        });
        return;
      }
      await clock.delay(backoff(failures, clock.random()), left).catch(() => {});
    }
  }
}

function stateOf({ status, progress, url, facts, error }: Asked): ProxyState {
  return { status, progress, url, fps: facts?.fps ?? null, error };
}
