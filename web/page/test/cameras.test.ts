import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  commonSpan,
  fit,
  hasOtherRates,
  lagOf,
  newEdit,
  setLags,
  setOffset,
  shift,
  spanOf,
  trim,
  wholeSpan,
} from "../src/edit/cameras.ts";
import { type Camera, cameraOf } from "../src/edit/edit.ts";
import { cameraFrame, programmeFrame, shownAt } from "../src/edit/shown.ts";
import { switchAt } from "../src/edit/switches.ts";
import { camera, chance, randomEdit, whole } from "./random.ts";

const two = newEdit([camera("c1"), camera("c2", { seconds: 50 })]);
const second = (edit: typeof two) => edit.cameras[1] as Camera;

describe("a new edit", () => {
  it("spans what all cameras have, at the rate of the first, who is on", () => {
    assert.equal(two.frames, 1500);
    assert.deepEqual(two.rate, { num: 30, den: 1 });
    assert.deepEqual(two.switches, [{ frame: 0, camera: "c1" }]);
    const late = newEdit([
      camera("c1"),
      camera("c2", { offset: -1.7 }),
      camera("c3", { offset: 0.9 }),
    ]);
    assert.equal(late.frames, 1800 - 51 - 27 + 0);
    assert.deepEqual(
      late.cameras.map(({ offset }) => offset),
      [1.7, 0, 2.6],
    );
  });

  it("goes from the first picture to the last where cameras have nothing in common", () => {
    const apart = newEdit([camera("c1"), camera("c2", { offset: -100 })]);
    assert.equal(apart.frames, 160 * 30);
    assert.equal(apart.cameras[0]?.offset, 0);
  });

  it("of 30 with a camera of 29.97 is one of 29.97, which the service never takes for another", () => {
    const both = [camera("c1"), camera("c2", { fps: 29.97003 })];
    assert.deepEqual(newEdit(both).rate, { num: 30000, den: 1001 });
    assert.deepEqual(newEdit([camera("c1"), camera("c2", { fps: 23.976 })]).rate, {
      num: 30,
      den: 1,
    });
  });

  it("has two to six cameras", () => {
    assert.throws(() => newEdit([camera("c1")]), /2 to 6 cameras/);
    assert.throws(() => newEdit(Array.from({ length: 7 }, (_, n) => camera(`c${n}`))), /2 to 6/);
  });
});

describe("an offset", () => {
  it("counts to the nearest frame of its camera", () => {
    assert.equal(shift({ fps: 30, offset: 1.69 }), 1.7);
    assert.equal(shift({ fps: 25, offset: -0.91 }), -0.92);
    assert.equal(shift({ fps: 29.97002997, offset: 1.00001 }), 1.001);
    assert.equal(shift({ fps: null, offset: 1.69 }), 1.69);
    assert.equal(cameraFrame(second(setOffset(two, "c2", 0.0299)), 10, two.rate), 11);
  });

  it("may be negative: the camera has nothing before it began", () => {
    const late = setOffset(two, "c2", -2);
    assert.deepEqual(spanOf(second(late), late.rate), { start: 60, end: 1560 });
    assert.deepEqual(shownAt(switchAt(late, 0, "c2"), 59), { camera: "c2", frame: null });
    assert.deepEqual(shownAt(switchAt(late, 0, "c2"), 60), { camera: "c2", frame: 0 });
    // Three frames are a tenth of a second: the service holds the first frame.
    assert.deepEqual(shownAt(switchAt(late, 57, "c2"), 57), { camera: "c2", frame: 0 });
  });

  it("leaves everything else where it is, and is not taken where it is no number", () => {
    const moved = setOffset(two, "c2", 5);
    assert.deepEqual({ ...moved, cameras: [] }, { ...two, cameras: [] });
    assert.equal(setOffset(two, "c2", Number.NaN), two);
  });
});

describe("lags", () => {
  it("are told by the first camera, and the programme spans what all have", () => {
    const synced = setLags(two, { c1: 99, c2: 1.7 });
    assert.equal(lagOf(synced, second(synced)), 1.7);
    assert.equal(lagOf(synced, synced.cameras[0] as Camera), 0);
    assert.deepEqual(
      synced.cameras.map(({ offset }) => offset),
      [1.7, 0],
    );
    assert.equal(synced.frames, 1500);
    assert.equal(setLags(synced, { c2: 0 }).frames, 1500);
    assert.deepEqual(setLags(synced, { c2: 0 }), two);
  });

  it("keep to what all have with cameras of several rates too", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = chance(seed);
      const edit = randomEdit(random, true);
      const lags = Object.fromEntries(edit.cameras.map(({ id }) => [id, random() * 2]));
      const { start, end } = commonSpan(setLags(edit, lags));
      assert.ok(Math.abs(start) <= 3, `${seed}: ${start}`);
      assert.ok(Math.abs(end - setLags(edit, lags).frames) <= 3);
    }
  });

  it("leave a programme that was trimmed by hand as long as it is", () => {
    const short = trim(two, { start: 30, end: 300 });
    const synced = setLags(short, { c2: -1 });
    assert.equal(synced.frames, 270);
    assert.equal(lagOf(synced, second(synced)), -1);
    assert.equal(synced.cameras[0]?.offset, 1);
  });
});

describe("trimming", () => {
  it("keeps switches with the pictures", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = chance(seed);
      let edit = randomEdit(random);
      for (let step = 0; step < 10; step++) {
        edit = switchAt(edit, whole(random, 0, edit.frames - 1), `c${whole(random, 1, 2)}`);
      }
      const start = whole(random, -50, edit.frames - 2);
      const end = whole(random, start + 1, edit.frames + 50);
      const other = trim(edit, { start, end });
      assert.equal(other.frames, end - start);
      for (let step = 0; step < 20; step++) {
        const frame = whole(random, Math.max(0, start), Math.min(edit.frames, end) - 1);
        const was = shownAt(edit, frame);
        const is = shownAt(other, frame - start);
        assert.equal(is.camera, was.camera);
        const { rate } = edit;
        assert.equal(
          cameraFrame(cameraOf(other, is.camera), frame - start, rate),
          cameraFrame(cameraOf(edit, is.camera), frame, rate),
        );
      }
    }
  });

  it("is taken back by its opposite, but for the switches that were cut off", () => {
    assert.deepEqual(trim(trim(two, { start: 30, end: 300 }), { start: -30, end: 1470 }), two);
    assert.equal(trim(two, { start: 0, end: 1500 }), two);
    assert.equal(trim(two, { start: 10, end: 10 }), two);
    assert.deepEqual(fit(trim(two, { start: 30, end: 300 })), two);
    assert.deepEqual(wholeSpan(two), { start: 0, end: 1800 });
    assert.deepEqual(commonSpan(two), { start: 0, end: 1500 });
  });
});

describe("frames of cameras and of the programme", () => {
  it("lead to each other", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = chance(seed);
      const edit = randomEdit(random);
      for (const one of edit.cameras) {
        const frame = whole(random, 0, edit.frames);
        assert.equal(programmeFrame(one, cameraFrame(one, frame, edit.rate), edit.rate), frame);
      }
    }
  });

  it("know of other rates", () => {
    assert.equal(hasOtherRates(two), false);
    assert.equal(hasOtherRates(newEdit([camera("c1"), camera("c2", { fps: 25 })])), true);
  });
});
