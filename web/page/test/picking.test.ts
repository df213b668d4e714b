import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceEntry } from "../src/api/sources.ts";
import { camerasOf, moved, shown, toggled, usable, whatIsMissing } from "../src/sources/picking.ts";
import {
  cameraNameOf,
  lengthInWords,
  sizeInWords,
  timeLeftInWords,
  whyNot,
} from "../src/sources/words.ts";

function source(filePath: string, change: Partial<SourceEntry> = {}, duration = 60): SourceEntry {
  const facts = {
    duration,
    fps: 25,
    hasConstantRate: true,
    frames: duration * 25,
    width: 1920,
    height: 1080,
    rotation: 0,
    codec: "h264",
    pixelFormat: "yuv420p",
    keyFrameInterval: 2,
    sound: null,
    createdAt: null,
  };
  return { filePath, bytes: 1000, modifiedAt: "2026-11-26T10:00:00Z", facts, ...change };
}

const paths = (sources: readonly SourceEntry[]) => sources.map(({ filePath }) => filePath);

test("sources are found by every word of their path, and numbers are ordered as numbers", () => {
  const all = ["cam 10.mp4", "Cam 9.mp4", "day 2/wide.mov"].map((path) => source(path));
  assert.deepEqual(paths(shown(all, "", "name")), ["Cam 9.mp4", "cam 10.mp4", "day 2/wide.mov"]);
  assert.deepEqual(paths(shown(all, " WIDE day", "name")), ["day 2/wide.mov"]);
  assert.deepEqual(paths(shown(all, "wide cam", "name")), []);
});

test("sources are ordered by what was asked for, and equal ones by their names", () => {
  const all = [
    source("b.mp4", { modifiedAt: "2026-11-26T09:00:00Z", bytes: 5 }, 10),
    source("c.mp4", { bytes: 9 }, 30),
    source("a.mp4", { facts: null }),
  ];
  assert.deepEqual(paths(shown(all, "", "newest")), ["a.mp4", "c.mp4", "b.mp4"]);
  assert.deepEqual(paths(shown(all, "", "longest")), ["c.mp4", "b.mp4", "a.mp4"]);
  assert.deepEqual(paths(shown(all, "", "largest")), ["a.mp4", "c.mp4", "b.mp4"]);
});

test("six cameras are picked at most, in the order in which they were picked", () => {
  let picked: readonly string[] = [];
  for (const name of "abcdefg") picked = toggled(picked, name);
  assert.deepEqual(picked, [..."abcdef"]);
  assert.deepEqual(toggled(picked, "c"), [..."abdef"]);
  assert.equal(toggled(picked, "g"), picked);
});

test("a picked camera moves among the others and not beyond them", () => {
  const picked = [..."abc"];
  assert.deepEqual(moved(picked, "c", -1), [..."acb"]);
  assert.deepEqual(moved(picked, "a", -1), picked);
  assert.deepEqual(moved(picked, "c", 1), picked);
  assert.equal(moved(picked, "x", 1), picked);
});

test("what cannot be used says why, and does not stay picked", () => {
  const bad = source("bad.mp4", { facts: null, error: "There is no picture in it." });
  const half = source("half.mp4", { growing: true });
  const fresh = source("fresh.mp4", { facts: null, probing: true });
  assert.equal(whyNot(bad), "There is no picture in it.");
  assert.match(whyNot(half) ?? "", /written to just now/);
  assert.match(whyNot(fresh) ?? "", /looked into/);
  assert.equal(whyNot(source("good.mp4")), null);
  const all = [bad, half, source("good.mp4")];
  assert.deepEqual(usable(["bad.mp4", "good.mp4", "gone.mp4"], all), ["good.mp4"]);
});

test("it says how many cameras are missing", () => {
  assert.equal(whatIsMissing([]), "Pick 2 to 6 cameras.");
  assert.equal(whatIsMissing(["a"]), "Pick 1 more.");
  assert.equal(whatIsMissing(["a", "b"]), null);
});

test("cameras are called by their files, and by their folders where files are called alike", () => {
  const all = ["1/cam.mp4", "2/cam.mp4", "close.up.mov"].map((path) => source(path));
  const cameras = camerasOf(["close.up.mov", "2/cam.mp4", "1/cam.mp4"], all);
  assert.deepEqual(
    cameras.map(({ id, name }) => [id, name]),
    [
      ["c1", "close.up"],
      ["c2", "2/cam.mp4"],
      ["c3", "1/cam.mp4"],
    ],
  );
  assert.deepEqual(cameras[0], {
    id: "c1",
    source: "close.up.mov",
    name: "close.up",
    seconds: 60,
    width: 1920,
    height: 1080,
    fps: 25,
    hasSound: false,
    offset: 0,
  });
  assert.equal(cameraNameOf(".mp4"), ".mp4");
});

test("lengths, sizes and waits are said as people say them", () => {
  assert.deepEqual([0, 7.4, 750, 3725].map(lengthInWords), ["0:00", "0:07", "12:30", "1:02:05"]);
  assert.deepEqual([512, 1400, 14e6, 999_600, 28.1e9].map(sizeInWords), [
    "512 B",
    "1.4 kB",
    "14 MB",
    "1.0 MB",
    "28 GB",
  ]);
  assert.equal(timeLeftInWords(20), "less than a minute left");
  assert.equal(timeLeftInWords(65), "about a minute left");
  assert.equal(timeLeftInWords(3600 * 5), "about 5 hours left");
  assert.equal(timeLeftInWords(Number.POSITIVE_INFINITY), "");
});
