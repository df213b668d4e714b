import assert from "node:assert/strict";
import { test } from "node:test";
import { LABELS, viewOf } from "../src/button-view.js";
import { ExportError, type ExportStatus } from "../src/index.js";
import { COMPLETED, status } from "./stub.js";

function running(facts: Partial<ExportStatus>, more = {}) {
  const state = { phase: "running", isCancelling: false, isCutOff: false, ...more } as const;
  return viewOf({ ...state, status: status(facts) });
}

test("while it runs there are stage, percent, what is left, and a way to cancel", () => {
  const view = running({ progress: 0.456, etaSeconds: 130 });
  assert.deepEqual([view.stage, view.percent, view.eta], ["Rendering", 45, "about 2 min left"]);
  assert.deepEqual(view.actions, ["cancel"]);
});

test("it never says 100 % before it is ready", () => {
  assert.equal(running({ progress: 0.999 }).percent, 99);
  const done = viewOf({ phase: "completed", status: COMPLETED });
  assert.deepEqual([done.percent, done.actions], [100, ["download", "again"]]);
});

test("a screen reader is told of stages and tens, not of every percent", () => {
  const said = [0.01, 0.31, 0.32, 0.399, 0.4].map((progress) => running({ progress }).announcement);
  assert.deepEqual(said, [
    "Rendering",
    "Rendering, 30 %",
    "Rendering, 30 %",
    "Rendering, 30 %",
    "Rendering, 40 %",
  ]);
});

test("who waits is told the place in the queue", () => {
  const view = running({ stage: "queued", status: "pending", progress: 0, queuePosition: 3 });
  assert.equal(view.stage, "Waiting in the queue, number 3");
});

test("a lost connection and a cancel on its way are said", () => {
  assert.equal(running({}, { isCutOff: true }).stage, LABELS.cutOff);
  const view = running({}, { isCancelling: true });
  assert.deepEqual([view.stage, view.actions], [LABELS.cancelling, []]);
});

test("a failure says its sentence, and each fault where there are several", () => {
  const faults = ["One.", "Two."].map((message) => ({ place: "x", code: "y", message }));
  const view = viewOf({
    phase: "failed",
    error: new ExportError("c", "Sentence.", { faults }),
    isOfExport: false,
  });
  assert.deepEqual(
    [view.error, view.details, view.actions],
    ["Sentence.", ["One.", "Two."], ["retry"]],
  );
  const single = new ExportError("c", "One.", { faults: faults.slice(0, 1) });
  assert.deepEqual(viewOf({ phase: "failed", error: single, isOfExport: false }).details, []);
});

test("what is left is said as coarsely as it is known", () => {
  const words = [4, 33, 100, 5399, 7300].map(LABELS.secondsLeft);
  assert.deepEqual(words, [
    "a few seconds left",
    "about 30 s left",
    "about 2 min left",
    "about 90 min left",
    "about 2 h left",
  ]);
});

test("warnings are shown beside the finished export", () => {
  const warned = { ...COMPLETED, warnings: ["Camera 2 ends early."] };
  assert.deepEqual(viewOf({ phase: "completed", status: warned }).details, warned.warnings);
});
