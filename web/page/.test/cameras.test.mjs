// test/cameras.test.ts
import assert from "node:assert/strict";
import { describe, it } from "node:test";

// src/edit/rate.ts
var NTSC = [24, 30, 48, 60, 120, 240];
var USUAL = { num: 30, den: 1 };
var TOLERANCE_SECONDS = 1e-3;
function rateOf(fps) {
  if (fps === null || !Number.isFinite(fps) || fps <= 0) return USUAL;
  for (const name of NTSC) {
    if (Math.abs(fps - name * 1e3 / 1001) < 1e-3) return { num: name * 1e3, den: 1001 };
  }
  const whole2 = Math.round(fps);
  if (whole2 > 0 && Math.abs(fps - whole2) < 1e-3) return { num: whole2, den: 1 };
  return reduced(Math.max(1, Math.round(fps * 1e3)), 1e3);
}
function reduced(num, den) {
  let [a, b] = [num, den];
  while (b > 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
function perSecond({ num, den }) {
  return num / den;
}
function secondsOf(frame, { num, den }) {
  return frame * den / num;
}
function nearestFrame(seconds, { num, den }) {
  return Math.round(seconds * num / den) + 0;
}
function frameAt(seconds, { num, den }) {
  const place = (seconds + TOLERANCE_SECONDS) * num / den;
  return Math.ceil(place) - 1;
}
function firstFrameFrom(seconds, { num, den }) {
  return Math.ceil((seconds - TOLERANCE_SECONDS) * num / den) + 0;
}

// src/edit/switches.ts
function indexAt(switches, frame) {
  let [low, high] = [0, switches.length - 1];
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if (switches[middle].frame <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}
function turnAt(edit, frame) {
  const index = indexAt(edit.switches, frame);
  const { camera: camera2, frame: start } = edit.switches[index];
  return { camera: camera2, start, end: edit.switches[index + 1]?.frame ?? edit.frames };
}
function normal(switches, frames) {
  const sorted = switches.toSorted((one, other) => one.frame - other.frame);
  const earliest = sorted[0]?.frame ?? 0;
  const kept = [];
  for (const { frame, camera: camera2 } of sorted) {
    const at = frame === earliest ? 0 : Math.max(0, frame);
    if (at >= frames) break;
    while (kept.length > 0 && kept.at(-1).frame >= at) kept.pop();
    if (kept.at(-1)?.camera !== camera2) kept.push({ frame: at, camera: camera2 });
  }
  return kept;
}
function withSwitches(edit, switches) {
  const next = normal(switches, edit.frames);
  return isSame(next, edit.switches) ? edit : { ...edit, switches: next };
}
function isSame(one, other) {
  return one.length === other.length && one.every(({ frame, camera: camera2 }, index) => {
    const twin = other[index];
    return frame === twin.frame && camera2 === twin.camera;
  });
}
function switchAt(edit, frame, camera2, until = frame) {
  if (frame < 0 || frame >= edit.frames) return edit;
  const last = Math.max(frame, until);
  const others = edit.switches.filter((one) => one.frame < frame || one.frame > last);
  return withSwitches(edit, [...others, { frame, camera: camera2 }]);
}

// src/edit/cameras.ts
var FEWEST_CAMERAS = 2;
var MOST_CAMERAS = 6;
function exact(seconds) {
  return Number(seconds.toFixed(9));
}
function shift({ fps, offset }) {
  if (fps === null) return exact(offset);
  const rate = rateOf(fps);
  return exact(secondsOf(nearestFrame(offset, rate), rate));
}
function spanOf(camera2, rate) {
  const begin = -shift(camera2);
  return {
    start: firstFrameFrom(begin, rate),
    end: firstFrameFrom(begin + camera2.seconds, rate)
  };
}
function overlap(spans) {
  return {
    start: Math.max(...spans.map(({ start }) => start)),
    end: Math.min(...spans.map(({ end }) => end))
  };
}
function wholeSpan(edit) {
  const spans = edit.cameras.map((camera2) => spanOf(camera2, edit.rate));
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end))
  };
}
function commonSpan(edit) {
  const common = overlap(edit.cameras.map((camera2) => spanOf(camera2, edit.rate)));
  return common.end > common.start ? common : wholeSpan(edit);
}
function trim(edit, { start, end }) {
  if (end <= start || start === 0 && end === edit.frames) return edit;
  const by = secondsOf(start, edit.rate);
  const frames = end - start;
  const moved = edit.switches.map(({ frame, camera: camera2 }) => ({ frame: frame - start, camera: camera2 }));
  return {
    ...edit,
    frames,
    cameras: edit.cameras.map((camera2) => ({ ...camera2, offset: exact(camera2.offset + by) })),
    switches: normal(moved, frames)
  };
}
function fit(edit) {
  return trim(edit, commonSpan(edit));
}
function newEdit(cameras, name = "Untitled") {
  const [first] = cameras;
  if (!first || cameras.length < FEWEST_CAMERAS || cameras.length > MOST_CAMERAS) {
    throw new RangeError(`An edit has ${FEWEST_CAMERAS} to ${MOST_CAMERAS} cameras.`);
  }
  const rate = rateOf(first.fps);
  const frames = Math.max(1, firstFrameFrom(first.seconds, rate));
  const switches = [{ frame: 0, camera: first.id }];
  return fit({ version: 1, name, rate, frames, cameras, switches });
}
function setOffset(edit, camera2, offset) {
  if (!Number.isFinite(offset)) return edit;
  return {
    ...edit,
    cameras: edit.cameras.map(
      (one) => one.id === camera2 ? { ...one, offset: exact(offset) } : one
    )
  };
}
function lagOf(edit, camera2) {
  return exact(edit.cameras[0].offset - camera2.offset);
}
function setLags(edit, lags) {
  const [first] = edit.cameras;
  const common = commonSpan(edit);
  const wasWhole = common.start === 0 && common.end === edit.frames;
  const moved = {
    ...edit,
    cameras: edit.cameras.map((camera2) => {
      const lag = camera2 === first ? void 0 : lags[camera2.id];
      if (lag === void 0 || !Number.isFinite(lag)) return camera2;
      return { ...camera2, offset: exact(first.offset - lag) };
    })
  };
  return wasWhole ? fit(moved) : moved;
}
function hasOtherRates(edit) {
  return edit.cameras.some(({ fps }) => {
    if (fps === null) return true;
    const { num, den } = rateOf(fps);
    return num !== edit.rate.num || den !== edit.rate.den;
  });
}

// src/edit/edit.ts
function cameraOf(edit, id) {
  const camera2 = edit.cameras.find((one) => one.id === id);
  if (!camera2) throw new Error(`No camera ${id} in this edit.`);
  return camera2;
}

// src/edit/shown.ts
var STAND_IN_SECONDS = 0.1;
function cameraSecond(camera2, frame, rate) {
  return secondsOf(frame, rate) + shift(camera2);
}
function cameraFrame(camera2, frame, rate, own = rateOf(camera2.fps)) {
  return frameAt(cameraSecond(camera2, frame, rate), own);
}
function programmeFrame(camera2, frame, rate, own = rateOf(camera2.fps)) {
  return frameAt(secondsOf(frame, own) - shift(camera2), rate);
}
function framesOf(camera2, own = rateOf(camera2.fps)) {
  return Math.max(1, firstFrameFrom(camera2.seconds, own));
}
function shownAt(edit, frame) {
  const turn = turnAt(edit, frame);
  const camera2 = cameraOf(edit, turn.camera);
  const own = rateOf(camera2.fps);
  const count = framesOf(camera2, own);
  const anchor = secondsOf(cameraFrame(camera2, turn.start, edit.rate, own), own);
  const source = frameAt(anchor + secondsOf(frame - turn.start, edit.rate), own);
  const there = Math.min(Math.max(source, 0), count - 1);
  if (source === there) return { camera: camera2.id, frame: source };
  const first = firstFrameFrom(-anchor, edit.rate);
  const past = firstFrameFrom(secondsOf(count, own) - anchor, edit.rate);
  const length = turn.end - turn.start;
  const missing = source < 0 ? Math.min(first, length) : length - Math.max(past, 0);
  const isHeld = missing <= STAND_IN_SECONDS * perSecond(edit.rate);
  return { camera: camera2.id, frame: isHeld ? there : null };
}

// test/random.ts
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 1831565813 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}
function whole(random, least, most) {
  return least + Math.floor(random() * (most - least + 1));
}
function oneOf(random, values) {
  return values[whole(random, 0, values.length - 1)];
}
var FPS = [24, 25, 30, 50, 60, 23.976023976023978, 29.97002997002997, 59.94005994005994];
var MIXES = [
  [24, 25, 30, 50, 60],
  [25, 50, 23.976023976023978, 29.97002997002997, 59.94005994005994]
];
function camera(id, changes = {}) {
  return {
    id,
    source: `${id}.mp4`,
    name: `Camera ${id}`,
    seconds: 60,
    width: 1920,
    height: 1080,
    fps: 30,
    hasSound: true,
    offset: 0,
    ...changes
  };
}
function randomCameras(random, isMixed) {
  const fps = oneOf(random, FPS);
  const mix = oneOf(random, MIXES);
  return Array.from({ length: whole(random, 2, 6) }, (_, index) => {
    const own = isMixed ? oneOf(random, mix) : fps;
    return camera(`c${index + 1}`, {
      fps: own,
      seconds: whole(random, 200, 700) / own,
      offset: random() < 0.3 ? 0 : Math.round((random() * 10 - 5) * 1e6) / 1e6
    });
  });
}
function randomEdit(random, isMixed = false) {
  return newEdit(randomCameras(random, isMixed), "By chance");
}

// test/cameras.test.ts
var two = newEdit([camera("c1"), camera("c2", { seconds: 50 })]);
var second = (edit) => edit.cameras[1];
describe("a new edit", () => {
  it("spans what all cameras have, at the rate of the first, who is on", () => {
    assert.equal(two.frames, 1500);
    assert.deepEqual(two.rate, { num: 30, den: 1 });
    assert.deepEqual(two.switches, [{ frame: 0, camera: "c1" }]);
    const late = newEdit([camera("c1"), camera("c2", { offset: -1.7 }), camera("c3", { offset: 0.9 })]);
    assert.equal(late.frames, 1800 - 51 - 27 + 0);
    assert.deepEqual(late.cameras.map(({ offset }) => offset), [1.7, 0, 2.6]);
  });
  it("goes from the first picture to the last where cameras have nothing in common", () => {
    const apart = newEdit([camera("c1"), camera("c2", { offset: -100 })]);
    assert.equal(apart.frames, 160 * 30);
    assert.equal(apart.cameras[0]?.offset, 0);
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
    assert.equal(lagOf(synced, synced.cameras[0]), 0);
    assert.deepEqual(synced.cameras.map(({ offset }) => offset), [1.7, 0]);
    assert.equal(synced.frames, 1500);
    assert.equal(setLags(synced, { c2: 0 }).frames, 1500);
    assert.deepEqual(setLags(synced, { c2: 0 }), two);
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
          cameraFrame(cameraOf(edit, is.camera), frame, rate)
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
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vdGVzdC9jYW1lcmFzLnRlc3QudHMiLCAiLi4vc3JjL2VkaXQvcmF0ZS50cyIsICIuLi9zcmMvZWRpdC9zd2l0Y2hlcy50cyIsICIuLi9zcmMvZWRpdC9jYW1lcmFzLnRzIiwgIi4uL3NyYy9lZGl0L2VkaXQudHMiLCAiLi4vc3JjL2VkaXQvc2hvd24udHMiLCAiLi4vdGVzdC9yYW5kb20udHMiXSwKICAic291cmNlc0NvbnRlbnQiOiBbImltcG9ydCBhc3NlcnQgZnJvbSBcIm5vZGU6YXNzZXJ0L3N0cmljdFwiO1xuaW1wb3J0IHsgZGVzY3JpYmUsIGl0IH0gZnJvbSBcIm5vZGU6dGVzdFwiO1xuaW1wb3J0IHtcbiAgY29tbW9uU3BhbixcbiAgZml0LFxuICBoYXNPdGhlclJhdGVzLFxuICBsYWdPZixcbiAgbmV3RWRpdCxcbiAgc2V0TGFncyxcbiAgc2V0T2Zmc2V0LFxuICBzaGlmdCxcbiAgc3Bhbk9mLFxuICB0cmltLFxuICB3aG9sZVNwYW4sXG59IGZyb20gXCIuLi9zcmMvZWRpdC9jYW1lcmFzXCI7XG5pbXBvcnQgeyB0eXBlIENhbWVyYSwgY2FtZXJhT2YgfSBmcm9tIFwiLi4vc3JjL2VkaXQvZWRpdFwiO1xuaW1wb3J0IHsgY2FtZXJhRnJhbWUsIHByb2dyYW1tZUZyYW1lLCBzaG93bkF0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L3Nob3duXCI7XG5pbXBvcnQgeyBzd2l0Y2hBdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9zd2l0Y2hlc1wiO1xuaW1wb3J0IHsgY2FtZXJhLCBjaGFuY2UsIHJhbmRvbUVkaXQsIHdob2xlIH0gZnJvbSBcIi4vcmFuZG9tXCI7XG5cbmNvbnN0IHR3byA9IG5ld0VkaXQoW2NhbWVyYShcImMxXCIpLCBjYW1lcmEoXCJjMlwiLCB7IHNlY29uZHM6IDUwIH0pXSk7XG5jb25zdCBzZWNvbmQgPSAoZWRpdDogdHlwZW9mIHR3bykgPT4gZWRpdC5jYW1lcmFzWzFdIGFzIENhbWVyYTtcblxuZGVzY3JpYmUoXCJhIG5ldyBlZGl0XCIsICgpID0+IHtcbiAgaXQoXCJzcGFucyB3aGF0IGFsbCBjYW1lcmFzIGhhdmUsIGF0IHRoZSByYXRlIG9mIHRoZSBmaXJzdCwgd2hvIGlzIG9uXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwodHdvLmZyYW1lcywgMTUwMCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh0d28ucmF0ZSwgeyBudW06IDMwLCBkZW46IDEgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh0d28uc3dpdGNoZXMsIFt7IGZyYW1lOiAwLCBjYW1lcmE6IFwiYzFcIiB9XSk7XG4gICAgY29uc3QgbGF0ZSA9IG5ld0VkaXQoW2NhbWVyYShcImMxXCIpLCBjYW1lcmEoXCJjMlwiLCB7IG9mZnNldDogLTEuNyB9KSwgY2FtZXJhKFwiYzNcIiwgeyBvZmZzZXQ6IDAuOSB9KV0pO1xuICAgIGFzc2VydC5lcXVhbChsYXRlLmZyYW1lcywgMTgwMCAtIDUxIC0gMjcgKyAwKTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGxhdGUuY2FtZXJhcy5tYXAoKHsgb2Zmc2V0IH0pID0+IG9mZnNldCksIFsxLjcsIDAsIDIuNl0pO1xuICB9KTtcblxuICBpdChcImdvZXMgZnJvbSB0aGUgZmlyc3QgcGljdHVyZSB0byB0aGUgbGFzdCB3aGVyZSBjYW1lcmFzIGhhdmUgbm90aGluZyBpbiBjb21tb25cIiwgKCkgPT4ge1xuICAgIGNvbnN0IGFwYXJ0ID0gbmV3RWRpdChbY2FtZXJhKFwiYzFcIiksIGNhbWVyYShcImMyXCIsIHsgb2Zmc2V0OiAtMTAwIH0pXSk7XG4gICAgYXNzZXJ0LmVxdWFsKGFwYXJ0LmZyYW1lcywgMTYwICogMzApO1xuICAgIGFzc2VydC5lcXVhbChhcGFydC5jYW1lcmFzWzBdPy5vZmZzZXQsIDApO1xuICB9KTtcblxuICBpdChcImhhcyB0d28gdG8gc2l4IGNhbWVyYXNcIiwgKCkgPT4ge1xuICAgIGFzc2VydC50aHJvd3MoKCkgPT4gbmV3RWRpdChbY2FtZXJhKFwiYzFcIildKSwgLzIgdG8gNiBjYW1lcmFzLyk7XG4gICAgYXNzZXJ0LnRocm93cygoKSA9PiBuZXdFZGl0KEFycmF5LmZyb20oeyBsZW5ndGg6IDcgfSwgKF8sIG4pID0+IGNhbWVyYShgYyR7bn1gKSkpLCAvMiB0byA2Lyk7XG4gIH0pO1xufSk7XG5cbmRlc2NyaWJlKFwiYW4gb2Zmc2V0XCIsICgpID0+IHtcbiAgaXQoXCJjb3VudHMgdG8gdGhlIG5lYXJlc3QgZnJhbWUgb2YgaXRzIGNhbWVyYVwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmVxdWFsKHNoaWZ0KHsgZnBzOiAzMCwgb2Zmc2V0OiAxLjY5IH0pLCAxLjcpO1xuICAgIGFzc2VydC5lcXVhbChzaGlmdCh7IGZwczogMjUsIG9mZnNldDogLTAuOTEgfSksIC0wLjkyKTtcbiAgICBhc3NlcnQuZXF1YWwoc2hpZnQoeyBmcHM6IDI5Ljk3MDAyOTk3LCBvZmZzZXQ6IDEuMDAwMDEgfSksIDEuMDAxKTtcbiAgICBhc3NlcnQuZXF1YWwoc2hpZnQoeyBmcHM6IG51bGwsIG9mZnNldDogMS42OSB9KSwgMS42OSk7XG4gICAgYXNzZXJ0LmVxdWFsKGNhbWVyYUZyYW1lKHNlY29uZChzZXRPZmZzZXQodHdvLCBcImMyXCIsIDAuMDI5OSkpLCAxMCwgdHdvLnJhdGUpLCAxMSk7XG4gIH0pO1xuXG4gIGl0KFwibWF5IGJlIG5lZ2F0aXZlOiB0aGUgY2FtZXJhIGhhcyBub3RoaW5nIGJlZm9yZSBpdCBiZWdhblwiLCAoKSA9PiB7XG4gICAgY29uc3QgbGF0ZSA9IHNldE9mZnNldCh0d28sIFwiYzJcIiwgLTIpO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoc3Bhbk9mKHNlY29uZChsYXRlKSwgbGF0ZS5yYXRlKSwgeyBzdGFydDogNjAsIGVuZDogMTU2MCB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHNob3duQXQoc3dpdGNoQXQobGF0ZSwgMCwgXCJjMlwiKSwgNTkpLCB7IGNhbWVyYTogXCJjMlwiLCBmcmFtZTogbnVsbCB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHNob3duQXQoc3dpdGNoQXQobGF0ZSwgMCwgXCJjMlwiKSwgNjApLCB7IGNhbWVyYTogXCJjMlwiLCBmcmFtZTogMCB9KTtcbiAgICAvLyBUaHJlZSBmcmFtZXMgYXJlIGEgdGVudGggb2YgYSBzZWNvbmQ6IHRoZSBzZXJ2aWNlIGhvbGRzIHRoZSBmaXJzdCBmcmFtZS5cbiAgICBhc3NlcnQuZGVlcEVxdWFsKHNob3duQXQoc3dpdGNoQXQobGF0ZSwgNTcsIFwiYzJcIiksIDU3KSwgeyBjYW1lcmE6IFwiYzJcIiwgZnJhbWU6IDAgfSk7XG4gIH0pO1xuXG4gIGl0KFwibGVhdmVzIGV2ZXJ5dGhpbmcgZWxzZSB3aGVyZSBpdCBpcywgYW5kIGlzIG5vdCB0YWtlbiB3aGVyZSBpdCBpcyBubyBudW1iZXJcIiwgKCkgPT4ge1xuICAgIGNvbnN0IG1vdmVkID0gc2V0T2Zmc2V0KHR3bywgXCJjMlwiLCA1KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHsgLi4ubW92ZWQsIGNhbWVyYXM6IFtdIH0sIHsgLi4udHdvLCBjYW1lcmFzOiBbXSB9KTtcbiAgICBhc3NlcnQuZXF1YWwoc2V0T2Zmc2V0KHR3bywgXCJjMlwiLCBOdW1iZXIuTmFOKSwgdHdvKTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJsYWdzXCIsICgpID0+IHtcbiAgaXQoXCJhcmUgdG9sZCBieSB0aGUgZmlyc3QgY2FtZXJhLCBhbmQgdGhlIHByb2dyYW1tZSBzcGFucyB3aGF0IGFsbCBoYXZlXCIsICgpID0+IHtcbiAgICBjb25zdCBzeW5jZWQgPSBzZXRMYWdzKHR3bywgeyBjMTogOTksIGMyOiAxLjcgfSk7XG4gICAgYXNzZXJ0LmVxdWFsKGxhZ09mKHN5bmNlZCwgc2Vjb25kKHN5bmNlZCkpLCAxLjcpO1xuICAgIGFzc2VydC5lcXVhbChsYWdPZihzeW5jZWQsIHN5bmNlZC5jYW1lcmFzWzBdIGFzIENhbWVyYSksIDApO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoc3luY2VkLmNhbWVyYXMubWFwKCh7IG9mZnNldCB9KSA9PiBvZmZzZXQpLCBbMS43LCAwXSk7XG4gICAgYXNzZXJ0LmVxdWFsKHN5bmNlZC5mcmFtZXMsIDE1MDApO1xuICAgIGFzc2VydC5lcXVhbChzZXRMYWdzKHN5bmNlZCwgeyBjMjogMCB9KS5mcmFtZXMsIDE1MDApO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoc2V0TGFncyhzeW5jZWQsIHsgYzI6IDAgfSksIHR3byk7XG4gIH0pO1xuXG4gIGl0KFwibGVhdmUgYSBwcm9ncmFtbWUgdGhhdCB3YXMgdHJpbW1lZCBieSBoYW5kIGFzIGxvbmcgYXMgaXQgaXNcIiwgKCkgPT4ge1xuICAgIGNvbnN0IHNob3J0ID0gdHJpbSh0d28sIHsgc3RhcnQ6IDMwLCBlbmQ6IDMwMCB9KTtcbiAgICBjb25zdCBzeW5jZWQgPSBzZXRMYWdzKHNob3J0LCB7IGMyOiAtMSB9KTtcbiAgICBhc3NlcnQuZXF1YWwoc3luY2VkLmZyYW1lcywgMjcwKTtcbiAgICBhc3NlcnQuZXF1YWwobGFnT2Yoc3luY2VkLCBzZWNvbmQoc3luY2VkKSksIC0xKTtcbiAgICBhc3NlcnQuZXF1YWwoc3luY2VkLmNhbWVyYXNbMF0/Lm9mZnNldCwgMSk7XG4gIH0pO1xufSk7XG5cbmRlc2NyaWJlKFwidHJpbW1pbmdcIiwgKCkgPT4ge1xuICBpdChcImtlZXBzIHN3aXRjaGVzIHdpdGggdGhlIHBpY3R1cmVzXCIsICgpID0+IHtcbiAgICBmb3IgKGxldCBzZWVkID0gMDsgc2VlZCA8IDIwMDsgc2VlZCsrKSB7XG4gICAgICBjb25zdCByYW5kb20gPSBjaGFuY2Uoc2VlZCk7XG4gICAgICBsZXQgZWRpdCA9IHJhbmRvbUVkaXQocmFuZG9tKTtcbiAgICAgIGZvciAobGV0IHN0ZXAgPSAwOyBzdGVwIDwgMTA7IHN0ZXArKykge1xuICAgICAgICBlZGl0ID0gc3dpdGNoQXQoZWRpdCwgd2hvbGUocmFuZG9tLCAwLCBlZGl0LmZyYW1lcyAtIDEpLCBgYyR7d2hvbGUocmFuZG9tLCAxLCAyKX1gKTtcbiAgICAgIH1cbiAgICAgIGNvbnN0IHN0YXJ0ID0gd2hvbGUocmFuZG9tLCAtNTAsIGVkaXQuZnJhbWVzIC0gMik7XG4gICAgICBjb25zdCBlbmQgPSB3aG9sZShyYW5kb20sIHN0YXJ0ICsgMSwgZWRpdC5mcmFtZXMgKyA1MCk7XG4gICAgICBjb25zdCBvdGhlciA9IHRyaW0oZWRpdCwgeyBzdGFydCwgZW5kIH0pO1xuICAgICAgYXNzZXJ0LmVxdWFsKG90aGVyLmZyYW1lcywgZW5kIC0gc3RhcnQpO1xuICAgICAgZm9yIChsZXQgc3RlcCA9IDA7IHN0ZXAgPCAyMDsgc3RlcCsrKSB7XG4gICAgICAgIGNvbnN0IGZyYW1lID0gd2hvbGUocmFuZG9tLCBNYXRoLm1heCgwLCBzdGFydCksIE1hdGgubWluKGVkaXQuZnJhbWVzLCBlbmQpIC0gMSk7XG4gICAgICAgIGNvbnN0IHdhcyA9IHNob3duQXQoZWRpdCwgZnJhbWUpO1xuICAgICAgICBjb25zdCBpcyA9IHNob3duQXQob3RoZXIsIGZyYW1lIC0gc3RhcnQpO1xuICAgICAgICBhc3NlcnQuZXF1YWwoaXMuY2FtZXJhLCB3YXMuY2FtZXJhKTtcbiAgICAgICAgY29uc3QgeyByYXRlIH0gPSBlZGl0O1xuICAgICAgICBhc3NlcnQuZXF1YWwoXG4gICAgICAgICAgY2FtZXJhRnJhbWUoY2FtZXJhT2Yob3RoZXIsIGlzLmNhbWVyYSksIGZyYW1lIC0gc3RhcnQsIHJhdGUpLFxuICAgICAgICAgIGNhbWVyYUZyYW1lKGNhbWVyYU9mKGVkaXQsIGlzLmNhbWVyYSksIGZyYW1lLCByYXRlKSxcbiAgICAgICAgKTtcbiAgICAgIH1cbiAgICB9XG4gIH0pO1xuXG4gIGl0KFwiaXMgdGFrZW4gYmFjayBieSBpdHMgb3Bwb3NpdGUsIGJ1dCBmb3IgdGhlIHN3aXRjaGVzIHRoYXQgd2VyZSBjdXQgb2ZmXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHRyaW0odHJpbSh0d28sIHsgc3RhcnQ6IDMwLCBlbmQ6IDMwMCB9KSwgeyBzdGFydDogLTMwLCBlbmQ6IDE0NzAgfSksIHR3byk7XG4gICAgYXNzZXJ0LmVxdWFsKHRyaW0odHdvLCB7IHN0YXJ0OiAwLCBlbmQ6IDE1MDAgfSksIHR3byk7XG4gICAgYXNzZXJ0LmVxdWFsKHRyaW0odHdvLCB7IHN0YXJ0OiAxMCwgZW5kOiAxMCB9KSwgdHdvKTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGZpdCh0cmltKHR3bywgeyBzdGFydDogMzAsIGVuZDogMzAwIH0pKSwgdHdvKTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHdob2xlU3Bhbih0d28pLCB7IHN0YXJ0OiAwLCBlbmQ6IDE4MDAgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChjb21tb25TcGFuKHR3byksIHsgc3RhcnQ6IDAsIGVuZDogMTUwMCB9KTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJmcmFtZXMgb2YgY2FtZXJhcyBhbmQgb2YgdGhlIHByb2dyYW1tZVwiLCAoKSA9PiB7XG4gIGl0KFwibGVhZCB0byBlYWNoIG90aGVyXCIsICgpID0+IHtcbiAgICBmb3IgKGxldCBzZWVkID0gMDsgc2VlZCA8IDMwMDsgc2VlZCsrKSB7XG4gICAgICBjb25zdCByYW5kb20gPSBjaGFuY2Uoc2VlZCk7XG4gICAgICBjb25zdCBlZGl0ID0gcmFuZG9tRWRpdChyYW5kb20pO1xuICAgICAgZm9yIChjb25zdCBvbmUgb2YgZWRpdC5jYW1lcmFzKSB7XG4gICAgICAgIGNvbnN0IGZyYW1lID0gd2hvbGUocmFuZG9tLCAwLCBlZGl0LmZyYW1lcyk7XG4gICAgICAgIGFzc2VydC5lcXVhbChwcm9ncmFtbWVGcmFtZShvbmUsIGNhbWVyYUZyYW1lKG9uZSwgZnJhbWUsIGVkaXQucmF0ZSksIGVkaXQucmF0ZSksIGZyYW1lKTtcbiAgICAgIH1cbiAgICB9XG4gIH0pO1xuXG4gIGl0KFwia25vdyBvZiBvdGhlciByYXRlc1wiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmVxdWFsKGhhc090aGVyUmF0ZXModHdvKSwgZmFsc2UpO1xuICAgIGFzc2VydC5lcXVhbChoYXNPdGhlclJhdGVzKG5ld0VkaXQoW2NhbWVyYShcImMxXCIpLCBjYW1lcmEoXCJjMlwiLCB7IGZwczogMjUgfSldKSksIHRydWUpO1xuICB9KTtcbn0pO1xuIiwgIi8qKiBGcmFtZSByYXRlcyBhcyBmcmFjdGlvbnMsIGFuZCB0aGUgb25seSBwbGFjZXMgd2hlcmUgZnJhbWVzIGJlY29tZSBzZWNvbmRzIG9yIHNlY29uZHMgZnJhbWVzLiAqL1xuaW1wb3J0IHR5cGUgeyBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuXG4vKiogUmF0ZXMgd2hvc2UgdHJ1ZSB2YWx1ZSBpcyBuICogMTAwMC8xMDAxIGFuZCB3aGljaCBwZW9wbGUgd3JpdGUgMjMuOTc2LCAyOS45NywgNTkuOTQgLi4uICovXG5jb25zdCBOVFNDID0gWzI0LCAzMCwgNDgsIDYwLCAxMjAsIDI0MF07XG4vKiogV2hhdCBhbiB1bmtub3duIHJhdGUgaXMgdGFrZW4gdG8gYmUuICovXG5jb25zdCBVU1VBTDogUmF0ZSA9IHsgbnVtOiAzMCwgZGVuOiAxIH07XG4vKiogQ29udGFpbmVycyBhbmQgZWRpdG9ycyByb3VuZDogYSB0aW1lIHRoaXMgbGl0dGxlIGJlZm9yZSBhIGZyYW1lJ3Mgc3RhcnQgYmVsb25ncyB0byB0aGF0IGZyYW1lLiAqL1xuZXhwb3J0IGNvbnN0IFRPTEVSQU5DRV9TRUNPTkRTID0gMC4wMDE7XG5cbi8qKiBUaGUgcmF0ZSB0aGF0IHRoZSBzZXJ2aWNlJ3MgYGZwc2AgdGVsbHMsIHdoaWNoIGlzIGEgZGVjaW1hbDogMjkuOTcwMDMgaXMgMzAwMDAvMTAwMS4gKi9cbmV4cG9ydCBmdW5jdGlvbiByYXRlT2YoZnBzOiBudW1iZXIgfCBudWxsKTogUmF0ZSB7XG4gIGlmIChmcHMgPT09IG51bGwgfHwgIU51bWJlci5pc0Zpbml0ZShmcHMpIHx8IGZwcyA8PSAwKSByZXR1cm4gVVNVQUw7XG4gIGZvciAoY29uc3QgbmFtZSBvZiBOVFNDKSB7XG4gICAgaWYgKE1hdGguYWJzKGZwcyAtIChuYW1lICogMTAwMCkgLyAxMDAxKSA8IDAuMDAxKSByZXR1cm4geyBudW06IG5hbWUgKiAxMDAwLCBkZW46IDEwMDEgfTtcbiAgfVxuICBjb25zdCB3aG9sZSA9IE1hdGgucm91bmQoZnBzKTtcbiAgaWYgKHdob2xlID4gMCAmJiBNYXRoLmFicyhmcHMgLSB3aG9sZSkgPCAwLjAwMSkgcmV0dXJuIHsgbnVtOiB3aG9sZSwgZGVuOiAxIH07XG4gIHJldHVybiByZWR1Y2VkKE1hdGgubWF4KDEsIE1hdGgucm91bmQoZnBzICogMTAwMCkpLCAxMDAwKTtcbn1cblxuZnVuY3Rpb24gcmVkdWNlZChudW06IG51bWJlciwgZGVuOiBudW1iZXIpOiBSYXRlIHtcbiAgbGV0IFthLCBiXSA9IFtudW0sIGRlbl07XG4gIHdoaWxlIChiID4gMCkgW2EsIGJdID0gW2IsIGEgJSBiXTtcbiAgcmV0dXJuIHsgbnVtOiBudW0gLyBhLCBkZW46IGRlbiAvIGEgfTtcbn1cblxuLyoqIEZyYW1lcyBwZXIgc2Vjb25kIGFzIGEgbnVtYmVyIHRvIHJlY2tvbiB3aXRoLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHBlclNlY29uZCh7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gbnVtIC8gZGVuO1xufVxuXG4vKiogVGhlIHJhdGUgYXMgYSBjb25maWcncyBgb3V0cHV0LmZwc2AgYW5kIHBlb3BsZSB3cml0ZSBpdDogMjkuOTcgbWVhbnMgMzAwMDAvMTAwMSB0aGVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiB3cml0dGVuKHJhdGU6IFJhdGUpOiBudW1iZXIge1xuICBjb25zdCB2YWx1ZSA9IHBlclNlY29uZChyYXRlKTtcbiAgcmV0dXJuIHJhdGUuZGVuID09PSAxMDAxID8gTnVtYmVyKHZhbHVlLnRvRml4ZWQoMykpIDogdmFsdWU7XG59XG5cbi8qKiBXaGVuIGEgZnJhbWUgYmVnaW5zLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNlY29uZHNPZihmcmFtZTogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gKGZyYW1lICogZGVuKSAvIG51bTtcbn1cblxuLyoqIFRoZSBmcmFtZSBuZWFyZXN0IHRvIGEgdGltZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZWFyZXN0RnJhbWUoc2Vjb25kczogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gTWF0aC5yb3VuZCgoc2Vjb25kcyAqIG51bSkgLyBkZW4pICsgMDtcbn1cblxuLyoqIFRoZSBmcmFtZSBvbiBzY3JlZW4gYXQgYSB0aW1lLCBhcyB0aGUgc2VydmljZSBoYXMgaXQ6IGxlc3MgdGhhbiAxIG1zIGJlZm9yZSB0aGUgbmV4dCBpdCBpcyB0aGUgbmV4dC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmcmFtZUF0KHNlY29uZHM6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgY29uc3QgcGxhY2UgPSAoKHNlY29uZHMgKyBUT0xFUkFOQ0VfU0VDT05EUykgKiBudW0pIC8gZGVuO1xuICByZXR1cm4gTWF0aC5jZWlsKHBsYWNlKSAtIDE7XG59XG5cbi8qKiBUaGUgZmlyc3QgZnJhbWUgdGhhdCBiZWdpbnMgYXQgYSB0aW1lIG9yIGFmdGVyIGl0LCBnaXZlIG9yIHRha2UgdGhhdCBtaWxsaXNlY29uZC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaXJzdEZyYW1lRnJvbShzZWNvbmRzOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBNYXRoLmNlaWwoKChzZWNvbmRzIC0gVE9MRVJBTkNFX1NFQ09ORFMpICogbnVtKSAvIGRlbikgKyAwO1xufVxuIiwgIi8qKiBXaG8gaXMgb24gd2hlbjogc3dpdGNoZXMgYW5kIHdoYXQgYmVjb21lcyBvZiB0aGVtLiBFdmVyeSBlZGl0IHRoYXQgY29tZXMgb3V0IGlzIGluIG5vcm1hbCBmb3JtLiAqL1xuaW1wb3J0IHR5cGUgeyBFZGl0LCBTd2l0Y2ggfSBmcm9tIFwiLi9lZGl0XCI7XG5cbi8qKiBBIGNhbWVyYSB0aGF0IGlzIG9uIGZyb20gYHN0YXJ0YCB1cCB0byBidXQgbm90IGluY2x1ZGluZyBgZW5kYC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVHVybiB7XG4gIHJlYWRvbmx5IGNhbWVyYTogc3RyaW5nO1xuICByZWFkb25seSBzdGFydDogbnVtYmVyO1xuICByZWFkb25seSBlbmQ6IG51bWJlcjtcbn1cblxuLyoqIFdoaWNoIG9mIHRoZSBzd2l0Y2hlcyBjb3VudHMgYXQgYSBmcmFtZTogaXRzIHBsYWNlIGluIHRoZSBsaXN0LCBmb3VuZCBpbiB0aGUgbG9nIG9mIHRoZWlyIG51bWJlci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBpbmRleEF0KHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSwgZnJhbWU6IG51bWJlcik6IG51bWJlciB7XG4gIGxldCBbbG93LCBoaWdoXSA9IFswLCBzd2l0Y2hlcy5sZW5ndGggLSAxXTtcbiAgd2hpbGUgKGxvdyA8IGhpZ2gpIHtcbiAgICBjb25zdCBtaWRkbGUgPSAobG93ICsgaGlnaCArIDEpID4+IDE7XG4gICAgaWYgKChzd2l0Y2hlc1ttaWRkbGVdIGFzIFN3aXRjaCkuZnJhbWUgPD0gZnJhbWUpIGxvdyA9IG1pZGRsZTtcbiAgICBlbHNlIGhpZ2ggPSBtaWRkbGUgLSAxO1xuICB9XG4gIHJldHVybiBsb3c7XG59XG5cbi8qKiBUaGUgaWQgb2YgdGhlIGNhbWVyYSB0aGF0IGlzIG9uIGF0IGEgZnJhbWUuICovXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IHN0cmluZyB7XG4gIHJldHVybiAoZWRpdC5zd2l0Y2hlc1tpbmRleEF0KGVkaXQuc3dpdGNoZXMsIGZyYW1lKV0gYXMgU3dpdGNoKS5jYW1lcmE7XG59XG5cbi8qKiBBbGwgdHVybnMgaW4gb3JkZXI7IHRoZXkgZmlsbCB0aGUgcHJvZ3JhbW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5zKGVkaXQ6IEVkaXQpOiBUdXJuW10ge1xuICByZXR1cm4gZWRpdC5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9LCBpbmRleCkgPT4gKHtcbiAgICBjYW1lcmEsXG4gICAgc3RhcnQ6IGZyYW1lLFxuICAgIGVuZDogZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcyxcbiAgfSkpO1xufVxuXG4vKiogVGhlIHR1cm4gdGhhdCBhIGZyYW1lIGlzIGluLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5BdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogVHVybiB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGNvbnN0IHsgY2FtZXJhLCBmcmFtZTogc3RhcnQgfSA9IGVkaXQuc3dpdGNoZXNbaW5kZXhdIGFzIFN3aXRjaDtcbiAgcmV0dXJuIHsgY2FtZXJhLCBzdGFydCwgZW5kOiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIH07XG59XG5cbi8qKlxuICogU3dpdGNoZXMgaW4gbm9ybWFsIGZvcm06IGFzY2VuZGluZywgb2Ygc2V2ZXJhbCBhdCBvbmUgZnJhbWUgdGhlIGxhc3QsIG5vbmUgYXQgdGhlIGVuZCBvciBiZXlvbmQgaXQsIGFuZFxuICogbm9uZSB0byB0aGUgY2FtZXJhIHRoYXQgaXMgb24gYW55d2F5LiBUaGUgZWFybGllc3QgY291bnRzIGZyb20gZnJhbWUgMCBvbi5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5vcm1hbChzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW10sIGZyYW1lczogbnVtYmVyKTogU3dpdGNoW10ge1xuICBjb25zdCBzb3J0ZWQgPSBzd2l0Y2hlcy50b1NvcnRlZCgob25lLCBvdGhlcikgPT4gb25lLmZyYW1lIC0gb3RoZXIuZnJhbWUpO1xuICBjb25zdCBlYXJsaWVzdCA9IHNvcnRlZFswXT8uZnJhbWUgPz8gMDtcbiAgY29uc3Qga2VwdDogU3dpdGNoW10gPSBbXTtcbiAgZm9yIChjb25zdCB7IGZyYW1lLCBjYW1lcmEgfSBvZiBzb3J0ZWQpIHtcbiAgICBjb25zdCBhdCA9IGZyYW1lID09PSBlYXJsaWVzdCA/IDAgOiBNYXRoLm1heCgwLCBmcmFtZSk7XG4gICAgaWYgKGF0ID49IGZyYW1lcykgYnJlYWs7XG4gICAgd2hpbGUgKGtlcHQubGVuZ3RoID4gMCAmJiAoa2VwdC5hdCgtMSkgYXMgU3dpdGNoKS5mcmFtZSA+PSBhdCkga2VwdC5wb3AoKTtcbiAgICBpZiAoa2VwdC5hdCgtMSk/LmNhbWVyYSAhPT0gY2FtZXJhKSBrZXB0LnB1c2goeyBmcmFtZTogYXQsIGNhbWVyYSB9KTtcbiAgfVxuICByZXR1cm4ga2VwdDtcbn1cblxuLyoqIFRoZSBlZGl0IHdpdGggb3RoZXIgc3dpdGNoZXM7IHRoZSBzYW1lIG9iamVjdCB3aGVyZSBub3RoaW5nIGRpZmZlcnMsIHNvIHRoYXQgbm90aGluZyBpcyB0byBiZSB1bmRvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2l0aFN3aXRjaGVzKGVkaXQ6IEVkaXQsIHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSk6IEVkaXQge1xuICBjb25zdCBuZXh0ID0gbm9ybWFsKHN3aXRjaGVzLCBlZGl0LmZyYW1lcyk7XG4gIHJldHVybiBpc1NhbWUobmV4dCwgZWRpdC5zd2l0Y2hlcykgPyBlZGl0IDogeyAuLi5lZGl0LCBzd2l0Y2hlczogbmV4dCB9O1xufVxuXG5mdW5jdGlvbiBpc1NhbWUob25lOiByZWFkb25seSBTd2l0Y2hbXSwgb3RoZXI6IHJlYWRvbmx5IFN3aXRjaFtdKTogYm9vbGVhbiB7XG4gIHJldHVybiAoXG4gICAgb25lLmxlbmd0aCA9PT0gb3RoZXIubGVuZ3RoICYmXG4gICAgb25lLmV2ZXJ5KCh7IGZyYW1lLCBjYW1lcmEgfSwgaW5kZXgpID0+IHtcbiAgICAgIGNvbnN0IHR3aW4gPSBvdGhlcltpbmRleF0gYXMgU3dpdGNoO1xuICAgICAgcmV0dXJuIGZyYW1lID09PSB0d2luLmZyYW1lICYmIGNhbWVyYSA9PT0gdHdpbi5jYW1lcmE7XG4gICAgfSlcbiAgKTtcbn1cblxuLyoqXG4gKiBUaGUgY2FtZXJhIGlzIG9uIGZyb20gYGZyYW1lYCB1cCB0byB0aGUgbmV4dCBzd2l0Y2guXG4gKlxuICogV2hpbGUgYSB0YWtlIGlzIHJlY29yZGVkIHRoZSBwbGF5aGVhZCBoYXMgY29tZSB0byBgdW50aWxgOiBzd2l0Y2hlcyB1cCB0byBhbmQgYXQgaXQgYXJlIG92ZXJ3cml0dGVuLCBhbmRcbiAqIHdoYXQgbGllcyBhaGVhZCBzdGF5cywgYXMgd2l0aCBhIGxpdmUgc3dpdGNoZXIuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzd2l0Y2hBdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBjYW1lcmE6IHN0cmluZywgdW50aWwgPSBmcmFtZSk6IEVkaXQge1xuICBpZiAoZnJhbWUgPCAwIHx8IGZyYW1lID49IGVkaXQuZnJhbWVzKSByZXR1cm4gZWRpdDtcbiAgY29uc3QgbGFzdCA9IE1hdGgubWF4KGZyYW1lLCB1bnRpbCk7XG4gIGNvbnN0IG90aGVycyA9IGVkaXQuc3dpdGNoZXMuZmlsdGVyKChvbmUpID0+IG9uZS5mcmFtZSA8IGZyYW1lIHx8IG9uZS5mcmFtZSA+IGxhc3QpO1xuICByZXR1cm4gd2l0aFN3aXRjaGVzKGVkaXQsIFsuLi5vdGhlcnMsIHsgZnJhbWUsIGNhbWVyYSB9XSk7XG59XG5cbi8qKiBIb3cgZmFyIHRoZSBzd2l0Y2ggYXQgYGluZGV4YCBjYW4gYmUgbW92ZWQ6IGJldHdlZW4gaXRzIG5laWdoYm91cnMuIFRoZSBmaXJzdCBzdGF5cyBhdCBmcmFtZSAwLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHJvb21PZihlZGl0OiBFZGl0LCBpbmRleDogbnVtYmVyKTogeyBmcm9tOiBudW1iZXI7IHRvOiBudW1iZXIgfSB7XG4gIGlmIChpbmRleCA9PT0gMCkgcmV0dXJuIHsgZnJvbTogMCwgdG86IDAgfTtcbiAgcmV0dXJuIHtcbiAgICBmcm9tOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCAtIDFdIGFzIFN3aXRjaCkuZnJhbWUgKyAxLFxuICAgIHRvOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcykgLSAxLFxuICB9O1xufVxuXG4vKiogVGhlIHN3aXRjaCBhdCBgZnJvbWAgbW92ZWQgdG8gYHRvYCwgb3IgYXMgbmVhciBhcyBpdHMgbmVpZ2hib3VycyBsZXQgaXQuICovXG5leHBvcnQgZnVuY3Rpb24gbW92ZVN3aXRjaChlZGl0OiBFZGl0LCBmcm9tOiBudW1iZXIsIHRvOiBudW1iZXIpOiBFZGl0IHtcbiAgY29uc3QgaW5kZXggPSBlZGl0LnN3aXRjaGVzLmZpbmRJbmRleCgoeyBmcmFtZSB9KSA9PiBmcmFtZSA9PT0gZnJvbSk7XG4gIGlmIChpbmRleCA8IDEpIHJldHVybiBlZGl0O1xuICBjb25zdCByb29tID0gcm9vbU9mKGVkaXQsIGluZGV4KTtcbiAgY29uc3QgZnJhbWUgPSBNYXRoLm1pbihyb29tLnRvLCBNYXRoLm1heChyb29tLmZyb20sIHRvKSk7XG4gIHJldHVybiB3aXRoU3dpdGNoZXMoXG4gICAgZWRpdCxcbiAgICBlZGl0LnN3aXRjaGVzLm1hcCgob25lLCBhdCkgPT4gKGF0ID09PSBpbmRleCA/IHsgLi4ub25lLCBmcmFtZSB9IDogb25lKSksXG4gICk7XG59XG5cbi8qKlxuICogVGhlIGVkaXQgd2l0aG91dCB0aGUgc3dpdGNoIGF0IGBmcmFtZWA6IHdobyB3YXMgb24gYmVmb3JlIGdvZXMgb24uIE9mIHRoZSBmaXJzdCBzd2l0Y2gsIHdobyBpcyBvbiBuZXh0IGlzXG4gKiBvbiBmcm9tIHRoZSBzdGFydC4gVGhlIGxhc3Qgb25lIHRoYXQgaXMgbGVmdCBzdGF5cy5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRlbGV0ZVN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogRWRpdCB7XG4gIGNvbnN0IGxlZnQgPSBlZGl0LnN3aXRjaGVzLmZpbHRlcigob25lKSA9PiBvbmUuZnJhbWUgIT09IGZyYW1lKTtcbiAgcmV0dXJuIGxlZnQubGVuZ3RoID09PSAwID8gZWRpdCA6IHdpdGhTd2l0Y2hlcyhlZGl0LCBsZWZ0KTtcbn1cblxuLyoqIFRoZSBmcmFtZSBvZiB0aGUgbmV4dCBzd2l0Y2ggaW4gYSBkaXJlY3Rpb24sIG9yIHRoZSBwcm9ncmFtbWUncyBlZGdlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5laWdoYm91clN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBkaXJlY3Rpb246IDEgfCAtMSk6IG51bWJlciB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGlmIChkaXJlY3Rpb24gPT09IDEpIHJldHVybiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIC0gMTtcbiAgY29uc3QgaGVyZSA9IChlZGl0LnN3aXRjaGVzW2luZGV4XSBhcyBTd2l0Y2gpLmZyYW1lO1xuICByZXR1cm4gaGVyZSA8IGZyYW1lID8gaGVyZSA6IChlZGl0LnN3aXRjaGVzW2luZGV4IC0gMV0/LmZyYW1lID8/IDApO1xufVxuIiwgIi8qKiBIb3cgY2FtZXJhcyBsaWUgb24gdGhlIHByb2dyYW1tZSdzIHRpbWUsIGFuZCB3aGVyZSB0aGUgcHJvZ3JhbW1lIGJlZ2lucyBhbmQgZW5kcy4gKi9cbmltcG9ydCB0eXBlIHsgQ2FtZXJhLCBFZGl0LCBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuaW1wb3J0IHtcbiAgZmlyc3RGcmFtZUZyb20sXG4gIG5lYXJlc3RGcmFtZSxcbiAgcmF0ZU9mLFxuICBzZWNvbmRzT2YsXG59IGZyb20gXCIuL3JhdGVcIjtcbmltcG9ydCB7IG5vcm1hbCB9IGZyb20gXCIuL3N3aXRjaGVzXCI7XG5cbmV4cG9ydCBjb25zdCBGRVdFU1RfQ0FNRVJBUyA9IDI7XG5leHBvcnQgY29uc3QgTU9TVF9DQU1FUkFTID0gNjtcblxuLyoqIEZyYW1lcyBvZiB0aGUgcHJvZ3JhbW1lLCBbc3RhcnQsIGVuZCkuICovXG5leHBvcnQgaW50ZXJmYWNlIFNwYW4ge1xuICByZWFkb25seSBzdGFydDogbnVtYmVyO1xuICByZWFkb25seSBlbmQ6IG51bWJlcjtcbn1cblxuLyoqIFRpbWVzIGFyZSBrZXB0IHRvIHRoZSBuYW5vc2Vjb25kLCBhcyB0aGUgY2xpZW50IHdyaXRlcyB0aGVtIGludG8gYSBjb25maWcuICovXG5mdW5jdGlvbiBleGFjdChzZWNvbmRzOiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gTnVtYmVyKHNlY29uZHMudG9GaXhlZCg5KSk7XG59XG5cbi8qKlxuICogVGhlIG9mZnNldCB0aGF0IGNvdW50czogdG8gdGhlIG5lYXJlc3QgZnJhbWUgb2YgdGhlIGNhbWVyYS5cbiAqXG4gKiBUaGUgc2VydmljZSBzaG93cyB3aG9sZSBmcmFtZXMgb2YgYSBzb3VyY2UgYW5kIHRha2VzIHRoZSBvbmUgdGhhdCBoYXMgYmVndW4uIFdpdGhvdXQgdGhpcyBhIGNhbWVyYSB0aGF0XG4gKiBiZWdpbnMgMC45IGZyYW1lcyBsYXRlciB3b3VsZCBiZSBzaG93biBhbG1vc3QgYSB3aG9sZSBmcmFtZSBvZmY7IHNvIGl0IGlzIGhhbGYgb2Ygb25lIGF0IG1vc3QsIGFuZCBldmVyeVxuICogZnJhbWUgb2YgdGhlIHByZXZpZXcgaXMgdGhlIHZlcnkgZnJhbWUgb2YgdGhlIGV4cG9ydC5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNoaWZ0KHsgZnBzLCBvZmZzZXQgfTogUGljazxDYW1lcmEsIFwiZnBzXCIgfCBcIm9mZnNldFwiPik6IG51bWJlciB7XG4gIGlmIChmcHMgPT09IG51bGwpIHJldHVybiBleGFjdChvZmZzZXQpO1xuICBjb25zdCByYXRlID0gcmF0ZU9mKGZwcyk7XG4gIHJldHVybiBleGFjdChzZWNvbmRzT2YobmVhcmVzdEZyYW1lKG9mZnNldCwgcmF0ZSksIHJhdGUpKTtcbn1cblxuLyoqIFRoZSBwcm9ncmFtbWUncyBmcmFtZXMgb2Ygd2hpY2ggdGhlIGNhbWVyYSBoYXMgYSBwaWN0dXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNwYW5PZihjYW1lcmE6IENhbWVyYSwgcmF0ZTogUmF0ZSk6IFNwYW4ge1xuICBjb25zdCBiZWdpbiA9IC1zaGlmdChjYW1lcmEpO1xuICByZXR1cm4ge1xuICAgIHN0YXJ0OiBmaXJzdEZyYW1lRnJvbShiZWdpbiwgcmF0ZSksXG4gICAgZW5kOiBmaXJzdEZyYW1lRnJvbShiZWdpbiArIGNhbWVyYS5zZWNvbmRzLCByYXRlKSxcbiAgfTtcbn1cblxuZnVuY3Rpb24gb3ZlcmxhcChzcGFuczogcmVhZG9ubHkgU3BhbltdKTogU3BhbiB7XG4gIHJldHVybiB7XG4gICAgc3RhcnQ6IE1hdGgubWF4KC4uLnNwYW5zLm1hcCgoeyBzdGFydCB9KSA9PiBzdGFydCkpLFxuICAgIGVuZDogTWF0aC5taW4oLi4uc3BhbnMubWFwKCh7IGVuZCB9KSA9PiBlbmQpKSxcbiAgfTtcbn1cblxuLyoqIEZyb20gdGhlIGZpcnN0IHBpY3R1cmUgb2YgYW55IGNhbWVyYSB0byB0aGUgbGFzdCBvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2hvbGVTcGFuKGVkaXQ6IEVkaXQpOiBTcGFuIHtcbiAgY29uc3Qgc3BhbnMgPSBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHNwYW5PZihjYW1lcmEsIGVkaXQucmF0ZSkpO1xuICByZXR1cm4ge1xuICAgIHN0YXJ0OiBNYXRoLm1pbiguLi5zcGFucy5tYXAoKHsgc3RhcnQgfSkgPT4gc3RhcnQpKSxcbiAgICBlbmQ6IE1hdGgubWF4KC4uLnNwYW5zLm1hcCgoeyBlbmQgfSkgPT4gZW5kKSksXG4gIH07XG59XG5cbi8qKiBXaGVyZSBhbGwgY2FtZXJhcyBoYXZlIGEgcGljdHVyZTsgd2hlcmUgdGhhdCBpcyBub3doZXJlLCB3aGVyZSBhbnkgaGFzIG9uZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjb21tb25TcGFuKGVkaXQ6IEVkaXQpOiBTcGFuIHtcbiAgY29uc3QgY29tbW9uID0gb3ZlcmxhcChlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHNwYW5PZihjYW1lcmEsIGVkaXQucmF0ZSkpKTtcbiAgcmV0dXJuIGNvbW1vbi5lbmQgPiBjb21tb24uc3RhcnQgPyBjb21tb24gOiB3aG9sZVNwYW4oZWRpdCk7XG59XG5cbi8qKlxuICogVGhlIHByb2dyYW1tZSBiZWdpbnMgYW5kIGVuZHMgZWxzZXdoZXJlOiBmcmFtZSBgc3RhcnRgIGJlY29tZXMgZnJhbWUgMC5cbiAqXG4gKiBTd2l0Y2hlcyBzdGF5IHdpdGggdGhlIHBpY3R1cmVzLiBUaG9zZSB0aGF0IGFyZSBjdXQgb2ZmIGFyZSBnb25lLCB3aG8gaXMgb24gYXQgdGhlIG5ldyBzdGFydCBpcyBvbiBmcm9tXG4gKiB0aGVyZTsgd2hlcmUgdGhlIHByb2dyYW1tZSBiZWNvbWVzIGxvbmdlciwgaXRzIGZpcnN0IGFuZCBsYXN0IGNhbWVyYSBnbyBvbi5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHRyaW0oZWRpdDogRWRpdCwgeyBzdGFydCwgZW5kIH06IFNwYW4pOiBFZGl0IHtcbiAgaWYgKGVuZCA8PSBzdGFydCB8fCAoc3RhcnQgPT09IDAgJiYgZW5kID09PSBlZGl0LmZyYW1lcykpIHJldHVybiBlZGl0O1xuICBjb25zdCBieSA9IHNlY29uZHNPZihzdGFydCwgZWRpdC5yYXRlKTtcbiAgY29uc3QgZnJhbWVzID0gZW5kIC0gc3RhcnQ7XG4gIGNvbnN0IG1vdmVkID0gZWRpdC5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9KSA9PiAoeyBmcmFtZTogZnJhbWUgLSBzdGFydCwgY2FtZXJhIH0pKTtcbiAgcmV0dXJuIHtcbiAgICAuLi5lZGl0LFxuICAgIGZyYW1lcyxcbiAgICBjYW1lcmFzOiBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+ICh7IC4uLmNhbWVyYSwgb2Zmc2V0OiBleGFjdChjYW1lcmEub2Zmc2V0ICsgYnkpIH0pKSxcbiAgICBzd2l0Y2hlczogbm9ybWFsKG1vdmVkLCBmcmFtZXMpLFxuICB9O1xufVxuXG4vKiogVGhlIHByb2dyYW1tZSB3aGVyZSBhbGwgY2FtZXJhcyBoYXZlIGEgcGljdHVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaXQoZWRpdDogRWRpdCk6IEVkaXQge1xuICByZXR1cm4gdHJpbShlZGl0LCBjb21tb25TcGFuKGVkaXQpKTtcbn1cblxuLyoqXG4gKiBBIG5ldyBlZGl0OiB0aGUgZmlyc3QgY2FtZXJhIGlzIG9uIHRocm91Z2hvdXQsIGF0IGl0cyByYXRlLlxuICpcbiAqIFRoZSBwcm9ncmFtbWUgc3BhbnMgd2hhdCBhbGwgY2FtZXJhcyBoYXZlLCBzbyB0aGF0IHdob2V2ZXIgaXMgc3dpdGNoZWQgdG8gaXMgdGhlcmUuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZXdFZGl0KGNhbWVyYXM6IHJlYWRvbmx5IENhbWVyYVtdLCBuYW1lID0gXCJVbnRpdGxlZFwiKTogRWRpdCB7XG4gIGNvbnN0IFtmaXJzdF0gPSBjYW1lcmFzO1xuICBpZiAoIWZpcnN0IHx8IGNhbWVyYXMubGVuZ3RoIDwgRkVXRVNUX0NBTUVSQVMgfHwgY2FtZXJhcy5sZW5ndGggPiBNT1NUX0NBTUVSQVMpIHtcbiAgICB0aHJvdyBuZXcgUmFuZ2VFcnJvcihgQW4gZWRpdCBoYXMgJHtGRVdFU1RfQ0FNRVJBU30gdG8gJHtNT1NUX0NBTUVSQVN9IGNhbWVyYXMuYCk7XG4gIH1cbiAgY29uc3QgcmF0ZSA9IHJhdGVPZihmaXJzdC5mcHMpO1xuICBjb25zdCBmcmFtZXMgPSBNYXRoLm1heCgxLCBmaXJzdEZyYW1lRnJvbShmaXJzdC5zZWNvbmRzLCByYXRlKSk7XG4gIGNvbnN0IHN3aXRjaGVzID0gW3sgZnJhbWU6IDAsIGNhbWVyYTogZmlyc3QuaWQgfV07XG4gIHJldHVybiBmaXQoeyB2ZXJzaW9uOiAxLCBuYW1lLCByYXRlLCBmcmFtZXMsIGNhbWVyYXMsIHN3aXRjaGVzIH0pO1xufVxuXG4vKiogT25lIGNhbWVyYSdzIG9mZnNldCwgYW5kIG5vdGhpbmcgZWxzZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzZXRPZmZzZXQoZWRpdDogRWRpdCwgY2FtZXJhOiBzdHJpbmcsIG9mZnNldDogbnVtYmVyKTogRWRpdCB7XG4gIGlmICghTnVtYmVyLmlzRmluaXRlKG9mZnNldCkpIHJldHVybiBlZGl0O1xuICByZXR1cm4ge1xuICAgIC4uLmVkaXQsXG4gICAgY2FtZXJhczogZWRpdC5jYW1lcmFzLm1hcCgob25lKSA9PlxuICAgICAgb25lLmlkID09PSBjYW1lcmEgPyB7IC4uLm9uZSwgb2Zmc2V0OiBleGFjdChvZmZzZXQpIH0gOiBvbmUsXG4gICAgKSxcbiAgfTtcbn1cblxuLyoqIEhvdyBtYW55IHNlY29uZHMgbGF0ZXIgdGhhbiB0aGUgZmlyc3QgY2FtZXJhIHRoaXMgb25lIGJlZ2FuOyBuZWdhdGl2ZTogZWFybGllci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBsYWdPZihlZGl0OiBFZGl0LCBjYW1lcmE6IENhbWVyYSk6IG51bWJlciB7XG4gIHJldHVybiBleGFjdCgoZWRpdC5jYW1lcmFzWzBdIGFzIENhbWVyYSkub2Zmc2V0IC0gY2FtZXJhLm9mZnNldCk7XG59XG5cbi8qKlxuICogQ2FtZXJhcyB0aGF0IGJlZ2FuIHNvIG1hbnkgc2Vjb25kcyBhZnRlciB0aGUgZmlyc3Qgb25lLCBieSB0aGVpciBpZHM7IG90aGVycyBzdGF5IHdoZXJlIHRoZXkgYXJlLlxuICpcbiAqIFRoZSBmaXJzdCBjYW1lcmEgc3RheXMgb24gdGhlIHByb2dyYW1tZSdzIHRpbWUsIGFuZCBzd2l0Y2hlcyB3aXRoIGl0LiBBIHByb2dyYW1tZSB0aGF0IHNwYW5uZWQgd2hhdCBhbGxcbiAqIGNhbWVyYXMgaGF2ZSBkb2VzIHNvIGFnYWluOyBvbmUgdGhhdCB3YXMgdHJpbW1lZCBieSBoYW5kIHN0YXlzLlxuICovXG5leHBvcnQgZnVuY3Rpb24gc2V0TGFncyhlZGl0OiBFZGl0LCBsYWdzOiBSZWFkb25seTxSZWNvcmQ8c3RyaW5nLCBudW1iZXI+Pik6IEVkaXQge1xuICBjb25zdCBbZmlyc3RdID0gZWRpdC5jYW1lcmFzIGFzIHJlYWRvbmx5IFtDYW1lcmFdO1xuICBjb25zdCBjb21tb24gPSBjb21tb25TcGFuKGVkaXQpO1xuICBjb25zdCB3YXNXaG9sZSA9IGNvbW1vbi5zdGFydCA9PT0gMCAmJiBjb21tb24uZW5kID09PSBlZGl0LmZyYW1lcztcbiAgY29uc3QgbW92ZWQgPSB7XG4gICAgLi4uZWRpdCxcbiAgICBjYW1lcmFzOiBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHtcbiAgICAgIGNvbnN0IGxhZyA9IGNhbWVyYSA9PT0gZmlyc3QgPyB1bmRlZmluZWQgOiBsYWdzW2NhbWVyYS5pZF07XG4gICAgICBpZiAobGFnID09PSB1bmRlZmluZWQgfHwgIU51bWJlci5pc0Zpbml0ZShsYWcpKSByZXR1cm4gY2FtZXJhO1xuICAgICAgcmV0dXJuIHsgLi4uY2FtZXJhLCBvZmZzZXQ6IGV4YWN0KGZpcnN0Lm9mZnNldCAtIGxhZykgfTtcbiAgICB9KSxcbiAgfTtcbiAgcmV0dXJuIHdhc1dob2xlID8gZml0KG1vdmVkKSA6IG1vdmVkO1xufVxuXG4vKiogV2hldGhlciBzb21lIGNhbWVyYSBoYXMgZmV3ZXIgb3IgbW9yZSBmcmFtZXMgYSBzZWNvbmQgdGhhbiB0aGUgcHJvZ3JhbW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGhhc090aGVyUmF0ZXMoZWRpdDogRWRpdCk6IGJvb2xlYW4ge1xuICByZXR1cm4gZWRpdC5jYW1lcmFzLnNvbWUoKHsgZnBzIH0pID0+IHtcbiAgICBpZiAoZnBzID09PSBudWxsKSByZXR1cm4gdHJ1ZTtcbiAgICBjb25zdCB7IG51bSwgZGVuIH0gPSByYXRlT2YoZnBzKTtcbiAgICByZXR1cm4gbnVtICE9PSBlZGl0LnJhdGUubnVtIHx8IGRlbiAhPT0gZWRpdC5yYXRlLmRlbjtcbiAgfSk7XG59XG4iLCAiLyoqIFdoYXQgaXMgZWRpdGVkOiBjYW1lcmFzIG9uIG9uZSB0aW1lLCBhbmQgd2hvIGlzIG9uIHdoZW4uIEltbXV0YWJsZTogY2hhbmdlIGJ5IG1ha2luZyBhbm90aGVyLiAqL1xuXG4vKiogQSBjYW1lcmEgb2YgYW4gZWRpdDogYSBzb3VyY2UsIGFuZCBob3cgaXQgbGllcyBvbiB0aGUgcHJvZ3JhbW1lJ3MgdGltZS4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgQ2FtZXJhIHtcbiAgLyoqIFN0YWJsZSBpbiB0aGUgZWRpdDogXCJjMVwiLCAuLi4gKi9cbiAgcmVhZG9ubHkgaWQ6IHN0cmluZztcbiAgLyoqIGBmaWxlUGF0aGAgb2YgYSBjb25maWcsIHN1Y2ggYXMgXCJ3aWRlLm1wNFwiLiAqL1xuICByZWFkb25seSBzb3VyY2U6IHN0cmluZztcbiAgLyoqIFdoYXQgcGVvcGxlIHJlYWQuICovXG4gIHJlYWRvbmx5IG5hbWU6IHN0cmluZztcbiAgLyoqIEhvdyBsb25nIHRoZSBzb3VyY2UgaXMuICovXG4gIHJlYWRvbmx5IHNlY29uZHM6IG51bWJlcjtcbiAgcmVhZG9ubHkgd2lkdGg6IG51bWJlcjtcbiAgcmVhZG9ubHkgaGVpZ2h0OiBudW1iZXI7XG4gIC8qKiBBcyB0aGUgc2VydmljZSB0ZWxscyBpdDsgbnVsbDogdW5rbm93bi4gKi9cbiAgcmVhZG9ubHkgZnBzOiBudW1iZXIgfCBudWxsO1xuICByZWFkb25seSBoYXNTb3VuZDogYm9vbGVhbjtcbiAgLyoqIFNlY29uZHMgb2YgdGhlIGNhbWVyYSdzIGZpbGUgYXQgd2hpY2ggdGhlIHByb2dyYW1tZSdzIHNlY29uZCAwIGlzOyBuZWdhdGl2ZTogaXQgYmVnYW4gbGF0ZXIuICovXG4gIHJlYWRvbmx5IG9mZnNldDogbnVtYmVyO1xufVxuXG4vKiogRnJvbSBgZnJhbWVgIG9mIHRoZSBwcm9ncmFtbWUgb24sIGBjYW1lcmFgIGlzIG9uLiAqL1xuZXhwb3J0IGludGVyZmFjZSBTd2l0Y2gge1xuICByZWFkb25seSBmcmFtZTogbnVtYmVyO1xuICByZWFkb25seSBjYW1lcmE6IHN0cmluZztcbn1cblxuLyoqIFByb2dyYW1tZSBmcmFtZXMgcGVyIHNlY29uZCwgYXMgYSBmcmFjdGlvbi4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgUmF0ZSB7XG4gIHJlYWRvbmx5IG51bTogbnVtYmVyO1xuICByZWFkb25seSBkZW46IG51bWJlcjtcbn1cblxuLyoqIEZyYW1lcyBjb3VudCBhdCBgcmF0ZWAuICovXG5leHBvcnQgaW50ZXJmYWNlIEVkaXQge1xuICByZWFkb25seSB2ZXJzaW9uOiAxO1xuICByZWFkb25seSBuYW1lOiBzdHJpbmc7XG4gIC8qKiBPZiB0aGUgZmlyc3QgY2FtZXJhLiAqL1xuICByZWFkb25seSByYXRlOiBSYXRlO1xuICAvKiogTGVuZ3RoIG9mIHRoZSBwcm9ncmFtbWUuICovXG4gIHJlYWRvbmx5IGZyYW1lczogbnVtYmVyO1xuICAvKiogMiB0byA2LiAqL1xuICByZWFkb25seSBjYW1lcmFzOiByZWFkb25seSBDYW1lcmFbXTtcbiAgLyoqIFRoZSBmaXJzdCBhdCBmcmFtZSAwOyBhc2NlbmRpbmc7IG5laWdoYm91cnMgZGlmZmVyLiAqL1xuICByZWFkb25seSBzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW107XG59XG5cbi8qKiBUaGUgY2FtZXJhIHdpdGggdGhhdCBpZDsgdGhlIGNhbGxlciBrbm93cyB0aGF0IHRoZXJlIGlzIG9uZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjYW1lcmFPZihlZGl0OiBFZGl0LCBpZDogc3RyaW5nKTogQ2FtZXJhIHtcbiAgY29uc3QgY2FtZXJhID0gZWRpdC5jYW1lcmFzLmZpbmQoKG9uZSkgPT4gb25lLmlkID09PSBpZCk7XG4gIGlmICghY2FtZXJhKSB0aHJvdyBuZXcgRXJyb3IoYE5vIGNhbWVyYSAke2lkfSBpbiB0aGlzIGVkaXQuYCk7XG4gIHJldHVybiBjYW1lcmE7XG59XG5cbi8qKiBXaGF0IHBlb3BsZSBjYWxsIGEgY2FtZXJhIGJ5OiBpdHMgcGxhY2UsIGZyb20gMTsgdGhlIGtleSB0aGF0IHN3aXRjaGVzIHRvIGl0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG51bWJlck9mKGVkaXQ6IEVkaXQsIGlkOiBzdHJpbmcpOiBudW1iZXIge1xuICByZXR1cm4gZWRpdC5jYW1lcmFzLmZpbmRJbmRleCgob25lKSA9PiBvbmUuaWQgPT09IGlkKSArIDE7XG59XG4iLCAiLyoqIFdoaWNoIGZyYW1lIG9mIHdoaWNoIHNvdXJjZSBhIGZyYW1lIG9mIHRoZSBwcm9ncmFtbWUgc2hvd3M6IHRoZSBzZXJ2aWNlJ3MgZnJhbWUgcnVsZSwgZm9yIHRoZSBwcmV2aWV3LiAqL1xuaW1wb3J0IHsgc2hpZnQgfSBmcm9tIFwiLi9jYW1lcmFzXCI7XG5pbXBvcnQgeyB0eXBlIENhbWVyYSwgY2FtZXJhT2YsIHR5cGUgRWRpdCwgdHlwZSBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuaW1wb3J0IHsgZmlyc3RGcmFtZUZyb20sIGZyYW1lQXQsIHBlclNlY29uZCwgcmF0ZU9mLCBzZWNvbmRzT2YgfSBmcm9tIFwiLi9yYXRlXCI7XG5pbXBvcnQgeyB0dXJuQXQgfSBmcm9tIFwiLi9zd2l0Y2hlc1wiO1xuXG4vKiogVXAgdG8gdGhpcyBtdWNoIHRoYXQgaXMgbWlzc2luZyBhdCBhIHR1cm4ncyBlZGdlIHNob3dzIHRoZSBzb3VyY2UncyBmaXJzdCBvciBsYXN0IGZyYW1lOyBtb3JlIGlzIGJsYWNrLiAqL1xuY29uc3QgU1RBTkRfSU5fU0VDT05EUyA9IDAuMTtcblxuLyoqIEEgZnJhbWUgb2YgYSBzb3VyY2UsIG9yIGJsYWNrIHdoZXJlIGl0IGhhcyBub25lLiAqL1xuZXhwb3J0IGludGVyZmFjZSBTaG93biB7XG4gIHJlYWRvbmx5IGNhbWVyYTogc3RyaW5nO1xuICByZWFkb25seSBmcmFtZTogbnVtYmVyIHwgbnVsbDtcbn1cblxuLyoqIFRoZSBzZWNvbmQgb2YgYSBjYW1lcmEncyBmaWxlIGF0IHdoaWNoIGEgZnJhbWUgb2YgdGhlIHByb2dyYW1tZSBsaWVzLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNhbWVyYVNlY29uZChjYW1lcmE6IENhbWVyYSwgZnJhbWU6IG51bWJlciwgcmF0ZTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBzZWNvbmRzT2YoZnJhbWUsIHJhdGUpICsgc2hpZnQoY2FtZXJhKTtcbn1cblxuLyoqIFRoZSBmcmFtZSBvZiBhIGNhbWVyYSdzIGZpbGUgdGhhdCBpcyBvbiBzY3JlZW4gdGhlbjsgYmVsb3cgMCBvciB0b28gbGFyZ2Ugd2hlcmUgaXQgaGFzIG5vbmUuICovXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhRnJhbWUoXG4gIGNhbWVyYTogQ2FtZXJhLFxuICBmcmFtZTogbnVtYmVyLFxuICByYXRlOiBSYXRlLFxuICBvd24gPSByYXRlT2YoY2FtZXJhLmZwcyksXG4pOiBudW1iZXIge1xuICByZXR1cm4gZnJhbWVBdChjYW1lcmFTZWNvbmQoY2FtZXJhLCBmcmFtZSwgcmF0ZSksIG93bik7XG59XG5cbi8qKiBUaGUgZnJhbWUgb2YgdGhlIHByb2dyYW1tZSBkdXJpbmcgd2hpY2ggYSBmcmFtZSBvZiBhIGNhbWVyYSdzIGZpbGUgY29tZXMgb24gc2NyZWVuLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHByb2dyYW1tZUZyYW1lKFxuICBjYW1lcmE6IENhbWVyYSxcbiAgZnJhbWU6IG51bWJlcixcbiAgcmF0ZTogUmF0ZSxcbiAgb3duID0gcmF0ZU9mKGNhbWVyYS5mcHMpLFxuKTogbnVtYmVyIHtcbiAgcmV0dXJuIGZyYW1lQXQoc2Vjb25kc09mKGZyYW1lLCBvd24pIC0gc2hpZnQoY2FtZXJhKSwgcmF0ZSk7XG59XG5cbi8qKiBIb3cgbWFueSBmcmFtZXMgYSBjYW1lcmEncyBmaWxlIGhhcy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmcmFtZXNPZihjYW1lcmE6IENhbWVyYSwgb3duID0gcmF0ZU9mKGNhbWVyYS5mcHMpKTogbnVtYmVyIHtcbiAgcmV0dXJuIE1hdGgubWF4KDEsIGZpcnN0RnJhbWVGcm9tKGNhbWVyYS5zZWNvbmRzLCBvd24pKTtcbn1cblxuLyoqIFdoYXQgYSBmcmFtZSBvZiB0aGUgcHJvZ3JhbW1lIHNob3dzIGluIHRoZSBleHBvcnRlZCBmaWxlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNob3duQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IFNob3duIHtcbiAgY29uc3QgdHVybiA9IHR1cm5BdChlZGl0LCBmcmFtZSk7XG4gIGNvbnN0IGNhbWVyYSA9IGNhbWVyYU9mKGVkaXQsIHR1cm4uY2FtZXJhKTtcbiAgY29uc3Qgb3duID0gcmF0ZU9mKGNhbWVyYS5mcHMpO1xuICBjb25zdCBjb3VudCA9IGZyYW1lc09mKGNhbWVyYSwgb3duKTtcbiAgY29uc3QgYW5jaG9yID0gc2Vjb25kc09mKGNhbWVyYUZyYW1lKGNhbWVyYSwgdHVybi5zdGFydCwgZWRpdC5yYXRlLCBvd24pLCBvd24pO1xuICBjb25zdCBzb3VyY2UgPSBmcmFtZUF0KGFuY2hvciArIHNlY29uZHNPZihmcmFtZSAtIHR1cm4uc3RhcnQsIGVkaXQucmF0ZSksIG93bik7XG4gIGNvbnN0IHRoZXJlID0gTWF0aC5taW4oTWF0aC5tYXgoc291cmNlLCAwKSwgY291bnQgLSAxKTtcbiAgaWYgKHNvdXJjZSA9PT0gdGhlcmUpIHJldHVybiB7IGNhbWVyYTogY2FtZXJhLmlkLCBmcmFtZTogc291cmNlIH07XG4gIC8vIEluIGZyYW1lcyBmcm9tIHRoZSB0dXJuJ3Mgc3RhcnQgb246IHRoZSBmaXJzdCB0aGF0IGhhcyBhIHBpY3R1cmUsIGFuZCB0aGUgZmlyc3QgdGhhdCBoYXMgbm9uZSBhbnkgbW9yZS5cbiAgY29uc3QgZmlyc3QgPSBmaXJzdEZyYW1lRnJvbSgtYW5jaG9yLCBlZGl0LnJhdGUpO1xuICBjb25zdCBwYXN0ID0gZmlyc3RGcmFtZUZyb20oc2Vjb25kc09mKGNvdW50LCBvd24pIC0gYW5jaG9yLCBlZGl0LnJhdGUpO1xuICBjb25zdCBsZW5ndGggPSB0dXJuLmVuZCAtIHR1cm4uc3RhcnQ7XG4gIGNvbnN0IG1pc3NpbmcgPSBzb3VyY2UgPCAwID8gTWF0aC5taW4oZmlyc3QsIGxlbmd0aCkgOiBsZW5ndGggLSBNYXRoLm1heChwYXN0LCAwKTtcbiAgY29uc3QgaXNIZWxkID0gbWlzc2luZyA8PSBTVEFORF9JTl9TRUNPTkRTICogcGVyU2Vjb25kKGVkaXQucmF0ZSk7XG4gIHJldHVybiB7IGNhbWVyYTogY2FtZXJhLmlkLCBmcmFtZTogaXNIZWxkID8gdGhlcmUgOiBudWxsIH07XG59XG4iLCAiLyoqIE51bWJlcnMgYnkgY2hhbmNlIHRoYXQgYXJlIHRoZSBzYW1lIGV2ZXJ5IHRpbWUsIGFuZCBlZGl0cyBtYWRlIG9mIHRoZW0uICovXG5pbXBvcnQgeyBuZXdFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2NhbWVyYXNcIjtcbmltcG9ydCB0eXBlIHsgQ2FtZXJhLCBFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2VkaXRcIjtcblxuZXhwb3J0IHR5cGUgQ2hhbmNlID0gKCkgPT4gbnVtYmVyO1xuXG4vKiogTXVsYmVycnkzMjogMCB1cCB0byBidXQgbm90IGluY2x1ZGluZyAxLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNoYW5jZShzZWVkOiBudW1iZXIpOiBDaGFuY2Uge1xuICBsZXQgc3RhdGUgPSBzZWVkID4+PiAwO1xuICByZXR1cm4gKCkgPT4ge1xuICAgIHN0YXRlID0gKHN0YXRlICsgMHg2ZDJiNzlmNSkgPj4+IDA7XG4gICAgbGV0IG1peGVkID0gTWF0aC5pbXVsKHN0YXRlIF4gKHN0YXRlID4+PiAxNSksIHN0YXRlIHwgMSk7XG4gICAgbWl4ZWQgXj0gbWl4ZWQgKyBNYXRoLmltdWwobWl4ZWQgXiAobWl4ZWQgPj4+IDcpLCBtaXhlZCB8IDYxKTtcbiAgICByZXR1cm4gKChtaXhlZCBeIChtaXhlZCA+Pj4gMTQpKSA+Pj4gMCkgLyAyICoqIDMyO1xuICB9O1xufVxuXG5leHBvcnQgZnVuY3Rpb24gd2hvbGUocmFuZG9tOiBDaGFuY2UsIGxlYXN0OiBudW1iZXIsIG1vc3Q6IG51bWJlcik6IG51bWJlciB7XG4gIHJldHVybiBsZWFzdCArIE1hdGguZmxvb3IocmFuZG9tKCkgKiAobW9zdCAtIGxlYXN0ICsgMSkpO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gb25lT2Y8VD4ocmFuZG9tOiBDaGFuY2UsIHZhbHVlczogcmVhZG9ubHkgVFtdKTogVCB7XG4gIHJldHVybiB2YWx1ZXNbd2hvbGUocmFuZG9tLCAwLCB2YWx1ZXMubGVuZ3RoIC0gMSldIGFzIFQ7XG59XG5cbmV4cG9ydCBjb25zdCBGUFMgPSBbMjQsIDI1LCAzMCwgNTAsIDYwLCAyMy45NzYwMjM5NzYwMjM5NzgsIDI5Ljk3MDAyOTk3MDAyOTk3LCA1OS45NDAwNTk5NDAwNTk5NF07XG5cbi8qKlxuICogUmF0ZXMgdGhhdCBvbmUgZWRpdCBtYXkgbWl4LiBOb3QgMzAgYW5kIDI5Ljk3OiBhIHdob2xlIHJhdGUgdGhhdCBpcyB0aGUgbmFtZSBvZiBhbm90aGVyIGluIHRoZSBwcm9ncmFtbWVcbiAqIG1lYW5zIHRoYXQgb25lIHRvIHRoZSBzZXJ2aWNlLlxuICovXG5jb25zdCBNSVhFUyA9IFtcbiAgWzI0LCAyNSwgMzAsIDUwLCA2MF0sXG4gIFsyNSwgNTAsIDIzLjk3NjAyMzk3NjAyMzk3OCwgMjkuOTcwMDI5OTcwMDI5OTcsIDU5Ljk0MDA1OTk0MDA1OTk0XSxcbl07XG5cbmV4cG9ydCBmdW5jdGlvbiBjYW1lcmEoaWQ6IHN0cmluZywgY2hhbmdlczogUGFydGlhbDxDYW1lcmE+ID0ge30pOiBDYW1lcmEge1xuICByZXR1cm4ge1xuICAgIGlkLFxuICAgIHNvdXJjZTogYCR7aWR9Lm1wNGAsXG4gICAgbmFtZTogYENhbWVyYSAke2lkfWAsXG4gICAgc2Vjb25kczogNjAsXG4gICAgd2lkdGg6IDE5MjAsXG4gICAgaGVpZ2h0OiAxMDgwLFxuICAgIGZwczogMzAsXG4gICAgaGFzU291bmQ6IHRydWUsXG4gICAgb2Zmc2V0OiAwLFxuICAgIC4uLmNoYW5nZXMsXG4gIH07XG59XG5cbi8qKiBDYW1lcmFzIG9mIG9uZSByYXRlLCBvciBvZiBzZXZlcmFsLCB0aGF0IGJlZ2FuIHVwIHRvIGZpdmUgc2Vjb25kcyBhcGFydC4gKi9cbmV4cG9ydCBmdW5jdGlvbiByYW5kb21DYW1lcmFzKHJhbmRvbTogQ2hhbmNlLCBpc01peGVkOiBib29sZWFuKTogQ2FtZXJhW10ge1xuICBjb25zdCBmcHMgPSBvbmVPZihyYW5kb20sIEZQUyk7XG4gIGNvbnN0IG1peCA9IG9uZU9mKHJhbmRvbSwgTUlYRVMpO1xuICByZXR1cm4gQXJyYXkuZnJvbSh7IGxlbmd0aDogd2hvbGUocmFuZG9tLCAyLCA2KSB9LCAoXywgaW5kZXgpID0+IHtcbiAgICBjb25zdCBvd24gPSBpc01peGVkID8gb25lT2YocmFuZG9tLCBtaXgpIDogZnBzO1xuICAgIHJldHVybiBjYW1lcmEoYGMke2luZGV4ICsgMX1gLCB7XG4gICAgICBmcHM6IG93bixcbiAgICAgIHNlY29uZHM6IHdob2xlKHJhbmRvbSwgMjAwLCA3MDApIC8gb3duLFxuICAgICAgb2Zmc2V0OiByYW5kb20oKSA8IDAuMyA/IDAgOiBNYXRoLnJvdW5kKChyYW5kb20oKSAqIDEwIC0gNSkgKiAxZTYpIC8gMWU2LFxuICAgIH0pO1xuICB9KTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHJhbmRvbUVkaXQocmFuZG9tOiBDaGFuY2UsIGlzTWl4ZWQgPSBmYWxzZSk6IEVkaXQge1xuICByZXR1cm4gbmV3RWRpdChyYW5kb21DYW1lcmFzKHJhbmRvbSwgaXNNaXhlZCksIFwiQnkgY2hhbmNlXCIpO1xufVxuIl0sCiAgIm1hcHBpbmdzIjogIjtBQUFBLE9BQU8sWUFBWTtBQUNuQixTQUFTLFVBQVUsVUFBVTs7O0FDRzdCLElBQU0sT0FBTyxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksS0FBSyxHQUFHO0FBRXRDLElBQU0sUUFBYyxFQUFFLEtBQUssSUFBSSxLQUFLLEVBQUU7QUFFL0IsSUFBTSxvQkFBb0I7QUFHMUIsU0FBUyxPQUFPLEtBQTBCO0FBQy9DLE1BQUksUUFBUSxRQUFRLENBQUMsT0FBTyxTQUFTLEdBQUcsS0FBSyxPQUFPLEVBQUcsUUFBTztBQUM5RCxhQUFXLFFBQVEsTUFBTTtBQUN2QixRQUFJLEtBQUssSUFBSSxNQUFPLE9BQU8sTUFBUSxJQUFJLElBQUksS0FBTyxRQUFPLEVBQUUsS0FBSyxPQUFPLEtBQU0sS0FBSyxLQUFLO0FBQUEsRUFDekY7QUFDQSxRQUFNQSxTQUFRLEtBQUssTUFBTSxHQUFHO0FBQzVCLE1BQUlBLFNBQVEsS0FBSyxLQUFLLElBQUksTUFBTUEsTUFBSyxJQUFJLEtBQU8sUUFBTyxFQUFFLEtBQUtBLFFBQU8sS0FBSyxFQUFFO0FBQzVFLFNBQU8sUUFBUSxLQUFLLElBQUksR0FBRyxLQUFLLE1BQU0sTUFBTSxHQUFJLENBQUMsR0FBRyxHQUFJO0FBQzFEO0FBRUEsU0FBUyxRQUFRLEtBQWEsS0FBbUI7QUFDL0MsTUFBSSxDQUFDLEdBQUcsQ0FBQyxJQUFJLENBQUMsS0FBSyxHQUFHO0FBQ3RCLFNBQU8sSUFBSSxFQUFHLEVBQUMsR0FBRyxDQUFDLElBQUksQ0FBQyxHQUFHLElBQUksQ0FBQztBQUNoQyxTQUFPLEVBQUUsS0FBSyxNQUFNLEdBQUcsS0FBSyxNQUFNLEVBQUU7QUFDdEM7QUFHTyxTQUFTLFVBQVUsRUFBRSxLQUFLLElBQUksR0FBaUI7QUFDcEQsU0FBTyxNQUFNO0FBQ2Y7QUFTTyxTQUFTLFVBQVUsT0FBZSxFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUNuRSxTQUFRLFFBQVEsTUFBTztBQUN6QjtBQUdPLFNBQVMsYUFBYSxTQUFpQixFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUN4RSxTQUFPLEtBQUssTUFBTyxVQUFVLE1BQU8sR0FBRyxJQUFJO0FBQzdDO0FBR08sU0FBUyxRQUFRLFNBQWlCLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQ25FLFFBQU0sU0FBVSxVQUFVLHFCQUFxQixNQUFPO0FBQ3RELFNBQU8sS0FBSyxLQUFLLEtBQUssSUFBSTtBQUM1QjtBQUdPLFNBQVMsZUFBZSxTQUFpQixFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUMxRSxTQUFPLEtBQUssTUFBTyxVQUFVLHFCQUFxQixNQUFPLEdBQUcsSUFBSTtBQUNsRTs7O0FDOUNPLFNBQVMsUUFBUSxVQUE2QixPQUF1QjtBQUMxRSxNQUFJLENBQUMsS0FBSyxJQUFJLElBQUksQ0FBQyxHQUFHLFNBQVMsU0FBUyxDQUFDO0FBQ3pDLFNBQU8sTUFBTSxNQUFNO0FBQ2pCLFVBQU0sU0FBVSxNQUFNLE9BQU8sS0FBTTtBQUNuQyxRQUFLLFNBQVMsTUFBTSxFQUFhLFNBQVMsTUFBTyxPQUFNO0FBQUEsUUFDbEQsUUFBTyxTQUFTO0FBQUEsRUFDdkI7QUFDQSxTQUFPO0FBQ1Q7QUFpQk8sU0FBUyxPQUFPLE1BQVksT0FBcUI7QUFDdEQsUUFBTSxRQUFRLFFBQVEsS0FBSyxVQUFVLEtBQUs7QUFDMUMsUUFBTSxFQUFFLFFBQUFDLFNBQVEsT0FBTyxNQUFNLElBQUksS0FBSyxTQUFTLEtBQUs7QUFDcEQsU0FBTyxFQUFFLFFBQUFBLFNBQVEsT0FBTyxLQUFLLEtBQUssU0FBUyxRQUFRLENBQUMsR0FBRyxTQUFTLEtBQUssT0FBTztBQUM5RTtBQU1PLFNBQVMsT0FBTyxVQUE2QixRQUEwQjtBQUM1RSxRQUFNLFNBQVMsU0FBUyxTQUFTLENBQUMsS0FBSyxVQUFVLElBQUksUUFBUSxNQUFNLEtBQUs7QUFDeEUsUUFBTSxXQUFXLE9BQU8sQ0FBQyxHQUFHLFNBQVM7QUFDckMsUUFBTSxPQUFpQixDQUFDO0FBQ3hCLGFBQVcsRUFBRSxPQUFPLFFBQUFBLFFBQU8sS0FBSyxRQUFRO0FBQ3RDLFVBQU0sS0FBSyxVQUFVLFdBQVcsSUFBSSxLQUFLLElBQUksR0FBRyxLQUFLO0FBQ3JELFFBQUksTUFBTSxPQUFRO0FBQ2xCLFdBQU8sS0FBSyxTQUFTLEtBQU0sS0FBSyxHQUFHLEVBQUUsRUFBYSxTQUFTLEdBQUksTUFBSyxJQUFJO0FBQ3hFLFFBQUksS0FBSyxHQUFHLEVBQUUsR0FBRyxXQUFXQSxRQUFRLE1BQUssS0FBSyxFQUFFLE9BQU8sSUFBSSxRQUFBQSxRQUFPLENBQUM7QUFBQSxFQUNyRTtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsYUFBYSxNQUFZLFVBQW1DO0FBQzFFLFFBQU0sT0FBTyxPQUFPLFVBQVUsS0FBSyxNQUFNO0FBQ3pDLFNBQU8sT0FBTyxNQUFNLEtBQUssUUFBUSxJQUFJLE9BQU8sRUFBRSxHQUFHLE1BQU0sVUFBVSxLQUFLO0FBQ3hFO0FBRUEsU0FBUyxPQUFPLEtBQXdCLE9BQW1DO0FBQ3pFLFNBQ0UsSUFBSSxXQUFXLE1BQU0sVUFDckIsSUFBSSxNQUFNLENBQUMsRUFBRSxPQUFPLFFBQUFBLFFBQU8sR0FBRyxVQUFVO0FBQ3RDLFVBQU0sT0FBTyxNQUFNLEtBQUs7QUFDeEIsV0FBTyxVQUFVLEtBQUssU0FBU0EsWUFBVyxLQUFLO0FBQUEsRUFDakQsQ0FBQztBQUVMO0FBUU8sU0FBUyxTQUFTLE1BQVksT0FBZUEsU0FBZ0IsUUFBUSxPQUFhO0FBQ3ZGLE1BQUksUUFBUSxLQUFLLFNBQVMsS0FBSyxPQUFRLFFBQU87QUFDOUMsUUFBTSxPQUFPLEtBQUssSUFBSSxPQUFPLEtBQUs7QUFDbEMsUUFBTSxTQUFTLEtBQUssU0FBUyxPQUFPLENBQUMsUUFBUSxJQUFJLFFBQVEsU0FBUyxJQUFJLFFBQVEsSUFBSTtBQUNsRixTQUFPLGFBQWEsTUFBTSxDQUFDLEdBQUcsUUFBUSxFQUFFLE9BQU8sUUFBQUEsUUFBTyxDQUFDLENBQUM7QUFDMUQ7OztBQzVFTyxJQUFNLGlCQUFpQjtBQUN2QixJQUFNLGVBQWU7QUFTNUIsU0FBUyxNQUFNLFNBQXlCO0FBQ3RDLFNBQU8sT0FBTyxRQUFRLFFBQVEsQ0FBQyxDQUFDO0FBQ2xDO0FBU08sU0FBUyxNQUFNLEVBQUUsS0FBSyxPQUFPLEdBQTJDO0FBQzdFLE1BQUksUUFBUSxLQUFNLFFBQU8sTUFBTSxNQUFNO0FBQ3JDLFFBQU0sT0FBTyxPQUFPLEdBQUc7QUFDdkIsU0FBTyxNQUFNLFVBQVUsYUFBYSxRQUFRLElBQUksR0FBRyxJQUFJLENBQUM7QUFDMUQ7QUFHTyxTQUFTLE9BQU9DLFNBQWdCLE1BQWtCO0FBQ3ZELFFBQU0sUUFBUSxDQUFDLE1BQU1BLE9BQU07QUFDM0IsU0FBTztBQUFBLElBQ0wsT0FBTyxlQUFlLE9BQU8sSUFBSTtBQUFBLElBQ2pDLEtBQUssZUFBZSxRQUFRQSxRQUFPLFNBQVMsSUFBSTtBQUFBLEVBQ2xEO0FBQ0Y7QUFFQSxTQUFTLFFBQVEsT0FBOEI7QUFDN0MsU0FBTztBQUFBLElBQ0wsT0FBTyxLQUFLLElBQUksR0FBRyxNQUFNLElBQUksQ0FBQyxFQUFFLE1BQU0sTUFBTSxLQUFLLENBQUM7QUFBQSxJQUNsRCxLQUFLLEtBQUssSUFBSSxHQUFHLE1BQU0sSUFBSSxDQUFDLEVBQUUsSUFBSSxNQUFNLEdBQUcsQ0FBQztBQUFBLEVBQzlDO0FBQ0Y7QUFHTyxTQUFTLFVBQVUsTUFBa0I7QUFDMUMsUUFBTSxRQUFRLEtBQUssUUFBUSxJQUFJLENBQUNBLFlBQVcsT0FBT0EsU0FBUSxLQUFLLElBQUksQ0FBQztBQUNwRSxTQUFPO0FBQUEsSUFDTCxPQUFPLEtBQUssSUFBSSxHQUFHLE1BQU0sSUFBSSxDQUFDLEVBQUUsTUFBTSxNQUFNLEtBQUssQ0FBQztBQUFBLElBQ2xELEtBQUssS0FBSyxJQUFJLEdBQUcsTUFBTSxJQUFJLENBQUMsRUFBRSxJQUFJLE1BQU0sR0FBRyxDQUFDO0FBQUEsRUFDOUM7QUFDRjtBQUdPLFNBQVMsV0FBVyxNQUFrQjtBQUMzQyxRQUFNLFNBQVMsUUFBUSxLQUFLLFFBQVEsSUFBSSxDQUFDQSxZQUFXLE9BQU9BLFNBQVEsS0FBSyxJQUFJLENBQUMsQ0FBQztBQUM5RSxTQUFPLE9BQU8sTUFBTSxPQUFPLFFBQVEsU0FBUyxVQUFVLElBQUk7QUFDNUQ7QUFRTyxTQUFTLEtBQUssTUFBWSxFQUFFLE9BQU8sSUFBSSxHQUFlO0FBQzNELE1BQUksT0FBTyxTQUFVLFVBQVUsS0FBSyxRQUFRLEtBQUssT0FBUyxRQUFPO0FBQ2pFLFFBQU0sS0FBSyxVQUFVLE9BQU8sS0FBSyxJQUFJO0FBQ3JDLFFBQU0sU0FBUyxNQUFNO0FBQ3JCLFFBQU0sUUFBUSxLQUFLLFNBQVMsSUFBSSxDQUFDLEVBQUUsT0FBTyxRQUFBQSxRQUFPLE9BQU8sRUFBRSxPQUFPLFFBQVEsT0FBTyxRQUFBQSxRQUFPLEVBQUU7QUFDekYsU0FBTztBQUFBLElBQ0wsR0FBRztBQUFBLElBQ0g7QUFBQSxJQUNBLFNBQVMsS0FBSyxRQUFRLElBQUksQ0FBQ0EsYUFBWSxFQUFFLEdBQUdBLFNBQVEsUUFBUSxNQUFNQSxRQUFPLFNBQVMsRUFBRSxFQUFFLEVBQUU7QUFBQSxJQUN4RixVQUFVLE9BQU8sT0FBTyxNQUFNO0FBQUEsRUFDaEM7QUFDRjtBQUdPLFNBQVMsSUFBSSxNQUFrQjtBQUNwQyxTQUFPLEtBQUssTUFBTSxXQUFXLElBQUksQ0FBQztBQUNwQztBQU9PLFNBQVMsUUFBUSxTQUE0QixPQUFPLFlBQWtCO0FBQzNFLFFBQU0sQ0FBQyxLQUFLLElBQUk7QUFDaEIsTUFBSSxDQUFDLFNBQVMsUUFBUSxTQUFTLGtCQUFrQixRQUFRLFNBQVMsY0FBYztBQUM5RSxVQUFNLElBQUksV0FBVyxlQUFlLGNBQWMsT0FBTyxZQUFZLFdBQVc7QUFBQSxFQUNsRjtBQUNBLFFBQU0sT0FBTyxPQUFPLE1BQU0sR0FBRztBQUM3QixRQUFNLFNBQVMsS0FBSyxJQUFJLEdBQUcsZUFBZSxNQUFNLFNBQVMsSUFBSSxDQUFDO0FBQzlELFFBQU0sV0FBVyxDQUFDLEVBQUUsT0FBTyxHQUFHLFFBQVEsTUFBTSxHQUFHLENBQUM7QUFDaEQsU0FBTyxJQUFJLEVBQUUsU0FBUyxHQUFHLE1BQU0sTUFBTSxRQUFRLFNBQVMsU0FBUyxDQUFDO0FBQ2xFO0FBR08sU0FBUyxVQUFVLE1BQVlBLFNBQWdCLFFBQXNCO0FBQzFFLE1BQUksQ0FBQyxPQUFPLFNBQVMsTUFBTSxFQUFHLFFBQU87QUFDckMsU0FBTztBQUFBLElBQ0wsR0FBRztBQUFBLElBQ0gsU0FBUyxLQUFLLFFBQVE7QUFBQSxNQUFJLENBQUMsUUFDekIsSUFBSSxPQUFPQSxVQUFTLEVBQUUsR0FBRyxLQUFLLFFBQVEsTUFBTSxNQUFNLEVBQUUsSUFBSTtBQUFBLElBQzFEO0FBQUEsRUFDRjtBQUNGO0FBR08sU0FBUyxNQUFNLE1BQVlBLFNBQXdCO0FBQ3hELFNBQU8sTUFBTyxLQUFLLFFBQVEsQ0FBQyxFQUFhLFNBQVNBLFFBQU8sTUFBTTtBQUNqRTtBQVFPLFNBQVMsUUFBUSxNQUFZLE1BQThDO0FBQ2hGLFFBQU0sQ0FBQyxLQUFLLElBQUksS0FBSztBQUNyQixRQUFNLFNBQVMsV0FBVyxJQUFJO0FBQzlCLFFBQU0sV0FBVyxPQUFPLFVBQVUsS0FBSyxPQUFPLFFBQVEsS0FBSztBQUMzRCxRQUFNLFFBQVE7QUFBQSxJQUNaLEdBQUc7QUFBQSxJQUNILFNBQVMsS0FBSyxRQUFRLElBQUksQ0FBQ0EsWUFBVztBQUNwQyxZQUFNLE1BQU1BLFlBQVcsUUFBUSxTQUFZLEtBQUtBLFFBQU8sRUFBRTtBQUN6RCxVQUFJLFFBQVEsVUFBYSxDQUFDLE9BQU8sU0FBUyxHQUFHLEVBQUcsUUFBT0E7QUFDdkQsYUFBTyxFQUFFLEdBQUdBLFNBQVEsUUFBUSxNQUFNLE1BQU0sU0FBUyxHQUFHLEVBQUU7QUFBQSxJQUN4RCxDQUFDO0FBQUEsRUFDSDtBQUNBLFNBQU8sV0FBVyxJQUFJLEtBQUssSUFBSTtBQUNqQztBQUdPLFNBQVMsY0FBYyxNQUFxQjtBQUNqRCxTQUFPLEtBQUssUUFBUSxLQUFLLENBQUMsRUFBRSxJQUFJLE1BQU07QUFDcEMsUUFBSSxRQUFRLEtBQU0sUUFBTztBQUN6QixVQUFNLEVBQUUsS0FBSyxJQUFJLElBQUksT0FBTyxHQUFHO0FBQy9CLFdBQU8sUUFBUSxLQUFLLEtBQUssT0FBTyxRQUFRLEtBQUssS0FBSztBQUFBLEVBQ3BELENBQUM7QUFDSDs7O0FDeEdPLFNBQVMsU0FBUyxNQUFZLElBQW9CO0FBQ3ZELFFBQU1DLFVBQVMsS0FBSyxRQUFRLEtBQUssQ0FBQyxRQUFRLElBQUksT0FBTyxFQUFFO0FBQ3ZELE1BQUksQ0FBQ0EsUUFBUSxPQUFNLElBQUksTUFBTSxhQUFhLEVBQUUsZ0JBQWdCO0FBQzVELFNBQU9BO0FBQ1Q7OztBQzdDQSxJQUFNLG1CQUFtQjtBQVNsQixTQUFTLGFBQWFDLFNBQWdCLE9BQWUsTUFBb0I7QUFDOUUsU0FBTyxVQUFVLE9BQU8sSUFBSSxJQUFJLE1BQU1BLE9BQU07QUFDOUM7QUFHTyxTQUFTLFlBQ2RBLFNBQ0EsT0FDQSxNQUNBLE1BQU0sT0FBT0EsUUFBTyxHQUFHLEdBQ2Y7QUFDUixTQUFPLFFBQVEsYUFBYUEsU0FBUSxPQUFPLElBQUksR0FBRyxHQUFHO0FBQ3ZEO0FBR08sU0FBUyxlQUNkQSxTQUNBLE9BQ0EsTUFDQSxNQUFNLE9BQU9BLFFBQU8sR0FBRyxHQUNmO0FBQ1IsU0FBTyxRQUFRLFVBQVUsT0FBTyxHQUFHLElBQUksTUFBTUEsT0FBTSxHQUFHLElBQUk7QUFDNUQ7QUFHTyxTQUFTLFNBQVNBLFNBQWdCLE1BQU0sT0FBT0EsUUFBTyxHQUFHLEdBQVc7QUFDekUsU0FBTyxLQUFLLElBQUksR0FBRyxlQUFlQSxRQUFPLFNBQVMsR0FBRyxDQUFDO0FBQ3hEO0FBR08sU0FBUyxRQUFRLE1BQVksT0FBc0I7QUFDeEQsUUFBTSxPQUFPLE9BQU8sTUFBTSxLQUFLO0FBQy9CLFFBQU1BLFVBQVMsU0FBUyxNQUFNLEtBQUssTUFBTTtBQUN6QyxRQUFNLE1BQU0sT0FBT0EsUUFBTyxHQUFHO0FBQzdCLFFBQU0sUUFBUSxTQUFTQSxTQUFRLEdBQUc7QUFDbEMsUUFBTSxTQUFTLFVBQVUsWUFBWUEsU0FBUSxLQUFLLE9BQU8sS0FBSyxNQUFNLEdBQUcsR0FBRyxHQUFHO0FBQzdFLFFBQU0sU0FBUyxRQUFRLFNBQVMsVUFBVSxRQUFRLEtBQUssT0FBTyxLQUFLLElBQUksR0FBRyxHQUFHO0FBQzdFLFFBQU0sUUFBUSxLQUFLLElBQUksS0FBSyxJQUFJLFFBQVEsQ0FBQyxHQUFHLFFBQVEsQ0FBQztBQUNyRCxNQUFJLFdBQVcsTUFBTyxRQUFPLEVBQUUsUUFBUUEsUUFBTyxJQUFJLE9BQU8sT0FBTztBQUVoRSxRQUFNLFFBQVEsZUFBZSxDQUFDLFFBQVEsS0FBSyxJQUFJO0FBQy9DLFFBQU0sT0FBTyxlQUFlLFVBQVUsT0FBTyxHQUFHLElBQUksUUFBUSxLQUFLLElBQUk7QUFDckUsUUFBTSxTQUFTLEtBQUssTUFBTSxLQUFLO0FBQy9CLFFBQU0sVUFBVSxTQUFTLElBQUksS0FBSyxJQUFJLE9BQU8sTUFBTSxJQUFJLFNBQVMsS0FBSyxJQUFJLE1BQU0sQ0FBQztBQUNoRixRQUFNLFNBQVMsV0FBVyxtQkFBbUIsVUFBVSxLQUFLLElBQUk7QUFDaEUsU0FBTyxFQUFFLFFBQVFBLFFBQU8sSUFBSSxPQUFPLFNBQVMsUUFBUSxLQUFLO0FBQzNEOzs7QUN2RE8sU0FBUyxPQUFPLE1BQXNCO0FBQzNDLE1BQUksUUFBUSxTQUFTO0FBQ3JCLFNBQU8sTUFBTTtBQUNYLFlBQVMsUUFBUSxlQUFnQjtBQUNqQyxRQUFJLFFBQVEsS0FBSyxLQUFLLFFBQVMsVUFBVSxJQUFLLFFBQVEsQ0FBQztBQUN2RCxhQUFTLFFBQVEsS0FBSyxLQUFLLFFBQVMsVUFBVSxHQUFJLFFBQVEsRUFBRTtBQUM1RCxhQUFTLFFBQVMsVUFBVSxRQUFTLEtBQUssS0FBSztBQUFBLEVBQ2pEO0FBQ0Y7QUFFTyxTQUFTLE1BQU0sUUFBZ0IsT0FBZSxNQUFzQjtBQUN6RSxTQUFPLFFBQVEsS0FBSyxNQUFNLE9BQU8sS0FBSyxPQUFPLFFBQVEsRUFBRTtBQUN6RDtBQUVPLFNBQVMsTUFBUyxRQUFnQixRQUF5QjtBQUNoRSxTQUFPLE9BQU8sTUFBTSxRQUFRLEdBQUcsT0FBTyxTQUFTLENBQUMsQ0FBQztBQUNuRDtBQUVPLElBQU0sTUFBTSxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksSUFBSSxvQkFBb0IsbUJBQW1CLGlCQUFpQjtBQU1oRyxJQUFNLFFBQVE7QUFBQSxFQUNaLENBQUMsSUFBSSxJQUFJLElBQUksSUFBSSxFQUFFO0FBQUEsRUFDbkIsQ0FBQyxJQUFJLElBQUksb0JBQW9CLG1CQUFtQixpQkFBaUI7QUFDbkU7QUFFTyxTQUFTLE9BQU8sSUFBWSxVQUEyQixDQUFDLEdBQVc7QUFDeEUsU0FBTztBQUFBLElBQ0w7QUFBQSxJQUNBLFFBQVEsR0FBRyxFQUFFO0FBQUEsSUFDYixNQUFNLFVBQVUsRUFBRTtBQUFBLElBQ2xCLFNBQVM7QUFBQSxJQUNULE9BQU87QUFBQSxJQUNQLFFBQVE7QUFBQSxJQUNSLEtBQUs7QUFBQSxJQUNMLFVBQVU7QUFBQSxJQUNWLFFBQVE7QUFBQSxJQUNSLEdBQUc7QUFBQSxFQUNMO0FBQ0Y7QUFHTyxTQUFTLGNBQWMsUUFBZ0IsU0FBNEI7QUFDeEUsUUFBTSxNQUFNLE1BQU0sUUFBUSxHQUFHO0FBQzdCLFFBQU0sTUFBTSxNQUFNLFFBQVEsS0FBSztBQUMvQixTQUFPLE1BQU0sS0FBSyxFQUFFLFFBQVEsTUFBTSxRQUFRLEdBQUcsQ0FBQyxFQUFFLEdBQUcsQ0FBQyxHQUFHLFVBQVU7QUFDL0QsVUFBTSxNQUFNLFVBQVUsTUFBTSxRQUFRLEdBQUcsSUFBSTtBQUMzQyxXQUFPLE9BQU8sSUFBSSxRQUFRLENBQUMsSUFBSTtBQUFBLE1BQzdCLEtBQUs7QUFBQSxNQUNMLFNBQVMsTUFBTSxRQUFRLEtBQUssR0FBRyxJQUFJO0FBQUEsTUFDbkMsUUFBUSxPQUFPLElBQUksTUFBTSxJQUFJLEtBQUssT0FBTyxPQUFPLElBQUksS0FBSyxLQUFLLEdBQUcsSUFBSTtBQUFBLElBQ3ZFLENBQUM7QUFBQSxFQUNILENBQUM7QUFDSDtBQUVPLFNBQVMsV0FBVyxRQUFnQixVQUFVLE9BQWE7QUFDaEUsU0FBTyxRQUFRLGNBQWMsUUFBUSxPQUFPLEdBQUcsV0FBVztBQUM1RDs7O0FOL0NBLElBQU0sTUFBTSxRQUFRLENBQUMsT0FBTyxJQUFJLEdBQUcsT0FBTyxNQUFNLEVBQUUsU0FBUyxHQUFHLENBQUMsQ0FBQyxDQUFDO0FBQ2pFLElBQU0sU0FBUyxDQUFDLFNBQXFCLEtBQUssUUFBUSxDQUFDO0FBRW5ELFNBQVMsY0FBYyxNQUFNO0FBQzNCLEtBQUcsb0VBQW9FLE1BQU07QUFDM0UsV0FBTyxNQUFNLElBQUksUUFBUSxJQUFJO0FBQzdCLFdBQU8sVUFBVSxJQUFJLE1BQU0sRUFBRSxLQUFLLElBQUksS0FBSyxFQUFFLENBQUM7QUFDOUMsV0FBTyxVQUFVLElBQUksVUFBVSxDQUFDLEVBQUUsT0FBTyxHQUFHLFFBQVEsS0FBSyxDQUFDLENBQUM7QUFDM0QsVUFBTSxPQUFPLFFBQVEsQ0FBQyxPQUFPLElBQUksR0FBRyxPQUFPLE1BQU0sRUFBRSxRQUFRLEtBQUssQ0FBQyxHQUFHLE9BQU8sTUFBTSxFQUFFLFFBQVEsSUFBSSxDQUFDLENBQUMsQ0FBQztBQUNsRyxXQUFPLE1BQU0sS0FBSyxRQUFRLE9BQU8sS0FBSyxLQUFLLENBQUM7QUFDNUMsV0FBTyxVQUFVLEtBQUssUUFBUSxJQUFJLENBQUMsRUFBRSxPQUFPLE1BQU0sTUFBTSxHQUFHLENBQUMsS0FBSyxHQUFHLEdBQUcsQ0FBQztBQUFBLEVBQzFFLENBQUM7QUFFRCxLQUFHLGdGQUFnRixNQUFNO0FBQ3ZGLFVBQU0sUUFBUSxRQUFRLENBQUMsT0FBTyxJQUFJLEdBQUcsT0FBTyxNQUFNLEVBQUUsUUFBUSxLQUFLLENBQUMsQ0FBQyxDQUFDO0FBQ3BFLFdBQU8sTUFBTSxNQUFNLFFBQVEsTUFBTSxFQUFFO0FBQ25DLFdBQU8sTUFBTSxNQUFNLFFBQVEsQ0FBQyxHQUFHLFFBQVEsQ0FBQztBQUFBLEVBQzFDLENBQUM7QUFFRCxLQUFHLDBCQUEwQixNQUFNO0FBQ2pDLFdBQU8sT0FBTyxNQUFNLFFBQVEsQ0FBQyxPQUFPLElBQUksQ0FBQyxDQUFDLEdBQUcsZ0JBQWdCO0FBQzdELFdBQU8sT0FBTyxNQUFNLFFBQVEsTUFBTSxLQUFLLEVBQUUsUUFBUSxFQUFFLEdBQUcsQ0FBQyxHQUFHLE1BQU0sT0FBTyxJQUFJLENBQUMsRUFBRSxDQUFDLENBQUMsR0FBRyxRQUFRO0FBQUEsRUFDN0YsQ0FBQztBQUNILENBQUM7QUFFRCxTQUFTLGFBQWEsTUFBTTtBQUMxQixLQUFHLDZDQUE2QyxNQUFNO0FBQ3BELFdBQU8sTUFBTSxNQUFNLEVBQUUsS0FBSyxJQUFJLFFBQVEsS0FBSyxDQUFDLEdBQUcsR0FBRztBQUNsRCxXQUFPLE1BQU0sTUFBTSxFQUFFLEtBQUssSUFBSSxRQUFRLE1BQU0sQ0FBQyxHQUFHLEtBQUs7QUFDckQsV0FBTyxNQUFNLE1BQU0sRUFBRSxLQUFLLGFBQWEsUUFBUSxRQUFRLENBQUMsR0FBRyxLQUFLO0FBQ2hFLFdBQU8sTUFBTSxNQUFNLEVBQUUsS0FBSyxNQUFNLFFBQVEsS0FBSyxDQUFDLEdBQUcsSUFBSTtBQUNyRCxXQUFPLE1BQU0sWUFBWSxPQUFPLFVBQVUsS0FBSyxNQUFNLE1BQU0sQ0FBQyxHQUFHLElBQUksSUFBSSxJQUFJLEdBQUcsRUFBRTtBQUFBLEVBQ2xGLENBQUM7QUFFRCxLQUFHLDJEQUEyRCxNQUFNO0FBQ2xFLFVBQU0sT0FBTyxVQUFVLEtBQUssTUFBTSxFQUFFO0FBQ3BDLFdBQU8sVUFBVSxPQUFPLE9BQU8sSUFBSSxHQUFHLEtBQUssSUFBSSxHQUFHLEVBQUUsT0FBTyxJQUFJLEtBQUssS0FBSyxDQUFDO0FBQzFFLFdBQU8sVUFBVSxRQUFRLFNBQVMsTUFBTSxHQUFHLElBQUksR0FBRyxFQUFFLEdBQUcsRUFBRSxRQUFRLE1BQU0sT0FBTyxLQUFLLENBQUM7QUFDcEYsV0FBTyxVQUFVLFFBQVEsU0FBUyxNQUFNLEdBQUcsSUFBSSxHQUFHLEVBQUUsR0FBRyxFQUFFLFFBQVEsTUFBTSxPQUFPLEVBQUUsQ0FBQztBQUVqRixXQUFPLFVBQVUsUUFBUSxTQUFTLE1BQU0sSUFBSSxJQUFJLEdBQUcsRUFBRSxHQUFHLEVBQUUsUUFBUSxNQUFNLE9BQU8sRUFBRSxDQUFDO0FBQUEsRUFDcEYsQ0FBQztBQUVELEtBQUcsOEVBQThFLE1BQU07QUFDckYsVUFBTSxRQUFRLFVBQVUsS0FBSyxNQUFNLENBQUM7QUFDcEMsV0FBTyxVQUFVLEVBQUUsR0FBRyxPQUFPLFNBQVMsQ0FBQyxFQUFFLEdBQUcsRUFBRSxHQUFHLEtBQUssU0FBUyxDQUFDLEVBQUUsQ0FBQztBQUNuRSxXQUFPLE1BQU0sVUFBVSxLQUFLLE1BQU0sT0FBTyxHQUFHLEdBQUcsR0FBRztBQUFBLEVBQ3BELENBQUM7QUFDSCxDQUFDO0FBRUQsU0FBUyxRQUFRLE1BQU07QUFDckIsS0FBRyx1RUFBdUUsTUFBTTtBQUM5RSxVQUFNLFNBQVMsUUFBUSxLQUFLLEVBQUUsSUFBSSxJQUFJLElBQUksSUFBSSxDQUFDO0FBQy9DLFdBQU8sTUFBTSxNQUFNLFFBQVEsT0FBTyxNQUFNLENBQUMsR0FBRyxHQUFHO0FBQy9DLFdBQU8sTUFBTSxNQUFNLFFBQVEsT0FBTyxRQUFRLENBQUMsQ0FBVyxHQUFHLENBQUM7QUFDMUQsV0FBTyxVQUFVLE9BQU8sUUFBUSxJQUFJLENBQUMsRUFBRSxPQUFPLE1BQU0sTUFBTSxHQUFHLENBQUMsS0FBSyxDQUFDLENBQUM7QUFDckUsV0FBTyxNQUFNLE9BQU8sUUFBUSxJQUFJO0FBQ2hDLFdBQU8sTUFBTSxRQUFRLFFBQVEsRUFBRSxJQUFJLEVBQUUsQ0FBQyxFQUFFLFFBQVEsSUFBSTtBQUNwRCxXQUFPLFVBQVUsUUFBUSxRQUFRLEVBQUUsSUFBSSxFQUFFLENBQUMsR0FBRyxHQUFHO0FBQUEsRUFDbEQsQ0FBQztBQUVELEtBQUcsK0RBQStELE1BQU07QUFDdEUsVUFBTSxRQUFRLEtBQUssS0FBSyxFQUFFLE9BQU8sSUFBSSxLQUFLLElBQUksQ0FBQztBQUMvQyxVQUFNLFNBQVMsUUFBUSxPQUFPLEVBQUUsSUFBSSxHQUFHLENBQUM7QUFDeEMsV0FBTyxNQUFNLE9BQU8sUUFBUSxHQUFHO0FBQy9CLFdBQU8sTUFBTSxNQUFNLFFBQVEsT0FBTyxNQUFNLENBQUMsR0FBRyxFQUFFO0FBQzlDLFdBQU8sTUFBTSxPQUFPLFFBQVEsQ0FBQyxHQUFHLFFBQVEsQ0FBQztBQUFBLEVBQzNDLENBQUM7QUFDSCxDQUFDO0FBRUQsU0FBUyxZQUFZLE1BQU07QUFDekIsS0FBRyxvQ0FBb0MsTUFBTTtBQUMzQyxhQUFTLE9BQU8sR0FBRyxPQUFPLEtBQUssUUFBUTtBQUNyQyxZQUFNLFNBQVMsT0FBTyxJQUFJO0FBQzFCLFVBQUksT0FBTyxXQUFXLE1BQU07QUFDNUIsZUFBUyxPQUFPLEdBQUcsT0FBTyxJQUFJLFFBQVE7QUFDcEMsZUFBTyxTQUFTLE1BQU0sTUFBTSxRQUFRLEdBQUcsS0FBSyxTQUFTLENBQUMsR0FBRyxJQUFJLE1BQU0sUUFBUSxHQUFHLENBQUMsQ0FBQyxFQUFFO0FBQUEsTUFDcEY7QUFDQSxZQUFNLFFBQVEsTUFBTSxRQUFRLEtBQUssS0FBSyxTQUFTLENBQUM7QUFDaEQsWUFBTSxNQUFNLE1BQU0sUUFBUSxRQUFRLEdBQUcsS0FBSyxTQUFTLEVBQUU7QUFDckQsWUFBTSxRQUFRLEtBQUssTUFBTSxFQUFFLE9BQU8sSUFBSSxDQUFDO0FBQ3ZDLGFBQU8sTUFBTSxNQUFNLFFBQVEsTUFBTSxLQUFLO0FBQ3RDLGVBQVMsT0FBTyxHQUFHLE9BQU8sSUFBSSxRQUFRO0FBQ3BDLGNBQU0sUUFBUSxNQUFNLFFBQVEsS0FBSyxJQUFJLEdBQUcsS0FBSyxHQUFHLEtBQUssSUFBSSxLQUFLLFFBQVEsR0FBRyxJQUFJLENBQUM7QUFDOUUsY0FBTSxNQUFNLFFBQVEsTUFBTSxLQUFLO0FBQy9CLGNBQU0sS0FBSyxRQUFRLE9BQU8sUUFBUSxLQUFLO0FBQ3ZDLGVBQU8sTUFBTSxHQUFHLFFBQVEsSUFBSSxNQUFNO0FBQ2xDLGNBQU0sRUFBRSxLQUFLLElBQUk7QUFDakIsZUFBTztBQUFBLFVBQ0wsWUFBWSxTQUFTLE9BQU8sR0FBRyxNQUFNLEdBQUcsUUFBUSxPQUFPLElBQUk7QUFBQSxVQUMzRCxZQUFZLFNBQVMsTUFBTSxHQUFHLE1BQU0sR0FBRyxPQUFPLElBQUk7QUFBQSxRQUNwRDtBQUFBLE1BQ0Y7QUFBQSxJQUNGO0FBQUEsRUFDRixDQUFDO0FBRUQsS0FBRyx5RUFBeUUsTUFBTTtBQUNoRixXQUFPLFVBQVUsS0FBSyxLQUFLLEtBQUssRUFBRSxPQUFPLElBQUksS0FBSyxJQUFJLENBQUMsR0FBRyxFQUFFLE9BQU8sS0FBSyxLQUFLLEtBQUssQ0FBQyxHQUFHLEdBQUc7QUFDekYsV0FBTyxNQUFNLEtBQUssS0FBSyxFQUFFLE9BQU8sR0FBRyxLQUFLLEtBQUssQ0FBQyxHQUFHLEdBQUc7QUFDcEQsV0FBTyxNQUFNLEtBQUssS0FBSyxFQUFFLE9BQU8sSUFBSSxLQUFLLEdBQUcsQ0FBQyxHQUFHLEdBQUc7QUFDbkQsV0FBTyxVQUFVLElBQUksS0FBSyxLQUFLLEVBQUUsT0FBTyxJQUFJLEtBQUssSUFBSSxDQUFDLENBQUMsR0FBRyxHQUFHO0FBQzdELFdBQU8sVUFBVSxVQUFVLEdBQUcsR0FBRyxFQUFFLE9BQU8sR0FBRyxLQUFLLEtBQUssQ0FBQztBQUN4RCxXQUFPLFVBQVUsV0FBVyxHQUFHLEdBQUcsRUFBRSxPQUFPLEdBQUcsS0FBSyxLQUFLLENBQUM7QUFBQSxFQUMzRCxDQUFDO0FBQ0gsQ0FBQztBQUVELFNBQVMsMENBQTBDLE1BQU07QUFDdkQsS0FBRyxzQkFBc0IsTUFBTTtBQUM3QixhQUFTLE9BQU8sR0FBRyxPQUFPLEtBQUssUUFBUTtBQUNyQyxZQUFNLFNBQVMsT0FBTyxJQUFJO0FBQzFCLFlBQU0sT0FBTyxXQUFXLE1BQU07QUFDOUIsaUJBQVcsT0FBTyxLQUFLLFNBQVM7QUFDOUIsY0FBTSxRQUFRLE1BQU0sUUFBUSxHQUFHLEtBQUssTUFBTTtBQUMxQyxlQUFPLE1BQU0sZUFBZSxLQUFLLFlBQVksS0FBSyxPQUFPLEtBQUssSUFBSSxHQUFHLEtBQUssSUFBSSxHQUFHLEtBQUs7QUFBQSxNQUN4RjtBQUFBLElBQ0Y7QUFBQSxFQUNGLENBQUM7QUFFRCxLQUFHLHVCQUF1QixNQUFNO0FBQzlCLFdBQU8sTUFBTSxjQUFjLEdBQUcsR0FBRyxLQUFLO0FBQ3RDLFdBQU8sTUFBTSxjQUFjLFFBQVEsQ0FBQyxPQUFPLElBQUksR0FBRyxPQUFPLE1BQU0sRUFBRSxLQUFLLEdBQUcsQ0FBQyxDQUFDLENBQUMsQ0FBQyxHQUFHLElBQUk7QUFBQSxFQUN0RixDQUFDO0FBQ0gsQ0FBQzsiLAogICJuYW1lcyI6IFsid2hvbGUiLCAiY2FtZXJhIiwgImNhbWVyYSIsICJjYW1lcmEiLCAiY2FtZXJhIl0KfQo=
