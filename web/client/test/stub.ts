/** A service that answers what a test has laid out, and a clock that never waits. */
import type { Clock } from "../src/clock.js";
import type { ExportStatus } from "../src/index.js";

export function status(facts: Partial<ExportStatus> = {}): ExportStatus {
  return {
    jobId: "e",
    status: "processing",
    progress: 0.5,
    message: "Rendering.",
    stage: "rendering",
    priority: "normal",
    segmentsDone: 1,
    segmentsTotal: 2,
    etaSeconds: 30,
    queuePosition: null,
    speed: 2,
    warnings: [],
    error: null,
    errorCode: null,
    downloadUrl: null,
    createdAt: "2026-11-26T12:00:00Z",
    startedAt: "2026-11-26T12:00:01Z",
    finishedAt: null,
    attempt: 1,
    ...facts,
  };
}

export const COMPLETED = status({
  status: "completed",
  progress: 1,
  stage: "verifying",
  downloadUrl: "/api/export/e/download",
});

export function json(body: unknown, code = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status: code, headers });
}

export function problem(
  code: number,
  name: string,
  headers: Record<string, string> = {},
): Response {
  return json({ code: name, error: `Sentence of ${name}.` }, code, headers);
}

export function event(id: string, of: ExportStatus): string {
  return `id: ${id}\ndata: ${JSON.stringify(of)}\n\n`;
}

/** A stream of these texts that ends, fails, or stays open. */
export function stream(
  texts: readonly string[],
  end: "ends" | "breaks" | "hangs" = "ends",
): Answer {
  return ({ signal }) => {
    const encoder = new TextEncoder();
    const left = texts.map((text) => encoder.encode(text));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = left.shift();
        if (next) controller.enqueue(next);
        else if (end === "ends") controller.close();
        else if (end === "breaks") controller.error(new TypeError("network"));
        else if (signal?.aborted) controller.error(signal.reason);
        else signal?.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };
}

type Asked = {
  method: string;
  path: string;
  headers: Headers;
  body: string;
  signal: AbortSignal | null;
};
export type Answer = (asked: Asked) => Response | Promise<Response>;

/** Answers `METHOD path` from its list, the last one for ever; a missing one is a lost connection. */
export class StubService {
  readonly asked: Asked[] = [];
  constructor(readonly answers: Record<string, Answer[]>) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const { method = "GET", headers, body, signal = null } = init;
    const path = String(input).replace("https://exports.example", "");
    const asked = { method, path, headers: new Headers(headers), body: String(body ?? ""), signal };
    this.asked.push(asked);
    const list = this.answers[`${method} ${path}`] ?? [];
    const answer = list.length > 1 ? list.shift() : list[0];
    if (!answer) throw new TypeError("fetch failed");
    return await answer(asked);
  };

  get paths(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }
}

/** Delays are over at once and written down; alarms ring when a test says so. */
export class StubClock implements Clock {
  readonly delays: number[] = [];
  readonly alarms = new Map<() => void, number>();

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    this.delays.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }

  alarm(ms: number, run: () => void): () => void {
    this.alarms.set(run, ms);
    return () => this.alarms.delete(run);
  }

  random(): number {
    return 0.5;
  }
}
