import assert from "node:assert/strict";
import { test } from "node:test";
import type { Match } from "../src/api/sync.ts";
import { lagOf, newEdit, setLags } from "../src/edit/cameras.ts";
import type { Camera } from "../src/edit/edit.ts";
import {
  comparisonOf,
  lagIn,
  lagsOf,
  laterInWords,
  matchInWords,
  offAtEnds,
} from "../src/sources/lining-up.ts";

function camera(id: string, change: Partial<Camera> = {}): Camera {
  return {
    id,
    source: `${id}.mp4`,
    name: id,
    seconds: 100,
    width: 1280,
    height: 720,
    fps: 25,
    hasSound: true,
    offset: 0,
    ...change,
  };
}

function match(id: string, offsetSeconds: number | null, driftPpm: number | null = null): Match {
  const found = offsetSeconds !== null;
  return { source: `${id}.mp4`, found, offsetSeconds, driftPpm, confidence: found ? 0.97 : 0.1 };
}

test("what the service found is what the cameras are lined up by", () => {
  const edit = newEdit([camera("a"), camera("b"), camera("c")]);
  const comparison = comparisonOf(edit);
  assert.ok(comparison);
  assert.equal(comparison.reference.id, "a");
  const lags = lagsOf(edit, comparison, [match("b", 1.7), match("c", -0.9)]);
  assert.deepEqual(lags, { b: 1.7, c: -0.9 });
  const lined = setLags(edit, lags);
  assert.deepEqual(
    lined.cameras.map((one) => lagOf(lined, one)),
    [0, 1.7, -0.9],
  );
});

test("a first camera without sound is left where it is, and the others are lined up to each other", () => {
  const first = camera("a", { hasSound: false });
  const edit = setLags(newEdit([first, camera("b"), camera("c")]), { b: 5 });
  const comparison = comparisonOf(edit);
  assert.equal(comparison?.reference.id, "b");
  assert.deepEqual(
    comparison?.silent.map(({ id }) => id),
    ["a"],
  );
  assert.ok(comparison);
  assert.deepEqual(lagsOf(edit, comparison, [match("c", 2)]), { c: 7 });
});

test("what was not found stays as it was, and is said", () => {
  const edit = newEdit([camera("a"), camera("b")]);
  const comparison = comparisonOf(edit);
  assert.ok(comparison);
  assert.deepEqual(lagsOf(edit, comparison, [match("b", null)]), {});
  const [a, b] = edit.cameras as [Camera, Camera];
  const told = matchInWords(match("b", null), b, a, edit);
  assert.equal(told.isGood, false);
  assert.match(told.words, /^No sound in common with a was found/);
});

test("fewer than two sounds cannot be compared", () => {
  const edit = newEdit([camera("a", { hasSound: false }), camera("b")]);
  assert.equal(comparisonOf(edit), null);
});

test("clocks that run apart are lined up in the middle of what both recorded", () => {
  const [a, b] = [camera("a", { seconds: 7200 }), camera("b", { seconds: 7200 })];
  const drifting = match("b", 10, 20);
  // Common: 0 to 7190 s of b.
  assert.equal(lagIn(drifting, b, a), 10 + 20e-6 * 3595);
  assert.equal(offAtEnds(drifting, b, a), 20e-6 * 3595);
  const { words } = matchInWords(drifting, b, a, newEdit([a, b]));
  assert.match(
    words,
    /Began 10\.072 s after a: 97 % of the sound agrees, clocks 20\.0 ppm apart\./,
  );
  assert.match(words, /runs slower: right in the middle, 72 ms off at both ends/);
});

test("a drift of less than half a frame is only a number", () => {
  const [a, b] = [camera("a"), camera("b")];
  const { words } = matchInWords(match("b", 1.7, -3), b, a, newEdit([a, b]));
  assert.equal(words, "Began 1.700 s after a: 97 % of the sound agrees, clocks 3.0 ppm apart.");
});

test("before, after and together", () => {
  assert.equal(laterInWords(-0.9), "0.900 s before");
  assert.equal(laterInWords(1.7), "1.700 s after");
  assert.equal(laterInWords(0.0001), "together with");
});
