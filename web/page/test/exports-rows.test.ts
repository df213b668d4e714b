import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExportStatus } from "multicam-export-client";
import { extended, refreshed, toWatch, updated, visible } from "../src/exports/listing.ts";
import { rowOf } from "../src/exports/rows.ts";

const status = (jobId: string, more: Partial<ExportStatus> = {}): ExportStatus => ({
  jobId,
  status: "processing",
  progress: 0.421,
  message: "",
  stage: "rendering",
  priority: "normal",
  segmentsDone: 0,
  segmentsTotal: 0,
  etaSeconds: 130,
  queuePosition: null,
  speed: null,
  warnings: [],
  error: null,
  errorCode: null,
  downloadUrl: null,
  createdAt: `2026-11-26T12:00:${jobId.padStart(2, "0")}Z`,
  startedAt: null,
  finishedAt: null,
  attempt: 1,
  ...more,
});

test("what runs says its stage, how far it is and how long it takes", () => {
  const row = rowOf(status("1"));
  assert.equal(row.stage, "Making pictures and sound");
  assert.equal(row.percent, 42);
  assert.equal(row.detail, "about 2 minutes left");
  assert.equal(row.announcement, "Making pictures and sound, 40 %");
  assert.deepEqual(row.actions, ["cancel"]);
});

test("what waits says how many are before it", () => {
  const queued = (queuePosition: number | null) =>
    rowOf(status("1", { status: "pending", stage: "queued", progress: 0, queuePosition })).detail;
  assert.deepEqual([null, 1, 3].map(queued), ["", "it is next", "2 before it"]);
});

test("what failed says why, and what to do", () => {
  const failed = { status: "failed", error: "wide.mp4 is not there.", errorCode: "source_missing" };
  const row = rowOf(status("1", failed as Partial<ExportStatus>));
  assert.equal(row.detail, "wide.mp4 is not there.");
  assert.match(row.remedy, /Put the file back/);
  assert.deepEqual(row.actions, ["retry", "delete"]);
});

test("what is ready can be downloaded, and deleted", () => {
  const times = { startedAt: "2026-11-26T12:00:00Z", finishedAt: "2026-11-26T12:03:10Z" };
  const row = rowOf(status("1", { status: "completed", progress: 1, ...times }));
  assert.equal(row.detail, "it took about 3 minutes");
  assert.deepEqual(row.actions, ["download", "delete"]);
});

test("a page that is asked for again drops what is gone and keeps what is older", () => {
  const known = ["5", "4", "3", "2", "1"].map((id) => status(id));
  const page = { exports: [status("6"), status("5"), status("3")], nextCursor: "x" };
  const ids = refreshed(known, page, new Set()).map(({ jobId }) => jobId);
  assert.deepEqual(ids, ["6", "5", "3", "2", "1"]);
  const whole = { ...page, nextCursor: null };
  assert.deepEqual(refreshed(known, whole, new Set()).length, 3);
});

test("a watched export is not set back by a page that was asked for before", () => {
  const known = [status("2", { progress: 0.6 }), status("1", { progress: 0.6 })];
  const page = { exports: [status("2"), status("1")], nextCursor: null };
  const [watched, other] = refreshed(known, page, new Set(["2"]));
  assert.deepEqual([watched?.progress, other?.progress], [0.6, 0.421]);
  const over = { exports: [status("2", { status: "completed" })], nextCursor: null };
  assert.equal(refreshed(known, over, new Set(["2"]))[0]?.status, "completed");
});

test("a further page brings nothing twice", () => {
  const page = { exports: [status("2"), status("1")], nextCursor: null };
  const ids = extended([status("3"), status("2")], page).map(({ jobId }) => jobId);
  assert.deepEqual(ids, ["3", "2", "1"]);
  assert.equal(updated([status("3")], status("3", { progress: 0.9 }))[0]?.progress, 0.9);
});

test("only so many are watched that a browser can still ask, those at work first", () => {
  const pending = (id: string) => status(id, { status: "pending", stage: "queued" });
  const known = [pending("4"), pending("3"), status("2"), status("1", { status: "failed" })];
  assert.deepEqual(toWatch(known), ["2", "4"]);
});

test("cancelled ones are seen by who cancelled them or wants to see them", () => {
  const known = [status("2", { status: "cancelled" }), status("1")];
  assert.equal(visible(known, false, new Set()).length, 1);
  assert.equal(visible(known, true, new Set()).length, 2);
  assert.equal(visible(known, false, new Set(["2"])).length, 2);
});
