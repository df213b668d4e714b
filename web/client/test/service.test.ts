import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cancelExport,
  downloadUrl,
  ExportError,
  exportStatus,
  retryExport,
  submitExport,
} from "../src/index.js";
import { configOf } from "./fixtures.js";
import { COMPLETED, json, problem, StubService, status } from "./stub.js";

const accepted = { jobId: "e", status: "pending", message: "", warnings: [], statusUrl: "" };

function at(stub: StubService) {
  return { service: { baseUrl: "https://exports.example/", credential: "key", fetch: stub.fetch } };
}

async function failure(promise: Promise<unknown>): Promise<ExportError> {
  const error = await promise.catch((error: unknown) => error);
  assert.ok(error instanceof ExportError);
  return error;
}

test("each call is what the service knows", async () => {
  const stub = new StubService({
    "POST /api/export": [() => json(accepted, 202)],
    "GET /api/export/a%20b/status": [() => json(status())],
    "POST /api/export/e/retry": [() => json(accepted, 202)],
    "DELETE /api/export/e": [() => json({ jobId: "e", status: "cancelled", message: "" })],
  });
  const config = configOf("01_basic_3cam");
  assert.deepEqual(await submitExport(config, at(stub)), accepted);
  assert.deepEqual(await exportStatus("a b", at(stub)), status());
  assert.deepEqual(await retryExport("e", at(stub)), accepted);
  assert.equal((await cancelExport("e", at(stub))).status, "cancelled");
  assert.deepEqual(JSON.parse(stub.asked[0]?.body ?? ""), config);
  for (const { headers } of stub.asked) assert.equal(headers.get("Authorization"), "Bearer key");
});

test("a download is the address that the status names, at the service", async () => {
  const stub = new StubService({
    "GET /api/export/e/status": [() => json(COMPLETED), () => json(status())],
  });
  assert.equal(await downloadUrl("e", at(stub)), "https://exports.example/api/export/e/download");
  assert.equal((await failure(downloadUrl("e", at(stub)))).code, "not_completed");
});

test("a refused config is an error with its sentence and every place", async () => {
  const errors = [{ place: "segments[3].endTime", code: "too_small", message: "Ends too soon." }];
  const body = { code: "config_invalid", error: "One thing is wrong.", errors };
  const stub = new StubService({ "POST /api/export": [() => json(body, 400)] });
  const error = await failure(submitExport(configOf("01_basic_3cam"), at(stub)));
  assert.equal(error.message, "One thing is wrong.");
  assert.deepEqual([error.code, error.status, error.isPassing], ["config_invalid", 400, false]);
  assert.deepEqual(error.faults, errors);
});

test("no answer, a proxy's answer and too many requests are told apart", async () => {
  const path = "GET /api/export/e/status";
  const stub = new StubService({
    [path]: [
      () => new Response("<h1>Bad Gateway</h1>", { status: 502 }),
      () => problem(429, "rate_limited", { "Retry-After": "7" }),
      () => new Response("<h1>Welcome</h1>"),
    ],
  });
  const proxy = await failure(exportStatus("e", at(stub)));
  assert.deepEqual([proxy.code, proxy.status, proxy.isPassing], ["not_understood", 502, true]);
  const rate = await failure(exportStatus("e", at(stub)));
  assert.deepEqual([rate.retryAfter, rate.isPassing], [7, true]);
  const page = await failure(exportStatus("e", at(stub)));
  assert.deepEqual([page.code, page.isPassing], ["not_understood", false]);
  const lost = await failure(exportStatus("nobody", at(stub)));
  assert.deepEqual([lost.code, lost.status, lost.isPassing], ["unreachable", null, true]);
});
