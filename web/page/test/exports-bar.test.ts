import assert from "node:assert/strict";
import { test } from "node:test";
import { cameraStripes, type Shot, wayColumns } from "../src/exports/bar.ts";

const shot = (
  sourceIndex: number,
  programStart: number,
  programEnd: number,
  convertedFrames = 0,
  blackFrames = 0,
): Shot => ({
  sourceIndex,
  programStart,
  programEnd,
  convertedFrames,
  blackFrames,
  copiedFrames: programEnd - programStart - convertedFrames - blackFrames,
});

const area = (shots: Shot[], way: "copied" | "converted" | "black") =>
  wayColumns(shots).reduce((sum, { start, end, what }) => sum + (end - start) * what[way], 0);

test("cameras follow each other without a gap, skipped shots left out", () => {
  const stripes = cameraStripes([
    shot(0, 0, 30),
    shot(1, 30, 30),
    shot(0, 30, 60),
    shot(1, 60, 120),
  ]);
  assert.deepEqual(stripes, [
    { start: 0, end: 0.5, what: 0 },
    { start: 0.5, end: 1, what: 1 },
  ]);
});

test("a thousand cuts are no more stripes than one can see, and still fill the bar", () => {
  const shots = Array.from({ length: 5000 }, (_, n) => shot(n % 3, n * 40, n * 40 + 40));
  const stripes = cameraStripes(shots);
  assert.ok(stripes.length <= 401);
  assert.equal(stripes.at(-1)?.end, 1);
  for (const [n, { start }] of stripes.entries()) assert.equal(start, n ? stripes[n - 1]?.end : 0);
});

test("the areas of the bar are the shares of the frames, in short programmes and in long ones", () => {
  for (const many of [3, 150, 4000]) {
    const shots = Array.from({ length: many }, (_, n) =>
      shot(n % 2, n * 50, n * 50 + 50, n % 7, n === 0 ? 10 : 0),
    );
    const frames = many * 50;
    const converted = shots.reduce((sum, one) => sum + (one.convertedFrames ?? 0), 0);
    assert.ok(Math.abs(area(shots, "converted") - converted / frames) < 0.006);
    assert.ok(Math.abs(area(shots, "black") - 10 / frames) < 0.006);
    assert.ok(wayColumns(shots).length <= 400);
  }
});

test("a programme without frames has no bar", () => {
  assert.deepEqual(wayColumns([]), []);
  assert.deepEqual(cameraStripes([shot(0, 0, 0)]), []);
});
