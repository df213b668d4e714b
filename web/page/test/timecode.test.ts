import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nearestFrame, rateOf, secondsOf, written } from "../src/edit/rate.ts";
import { parseTimecode, timecode } from "../src/edit/timecode.ts";
import { chance, FPS, whole } from "./random.ts";

describe("a rate", () => {
  it("is the fraction that the service's decimal means", () => {
    assert.deepEqual(rateOf(29.97002997002997), { num: 30000, den: 1001 });
    assert.deepEqual(rateOf(29.97), { num: 30000, den: 1001 });
    assert.deepEqual(rateOf(23.976), { num: 24000, den: 1001 });
    assert.deepEqual(rateOf(119.88), { num: 120000, den: 1001 });
    assert.deepEqual(rateOf(25), { num: 25, den: 1 });
    assert.deepEqual(rateOf(59.94006), { num: 60000, den: 1001 });
    assert.deepEqual(rateOf(12.5), { num: 25, den: 2 });
    // An odd camera, told to six digits.
    assert.deepEqual(rateOf(29.853333), { num: 2239, den: 75 });
    assert.deepEqual(rateOf(30.000001), { num: 30000001, den: 1000000 });
    assert.deepEqual(rateOf(null), { num: 30, den: 1 });
    assert.deepEqual(rateOf(0), { num: 30, den: 1 });
  });

  it("is written so that the service reads the same fraction", () => {
    const names = [24000, 30000, 48000, 60000, 120000, 240000].map((num) =>
      written({ num, den: 1001 }),
    );
    assert.deepEqual(names, [23.976, 29.97, 47.952, 59.94, 119.88, 239.76]);
    assert.equal(written({ num: 25, den: 1 }), 25);
    assert.equal(written({ num: 25, den: 2 }), 12.5);
  });

  it("takes frames to seconds and back", () => {
    for (const fps of FPS) {
      const rate = rateOf(fps);
      for (const frame of [0, 1, 29, 30, 1799, 107892, 24 * 3600 * 60]) {
        assert.equal(nearestFrame(secondsOf(frame, rate), rate), frame);
      }
    }
  });
});

describe("a timecode", () => {
  it("is that of a clock", () => {
    const pal = rateOf(25);
    assert.equal(timecode(0, pal), "00:00:00:00");
    assert.equal(timecode(24, pal), "00:00:00:24");
    assert.equal(timecode(25, pal), "00:00:01:00");
    assert.equal(timecode(25 * 3661 + 3, pal), "01:01:01:03");
    assert.equal(timecode(-26, pal), "-00:00:01:01");
    const ntsc = rateOf(29.97);
    assert.equal(timecode(29, ntsc), "00:00:00:29");
    assert.equal(timecode(30, ntsc), "00:00:01:00");
    // An hour of the clock is 107,892.1 frames; counted by 30 it would be 59:56:12 here.
    assert.equal(timecode(107_893, ntsc), "01:00:00:00");
    assert.equal(timecode(119, rateOf(120)), "00:00:00:119");
  });

  it("leads back to its frame", () => {
    const random = chance(1);
    for (const fps of [...FPS, 12.5, 120, 29.853]) {
      const rate = rateOf(fps);
      for (let step = 0; step < 500; step++) {
        const frame = whole(random, 0, 3 * 3600 * 30);
        assert.equal(parseTimecode(timecode(frame, rate), rate), frame);
      }
    }
  });

  it("may be typed short, and has to be there", () => {
    const rate = rateOf(25);
    assert.equal(parseTimecode("1:02", rate), 27);
    assert.equal(parseTimecode("90:02", rate), 90 * 25 + 2);
    assert.equal(parseTimecode(" 1:00:00:00 ", rate), 25 * 3600);
    for (const text of ["", "5", "1:25", "1:60:00", "a:b", "1:2:3:4:5", "-1:00"]) {
      assert.equal(parseTimecode(text, rate), null, text);
    }
  });
});
