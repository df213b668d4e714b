import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import "./browser.ts";
import { proxies, wantProxies } from "../src/sources/proxies.ts";

const URL = "/api/preview/files/1";
const MADE = { width: 1280, height: 720, fps: 25, seconds: 60, bytes: 1000 };

/** A service that answers each question for a proxy with the next of these. */
function service(...answers: (number | "ready" | Response)[]) {
  const asked: string[] = [];
  mock.method(globalThis, "fetch", async (address: string, init?: RequestInit) => {
    init?.signal?.throwIfAborted();
    asked.push(new globalThis.URL(address, "http://here").searchParams.get("source") ?? "");
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next instanceof Response) return next.clone();
    const isReady = next === "ready";
    return Response.json({
      status: isReady ? "ready" : "making",
      progress: isReady ? 1 : next,
      url: isReady ? URL : null,
      facts: isReady ? MADE : null,
      error: null,
    });
  });
  return asked;
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; tries < 300 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(holds());
};

afterEach(() => mock.restoreAll());

test("a proxy is asked for until it is ready", async () => {
  const asked = service(0.25, "ready");
  const leave = wantProxies(["a.mp4"]);
  await until(() => proxies.value.get("a.mp4")?.progress === 0.25);
  await until(() => proxies.value.get("a.mp4")?.status === "ready");
  assert.equal(proxies.value.get("a.mp4")?.url, URL);
  assert.deepEqual(asked, ["a.mp4", "a.mp4"]);
  leave();
});

test("two who want the same ask once, and when both have left nobody asks any more", async () => {
  const asked = service(0.5);
  const leave = [wantProxies(["b.mp4"]), wantProxies(["b.mp4"])];
  await until(() => asked.length === 1);
  leave[0]?.();
  leave[0]?.();
  await until(() => asked.length === 2);
  leave[1]?.();
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(asked.length, 2);
});

test("what cannot be made says why, and what was only unreachable is asked for again", async () => {
  const problem = { code: "source_missing", error: "There is no such file." };
  service(Response.json(problem, { status: 404 }));
  const leave = wantProxies(["gone.mp4"]);
  await until(() => proxies.value.get("gone.mp4")?.status === "failed");
  assert.equal(proxies.value.get("gone.mp4")?.error, "There is no such file.");
  leave();
  mock.restoreAll();
  service(Response.json({ code: "no_room", error: "Not now." }, { status: 503 }), "ready");
  const again = wantProxies(["late.mp4"]);
  await until(() => proxies.value.get("late.mp4")?.status === "ready");
  again();
});
