/** An export watched to its end: by events where they come through, by asking where they do not. */
import { backoff, type Clock, clock as realClock } from "./clock.js";
import { type ExportStatus, isOver } from "./contract.js";
import { ExportError } from "./errors.js";
import { EventReader, type ServerEvent } from "./events.js";
import { ask, type CallOptions, exportStatus, pathOf } from "./service.js";

export interface WatchOptions extends CallOptions {
  /** Told when the service cannot be reached or answered wrongly, and it is tried again. */
  onTrouble?: (error: ExportError) => void;
  clock?: Clock;
}

const POLL_MS = 2000;
/** The service sends the first event at once and a sign of life every 15 s. */
const FIRST_EVENT_MS = 10_000;
const SILENCE_MS = 45_000;
/** Where no event came through, something on the way holds them back: events are tried again after so many polls. */
const POLLS_BETWEEN_STREAMS = 30;

/**
 * How an export stands, on every change, until it is over; the last one says how it ended.
 *
 * All it needs is the id, so that a page that was loaded again can go on watching. It goes on through
 * lost connections and restarts of the service; an abort of `signal` ends it with the signal's reason.
 *
 * Throws ExportError for what does not pass: `not_found`, a key that does not count.
 */
export async function* watchExport(
  jobId: string,
  options: WatchOptions = {},
): AsyncGenerator<ExportStatus, void, undefined> {
  const { signal, onTrouble, clock = realClock } = options;
  const memory: Memory = { lastEventId: "", retryMs: POLL_MS };
  let failures = 0;
  let polls = 0;
  let last = "";
  while (true) {
    signal?.throwIfAborted();
    let pause = POLL_MS;
    if (polls === 0) {
      let came = false;
      try {
        for await (const status of streamed(jobId, options, memory)) {
          came = true;
          failures = 0;
          last = JSON.stringify(status);
          yield status;
          if (isOver(status)) return;
        }
        pause = memory.retryMs;
      } catch (error) {
        if (signal?.aborted) throw error;
        // What a stream fails of is told by the answer to a plain question, which comes next.
      }
      polls = came ? 0 : POLLS_BETWEEN_STREAMS;
    } else {
      polls -= 1;
    }
    try {
      const status = await exportStatus(jobId, options);
      failures = 0;
      const text = JSON.stringify(status);
      if (text !== last) yield status;
      last = text;
      if (isOver(status)) return;
    } catch (error) {
      if (!(error instanceof ExportError && error.isPassing)) throw error;
      failures += 1;
      // Who could not be reached at all may take events again as soon as it can.
      polls = 0;
      onTrouble?.(error);
      pause = Math.max(backoff(failures, clock.random()), 1000 * (error.retryAfter ?? 0));
    }
    await clock.delay(pause, signal);
  }
}

interface Memory {
  lastEventId: string;
  retryMs: number;
}

/** The statuses that one stream brings; ends when it ends, whyever. */
async function* streamed(
  jobId: string,
  options: WatchOptions,
  memory: Memory,
): AsyncGenerator<ExportStatus, void, undefined> {
  const { signal, clock = realClock } = options;
  const mine = new AbortController();
  const pass = () => mine.abort(signal?.reason);
  signal?.addEventListener("abort", pass, { once: true });
  let stopAlarm = clock.alarm(FIRST_EVENT_MS, () => mine.abort());
  const heard = () => {
    stopAlarm();
    stopAlarm = clock.alarm(SILENCE_MS, () => mine.abort());
  };
  try {
    const headers = new Headers({ Accept: "text/event-stream" });
    if (memory.lastEventId) headers.set("Last-Event-ID", memory.lastEventId);
    const init: RequestInit = { headers, cache: "no-store" };
    const answer = await ask(pathOf(jobId, "events"), { ...options, signal: mine.signal }, init);
    if (!answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return;
    for await (const event of eventsIn(answer, memory, heard)) {
      const status = JSON.parse(event.data) as ExportStatus;
      memory.lastEventId = event.id;
      yield status;
    }
  } finally {
    stopAlarm();
    signal?.removeEventListener("abort", pass);
    mine.abort();
  }
}

async function* eventsIn(
  answer: Response,
  memory: Memory,
  heard: () => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const body = answer.body?.getReader();
  if (!body) return;
  const reader = new EventReader();
  const decoder = new TextDecoder();
  while (true) {
    const { done, value } = await body.read();
    if (done) return;
    const events = reader.feed(decoder.decode(value, { stream: true }));
    memory.retryMs = reader.retry ?? memory.retryMs;
    heard();
    yield* events;
  }
}
