import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { causesOf } from "../src/exports/reasons.ts";
import { KNOWN_CODES, remedyFor } from "../src/exports/remedies.ts";
import { about, count, length, rateName, share, size } from "../src/exports/words.ts";

test("lengths are read as on a file", () => {
  assert.deepEqual([4.52, 59.4, 59.6, 754, 3599.6, 3900].map(length), [
    "4.5 s",
    "59 s",
    "1 min 00 s",
    "12 min 34 s",
    "1 h 00 min",
    "1 h 05 min",
  ]);
});

test("a guess has no more digits than can be believed", () => {
  assert.deepEqual([3, 43, 60, 200, 3600, 9000].map(about), [
    "a few seconds",
    "about 40 seconds",
    "about a minute",
    "about 3 minutes",
    "about an hour",
    "about 2.5 hours",
  ]);
});

test("a size never shows a thousand of its unit", () => {
  assert.deepEqual([1, 999, 1000, 999_600, 4_249_000, 12e9].map(size), [
    "1 bytes",
    "999 bytes",
    "1.0 kB",
    "1.0 MB",
    "4.2 MB",
    "12 GB",
  ]);
});

test("none is said only of none, and all only of all", () => {
  assert.equal(share(0, 10), "0\u00a0%");
  assert.equal(share(10, 10), "100\u00a0%");
  assert.equal(share(1, 100_000), "less than 0.1\u00a0%");
  assert.equal(share(99_999, 100_000), "more than 99.9\u00a0%");
  assert.equal(share(977, 1000), "97.7\u00a0%");
  assert.equal(share(1, 3), "33\u00a0%");
});

test("one frame, many frames", () => {
  assert.equal(count(1, "frame"), "1 frame");
  assert.equal(count(45_000, "frame"), "45,000 frames");
  assert.equal(rateName("30000/1001"), "29.97");
  assert.equal(rateName("25/1"), "25");
});

test("every remedy is for a code that the service has", () => {
  const errors = readFileSync("../../docs/errors.md", "utf8");
  const own = ["unreachable"];
  for (const code of KNOWN_CODES)
    assert.ok(own.includes(code) || errors.includes(`\`${code}\``), code);
});

test("every way in which a job can fail has a remedy", () => {
  const errors = readFileSync("../../docs/errors.md", "utf8");
  const failed = [...errors.matchAll(/^\| `(\w+)` \| [^|]*failed job/gm)].map(([, code]) => code);
  assert.ok(failed.length > 10);
  for (const code of failed) assert.ok(remedyFor(code ?? null), code);
});

test("causes are put together by what they mean, the dearest first", () => {
  const segments = [
    {
      sourceName: "wide.mp4",
      convertedFrames: 20,
      reasons: [
        "before the segment's first key frame",
        "after the last picture that can be copied whole",
      ],
    },
    { sourceName: "wide.mp4", convertedFrames: 0, reasons: [] },
    {
      sourceName: "phone.mov",
      convertedFrames: 300,
      reasons: ["it has 25 fps, unlike most of the programme"],
    },
    { sourceName: "wide.mp4", convertedFrames: 7, reasons: ["something new", "black"] },
  ];
  assert.deepEqual(
    causesOf(segments).map(({ words, shots, frames }) => [words, shots, frames]),
    [
      ["phone.mov: it has 25 fps, unlike most of the programme", 1, 300],
      ["around the cuts, up to the camera's next key frame", 1, 20],
      ["wide.mp4: something new", 1, 7],
    ],
  );
});
