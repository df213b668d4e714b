import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff } from "../src/clock.js";
import { ExportError, type ExportStatus, type WatchOptions, watchExport } from "../src/index.js";
import {
  type Answer,
  COMPLETED,
  event,
  json,
  problem,
  StubClock,
  StubService,
  status,
  stream,
} from "./stub.js";

const EVENTS = "GET /api/export/e/events";
const STATUS = "GET /api/export/e/status";

function watcher(answers: Record<string, Answer[]>, options: WatchOptions = {}) {
  const service = new StubService(answers);
  const clock = new StubClock();
  const troubles: string[] = [];
  const watching = watchExport("e", {
    clock,
    onTrouble: ({ code }) => troubles.push(code),
    ...options,
    service: { ...options.service, fetch: service.fetch },
  });
  return { service, clock, troubles, watching };
}

async function all(watching: AsyncIterable<ExportStatus>): Promise<number[]> {
  const seen = [];
  for await (const { progress } of watching) seen.push(progress);
  return seen;
}

test("events are told one by one, with the key, until the export is over", async () => {
  const answer = stream(
    [event("1", status({ progress: 0.1 })), `: alive\n\n${event("2", COMPLETED)}`],
    "hangs",
  );
  const { service, watching, clock } = watcher(
    { [EVENTS]: [answer] },
    { service: { credential: async () => "key" } },
  );
  assert.deepEqual(await all(watching), [0.1, 1]);
  assert.deepEqual(service.paths, [EVENTS]);
  assert.equal(service.asked[0]?.headers.get("Authorization"), "Bearer key");
  assert.equal(service.asked[0]?.headers.get("Last-Event-ID"), null);
  assert.ok(service.asked[0]?.signal?.aborted, "the connection is given back");
  assert.equal(clock.alarms.size, 0);
});

test("a broken stream goes on behind the last event, and tells nothing twice", async () => {
  const half = status({ progress: 0.5 });
  const { service, watching, clock } = watcher({
    [EVENTS]: [
      stream(["retry: 700\n\n", event("7", half)], "breaks"),
      stream([event("9", COMPLETED)]),
    ],
    [STATUS]: [() => json(half)],
  });
  assert.deepEqual(await all(watching), [0.5, 1]);
  assert.deepEqual(service.paths, [EVENTS, STATUS, EVENTS]);
  assert.equal(service.asked[2]?.headers.get("Last-Event-ID"), "7");
  assert.equal(clock.delays.length, 1);
});

test("a stream that ends is taken up again after the time that the service names", async () => {
  const { watching, clock } = watcher({
    [EVENTS]: [stream(["retry: 700\n\n", event("7", status())]), stream([event("9", COMPLETED)])],
    [STATUS]: [() => json(status())],
  });
  assert.deepEqual(await all(watching), [0.5, 1]);
  assert.deepEqual(clock.delays, [700]);
});

test("where nothing more comes as events, the status says how it ended", async () => {
  const { service, watching } = watcher({
    [EVENTS]: [() => new Response(null, { status: 204 })],
    [STATUS]: [() => json(COMPLETED)],
  });
  assert.deepEqual(await all(watching), [1]);
  assert.deepEqual(service.paths, [EVENTS, STATUS]);
});

for (const [why, answer] of Object.entries<Answer>({
  "are unknown": () => problem(404, "not_found"),
  "are something else": () => new Response("<html>", { headers: { "Content-Type": "text/html" } }),
  "break at once": stream([], "breaks"),
})) {
  test(`where events ${why}, it is asked every two seconds`, async () => {
    const polls = [0.1, 0.1, 0.2].map((progress) => () => json(status({ progress })));
    const { service, watching, clock, troubles } = watcher({
      [EVENTS]: [answer],
      [STATUS]: [...polls, () => json(COMPLETED)],
    });
    assert.deepEqual(await all(watching), [0.1, 0.2, 1]);
    assert.deepEqual(clock.delays, [2000, 2000, 2000]);
    assert.equal(service.paths.filter((path) => path === EVENTS).length, 1);
    assert.deepEqual(troubles, []);
  });
}

test("events are tried again after a minute of asking", async () => {
  const { service, watching } = watcher({
    [EVENTS]: [() => new Response(null, { status: 502 }), stream([event("1", COMPLETED)])],
    [STATUS]: [() => json(status())],
  });
  assert.deepEqual(await all(watching), [0.5, 1]);
  assert.equal(service.paths.filter((path) => path === STATUS).length, 31);
});

test("a stream that says nothing is given up", async () => {
  const { service, watching, clock } = watcher({
    [EVENTS]: [stream([], "hangs")],
    [STATUS]: [() => json(COMPLETED)],
  });
  const told = all(watching);
  while (clock.alarms.size === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([...clock.alarms.values()], [10_000]);
  assert.deepEqual(service.paths, [EVENTS]);
  for (const ring of clock.alarms.keys()) ring();
  assert.deepEqual(await told, [1]);
});

test("lost connections and a service that restarts are survived, later each time", async () => {
  const lost: Answer = () => {
    throw new TypeError("fetch failed");
  };
  const { watching, clock, troubles } = watcher({
    [EVENTS]: [lost, lost, lost, stream([event("1", COMPLETED)])],
    [STATUS]: [
      lost,
      () => problem(503, "broken"),
      () => problem(429, "rate", { "Retry-After": "20" }),
    ],
  });
  assert.deepEqual(await all(watching), [1]);
  assert.deepEqual(clock.delays, [750, 1500, 20_000]);
  assert.deepEqual(troubles, ["unreachable", "broken", "rate"]);
});

for (const [code, name] of [
  [404, "not_found"],
  [401, "unauthorized"],
] as const) {
  test(`${code} does not pass`, async () => {
    const { watching } = watcher({
      [EVENTS]: [() => problem(code, name)],
      [STATUS]: [() => problem(code, name)],
    });
    const error = await all(watching).catch((error: unknown) => error);
    assert.ok(error instanceof ExportError);
    assert.deepEqual([error.code, error.status], [name, code]);
  });
}

test("an abort ends it with its reason, while it listens and while it waits", async () => {
  for (const answer of [stream([event("1", status())], "hangs"), stream([event("1", status())])]) {
    const abort = new AbortController();
    const { watching } = watcher(
      { [EVENTS]: [answer], [STATUS]: [() => json(status())] },
      { signal: abort.signal },
    );
    await watching.next();
    const next = watching.next();
    abort.abort(new Error("enough"));
    await assert.rejects(next, /enough/);
  }
});

test("waiting grows twofold up to half a minute, and is never the same for all", () => {
  assert.deepEqual(
    [1, 2, 3, 9].map((failures) => backoff(failures, 0)),
    [500, 1000, 2000, 15_000],
  );
  assert.deepEqual(
    [1, 2, 3, 9].map((failures) => backoff(failures, 1)),
    [1000, 2000, 4000, 30_000],
  );
});
