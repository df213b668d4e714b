// test/timeline.test.ts
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
function firstFrameFrom(seconds, { num, den }) {
  return Math.ceil((seconds - TOLERANCE_SECONDS) * num / den) + 0;
}

// src/timeline/peaks.ts
var STEP = 4;
var FEWEST = 64;
function peaksOf(bytes, perSecond2 = 100) {
  const levels = [bytes];
  for (let level = bytes; level.length > 2 * FEWEST * STEP; ) {
    level = coarser(level);
    levels.push(level);
  }
  return { perSecond: perSecond2, levels };
}
function coarser(level) {
  const pairs = level.length >> 1;
  const next = new Int8Array(2 * Math.ceil(pairs / STEP));
  for (let place = 0; place < next.length / 2; place++) {
    let [low, high] = [127, -128];
    for (let pair = place * STEP; pair < Math.min(pairs, (place + 1) * STEP); pair++) {
      low = Math.min(low, level[2 * pair]);
      high = Math.max(high, level[2 * pair + 1]);
    }
    next[2 * place] = low;
    next[2 * place + 1] = high;
  }
  return next;
}
function peakBetween(peaks, from, to) {
  let perSecond2 = peaks.perSecond;
  let at = 0;
  while (at + 1 < peaks.levels.length && (to - from) * perSecond2 / STEP >= 1) {
    at += 1;
    perSecond2 /= STEP;
  }
  const level = peaks.levels[at];
  const first = Math.max(0, Math.floor(from * perSecond2));
  const past = Math.min(level.length >> 1, Math.max(first + 1, Math.ceil(to * perSecond2)));
  if (to <= 0 || first >= past) return null;
  let [low, high] = [127, -128];
  for (let pair = first; pair < past; pair++) {
    low = Math.min(low, level[2 * pair]);
    high = Math.max(high, level[2 * pair + 1]);
  }
  return [low / 127, high / 127];
}

// src/timeline/rows.ts
var AROUND = 8;
function rowsIn(scrollTop, height, row, count) {
  const first = Math.max(0, Math.floor(scrollTop / row) - AROUND);
  const end = Math.min(count, Math.ceil((scrollTop + height) / row) + AROUND);
  return { first: Math.min(first, end), end };
}
function scrollTo(index, scrollTop, height, row) {
  if (index * row < scrollTop) return index * row;
  if ((index + 1) * row > scrollTop + height) return (index + 1) * row - height;
  return scrollTop;
}

// src/edit/timecode.ts
var two = (number) => String(number).padStart(2, "0");
function firstOf(second, { num, den }) {
  return Math.ceil(second * num / den - 1e-9);
}
function secondOf(frame, { num, den }) {
  return Math.floor(frame * den / num + 1e-9);
}
function timecode(frame, rate) {
  const sign = frame < 0 ? "-" : "";
  const size = Math.abs(Math.round(frame));
  const second = secondOf(size, rate);
  const rest = size - firstOf(second, rate);
  const digits = Math.ceil(perSecond(rate)) > 100 ? 3 : 2;
  return `${sign}${clock(second)}:${String(rest).padStart(digits, "0")}`;
}
function clock(second) {
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
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

// src/timeline/view.ts
var WIDEST_FRAME = 24;
var GRIP = 6;
function xOf(view, frame) {
  return (frame - view.start) / view.framesPerPixel;
}
function frameAtX(view, x) {
  return view.start + x * view.framesPerPixel;
}
function fitted(frames, width) {
  return { start: 0, framesPerPixel: Math.max(frames, 1) / Math.max(width, 1), width };
}
function clamped(view, frames) {
  const all2 = fitted(frames, view.width).framesPerPixel;
  const framesPerPixel = Math.min(all2, Math.max(Math.min(1 / WIDEST_FRAME, all2), view.framesPerPixel));
  const last = Math.max(0, frames - view.width * framesPerPixel);
  return { ...view, framesPerPixel, start: Math.min(last, Math.max(0, view.start)) };
}
function zoomed(view, factor, x, frames) {
  const closest = clamped({ ...view, framesPerPixel: view.framesPerPixel / factor }, frames);
  const start = frameAtX(view, x) - x * closest.framesPerPixel;
  return clamped({ ...closest, start }, frames);
}
function scrolled(view, pixels, frames) {
  return clamped({ ...view, start: view.start + pixels * view.framesPerPixel }, frames);
}
function resized(view, width, frames) {
  const wasAll = view.framesPerPixel >= fitted(frames, view.width).framesPerPixel * 0.999;
  return wasAll ? fitted(frames, width) : clamped({ ...view, width }, frames);
}
function showing(view, frame, frames) {
  const x = xOf(view, frame);
  if (x >= 0 && x <= view.width) return view;
  return clamped({ ...view, start: frame - view.width * 0.1 * view.framesPerPixel }, frames);
}
function visible(switches, view) {
  return {
    first: indexAt(switches, view.start),
    last: indexAt(switches, frameAtX(view, view.width))
  };
}
function grippedAt(switches, view, x, reach = GRIP) {
  const near = indexAt(switches, frameAtX(view, x));
  let best = -1;
  let distance = reach;
  for (const index of [near, near + 1]) {
    const one = switches[index];
    if (!one || index === 0) continue;
    const off = Math.abs(xOf(view, one.frame) - x);
    if (off <= distance) [best, distance] = [index, off];
  }
  return best;
}
function snapped(view, x, frames, playhead) {
  const isNear = playhead !== null && Math.abs(xOf(view, playhead) - x) <= GRIP;
  const frame = isNear ? playhead : Math.round(frameAtX(view, x));
  return Math.min(frames - 1, Math.max(0, frame));
}

// src/timeline/ruler.ts
var STEPS = [
  [1, 5],
  [2, 4],
  [5, 5],
  [10, 5],
  [15, 3],
  [30, 6],
  [60, 6],
  [120, 4],
  [300, 5],
  [600, 5],
  [900, 3],
  [1800, 6],
  [3600, 6],
  [7200, 4]
];
var FRAME_STEPS = [1, 2, 5, 10];
var LABEL_PIXELS = 92;
function marks(view, rate, frames) {
  const pixelsPerFrame = 1 / view.framesPerPixel;
  const close = FRAME_STEPS.find(
    (step) => step * pixelsPerFrame >= LABEL_PIXELS && step < perSecond(rate) / 2
  );
  return close === void 0 ? bySeconds(view, rate, frames) : byFrames(view, rate, frames, close);
}
function bySeconds(view, rate, frames) {
  const pixelsPerSecond = perSecond(rate) / view.framesPerPixel;
  const last = STEPS.at(-1);
  const [step, parts] = STEPS.find(([each]) => each * pixelsPerSecond >= LABEL_PIXELS) ?? last;
  const small = step / parts;
  const begin = Math.max(0, Math.floor(secondsOf(view.start, rate) / step) * parts);
  const end = Math.min(frames, frameAtX(view, view.width));
  const made = [];
  for (let number = begin; ; number++) {
    const second = number * small;
    const frame = firstFrameFrom(second, rate);
    if (frame > end) return made;
    made.push({ frame, label: number % parts === 0 ? clock(second) : null });
  }
}
function byFrames(view, rate, frames, step) {
  const end = Math.min(frames, frameAtX(view, view.width));
  const made = [];
  for (let frame = Math.max(0, Math.floor(view.start / step) * step); frame <= end; frame++) {
    made.push({ frame, label: frame % step === 0 ? timecode(frame, rate) : null });
  }
  return made;
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

// test/timeline.test.ts
var HOURS_3 = 3 * 3600 * 30;
var all = fitted(HOURS_3, 1200);
describe("a view", () => {
  it("shows everything at first, and no more than that", () => {
    assert.equal(xOf(all, HOURS_3), 1200);
    assert.deepEqual(clamped({ ...all, framesPerPixel: 1e6, start: -5 }, HOURS_3), all);
    assert.deepEqual(zoomed(all, 0.5, 300, HOURS_3), all);
  });
  it("keeps what is under the pointer when one zooms", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = chance(seed);
      let view = all;
      for (let step = 0; step < 20; step++) {
        const x = random() * 1200;
        const before = frameAtX(view, x);
        const next = zoomed(view, 1 + random(), x, HOURS_3);
        const isAtEdge = next.start === 0 || xOf(next, HOURS_3) <= 1200.001;
        if (!isAtEdge) assert.ok(Math.abs(frameAtX(next, x) - before) < 1e-6 * HOURS_3);
        assert.ok(next.start >= 0 && frameAtX(next, 1200) <= HOURS_3 + 1e-6);
        view = next;
      }
      assert.ok(view.framesPerPixel >= 1 / 24);
    }
  });
  it("scrolls up to the edges, and to a frame that is not in it", () => {
    const close = zoomed(all, 100, 0, HOURS_3);
    assert.equal(scrolled(close, -50, HOURS_3).start, 0);
    assert.ok(Math.abs(frameAtX(scrolled(close, 1e9, HOURS_3), 1200) - HOURS_3) < 1e-6);
    assert.equal(showing(close, 10, HOURS_3), close);
    assert.ok(Math.abs(xOf(showing(close, 1e5, HOURS_3), 1e5) - 120) < 1e-6);
  });
  it("goes on showing everything when the window is made wider", () => {
    assert.deepEqual(resized(all, 800, HOURS_3), fitted(HOURS_3, 800));
    const close = zoomed(all, 10, 0, HOURS_3);
    assert.equal(resized(close, 800, HOURS_3).framesPerPixel, close.framesPerPixel);
  });
  it("of a short programme is not closer than its frames are wide", () => {
    const short = fitted(10, 1200);
    assert.deepEqual(zoomed(short, 2, 0, 10), short);
  });
});
describe("switches on screen", () => {
  const switches = Array.from({ length: 1e3 }, (_, index) => ({
    frame: index * 324,
    camera: `c${index % 3 + 1}`
  }));
  it("are those in the view, and the one that is on at its left edge", () => {
    assert.deepEqual(visible(switches, all), { first: 0, last: 999 });
    const view = { start: 1e3, framesPerPixel: 1, width: 1e3 };
    assert.deepEqual(visible(switches, view), { first: 3, last: 6 });
  });
  it("are taken hold of from nearby, the nearest, and never the first", () => {
    const view = { start: 0, framesPerPixel: 1, width: 1e3 };
    assert.equal(grippedAt(switches, view, 0), -1);
    assert.equal(grippedAt(switches, view, 318), 1);
    assert.equal(grippedAt(switches, view, 330), 1);
    assert.equal(grippedAt(switches, view, 331), -1);
    assert.equal(grippedAt(switches, view, 317), -1);
    assert.equal(grippedAt(switches, view, 310, 18), 1);
    const far = { start: 0, framesPerPixel: 100, width: 1e3 };
    assert.equal(grippedAt(switches, far, xOf(far, 648) + 0.1), 2);
  });
  it("are dragged to whole frames, and to the playhead where it is near", () => {
    const view = { start: 0, framesPerPixel: 0.5, width: 1e3 };
    assert.equal(snapped(view, 201.2, 5e3, null), 101);
    assert.equal(snapped(view, 201, 5e3, 103), 103);
    assert.equal(snapped(view, 201, 5e3, 120), 101);
    assert.equal(snapped(view, -50, 5e3, null), 0);
    assert.equal(snapped(view, 1e9, 5e3, null), 4999);
  });
});
describe("the ruler", () => {
  it("has labels that do not touch, at every zoom and rate", () => {
    for (const fps of [24, 25, 29.97, 30, 60]) {
      const rate = rateOf(fps);
      const frames = 3 * 3600 * fps;
      for (let view = fitted(frames, 1200); ; ) {
        const made = marks(view, rate, frames);
        const labelled = made.filter(({ label }) => label !== null);
        assert.ok(made.length < 400, `${made.length} marks`);
        assert.ok(labelled.length >= 1 && labelled.length <= 14, `${labelled.length} labels`);
        for (const [index, { frame }] of made.entries()) {
          assert.ok(Number.isInteger(frame) && frame >= 0 && frame <= frames);
          assert.ok(index === 0 || frame > (made[index - 1]?.frame ?? 0));
        }
        const next = zoomed(view, 1.7, 600, frames);
        if (next.framesPerPixel === view.framesPerPixel) break;
        view = next;
      }
    }
  });
  it("counts seconds of the clock, and frames when one looks closely", () => {
    const rate = rateOf(25);
    assert.deepEqual(
      marks({ start: 0, framesPerPixel: 0.25, width: 500 }, rate, 5e3).filter(({ label }) => label),
      [0, 1, 2, 3, 4, 5].map((second) => ({ frame: second * 25, label: `00:00:0${second}` }))
    );
    const close = marks({ start: 23, framesPerPixel: 1 / 24, width: 240 }, rate, 5e3);
    assert.deepEqual(
      close.filter(({ label }) => label).map(({ label }) => label),
      ["00:00:00:20", "00:00:01:00", "00:00:01:05"]
    );
  });
});
describe("a waveform", () => {
  it("tells the same extremes at every zoom", () => {
    const random = chance(5);
    const bytes = Int8Array.from(
      { length: 2 * 4e4 },
      (_, index) => index % 2 ? whole(random, 0, 90) : whole(random, -90, 0)
    );
    bytes[2 * 12345 + 1] = 127;
    const peaks = peaksOf(bytes);
    assert.ok(peaks.levels.length > 4);
    for (const width of [0.01, 0.1, 0.5, 2, 30, 100]) {
      const [low, high] = peakBetween(peaks, 123.45 - width / 2, 123.46 + width / 2) ?? [0, 0];
      assert.equal(high, 1);
      assert.ok(low < 0 && low >= -90 / 127);
    }
    assert.ok((peakBetween(peaks, 200, 201)?.[1] ?? 1) <= 90 / 127);
  });
  it("is nothing before the source and after it", () => {
    const peaks = peaksOf(new Int8Array(2e3));
    assert.equal(peakBetween(peaks, -2, -1), null);
    assert.equal(peakBetween(peaks, -2, 0), null);
    assert.equal(peakBetween(peaks, 10, 11), null);
    assert.deepEqual(peakBetween(peaks, -1, 1), [0, 0]);
    assert.equal(peakBetween(peaksOf(new Int8Array(0)), 0, 1), null);
  });
});
describe("a long list", () => {
  it("has the rows that are seen, and some around", () => {
    assert.deepEqual(rowsIn(0, 200, 40, 1e3), { first: 0, end: 13 });
    assert.deepEqual(rowsIn(4e3, 200, 40, 1e3), { first: 92, end: 113 });
    assert.deepEqual(rowsIn(1e6, 200, 40, 3), { first: 3, end: 3 });
    assert.deepEqual(rowsIn(0, 200, 40, 3), { first: 0, end: 3 });
  });
  it("scrolls no further than it must", () => {
    assert.equal(scrollTo(10, 0, 200, 40), 240);
    assert.equal(scrollTo(2, 200, 200, 40), 80);
    assert.equal(scrollTo(6, 200, 200, 40), 200);
  });
});
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vdGVzdC90aW1lbGluZS50ZXN0LnRzIiwgIi4uL3NyYy9lZGl0L3JhdGUudHMiLCAiLi4vc3JjL3RpbWVsaW5lL3BlYWtzLnRzIiwgIi4uL3NyYy90aW1lbGluZS9yb3dzLnRzIiwgIi4uL3NyYy9lZGl0L3RpbWVjb2RlLnRzIiwgIi4uL3NyYy9lZGl0L3N3aXRjaGVzLnRzIiwgIi4uL3NyYy90aW1lbGluZS92aWV3LnRzIiwgIi4uL3NyYy90aW1lbGluZS9ydWxlci50cyIsICIuLi90ZXN0L3JhbmRvbS50cyJdLAogICJzb3VyY2VzQ29udGVudCI6IFsiaW1wb3J0IGFzc2VydCBmcm9tIFwibm9kZTphc3NlcnQvc3RyaWN0XCI7XG5pbXBvcnQgeyBkZXNjcmliZSwgaXQgfSBmcm9tIFwibm9kZTp0ZXN0XCI7XG5pbXBvcnQgeyByYXRlT2YgfSBmcm9tIFwiLi4vc3JjL2VkaXQvcmF0ZVwiO1xuaW1wb3J0IHsgcGVha0JldHdlZW4sIHBlYWtzT2YgfSBmcm9tIFwiLi4vc3JjL3RpbWVsaW5lL3BlYWtzXCI7XG5pbXBvcnQgeyByb3dzSW4sIHNjcm9sbFRvIH0gZnJvbSBcIi4uL3NyYy90aW1lbGluZS9yb3dzXCI7XG5pbXBvcnQgeyBtYXJrcyB9IGZyb20gXCIuLi9zcmMvdGltZWxpbmUvcnVsZXJcIjtcbmltcG9ydCB7XG4gIGNsYW1wZWQsXG4gIGZpdHRlZCxcbiAgZnJhbWVBdFgsXG4gIGdyaXBwZWRBdCxcbiAgcmVzaXplZCxcbiAgc2Nyb2xsZWQsXG4gIHNob3dpbmcsXG4gIHNuYXBwZWQsXG4gIHZpc2libGUsXG4gIHhPZixcbiAgem9vbWVkLFxufSBmcm9tIFwiLi4vc3JjL3RpbWVsaW5lL3ZpZXdcIjtcbmltcG9ydCB7IGNoYW5jZSwgd2hvbGUgfSBmcm9tIFwiLi9yYW5kb21cIjtcblxuY29uc3QgSE9VUlNfMyA9IDMgKiAzNjAwICogMzA7XG5jb25zdCBhbGwgPSBmaXR0ZWQoSE9VUlNfMywgMTIwMCk7XG5cbmRlc2NyaWJlKFwiYSB2aWV3XCIsICgpID0+IHtcbiAgaXQoXCJzaG93cyBldmVyeXRoaW5nIGF0IGZpcnN0LCBhbmQgbm8gbW9yZSB0aGFuIHRoYXRcIiwgKCkgPT4ge1xuICAgIGFzc2VydC5lcXVhbCh4T2YoYWxsLCBIT1VSU18zKSwgMTIwMCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChjbGFtcGVkKHsgLi4uYWxsLCBmcmFtZXNQZXJQaXhlbDogMWU2LCBzdGFydDogLTUgfSwgSE9VUlNfMyksIGFsbCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh6b29tZWQoYWxsLCAwLjUsIDMwMCwgSE9VUlNfMyksIGFsbCk7XG4gIH0pO1xuXG4gIGl0KFwia2VlcHMgd2hhdCBpcyB1bmRlciB0aGUgcG9pbnRlciB3aGVuIG9uZSB6b29tc1wiLCAoKSA9PiB7XG4gICAgZm9yIChsZXQgc2VlZCA9IDA7IHNlZWQgPCAyMDA7IHNlZWQrKykge1xuICAgICAgY29uc3QgcmFuZG9tID0gY2hhbmNlKHNlZWQpO1xuICAgICAgbGV0IHZpZXcgPSBhbGw7XG4gICAgICBmb3IgKGxldCBzdGVwID0gMDsgc3RlcCA8IDIwOyBzdGVwKyspIHtcbiAgICAgICAgY29uc3QgeCA9IHJhbmRvbSgpICogMTIwMDtcbiAgICAgICAgY29uc3QgYmVmb3JlID0gZnJhbWVBdFgodmlldywgeCk7XG4gICAgICAgIGNvbnN0IG5leHQgPSB6b29tZWQodmlldywgMSArIHJhbmRvbSgpLCB4LCBIT1VSU18zKTtcbiAgICAgICAgY29uc3QgaXNBdEVkZ2UgPSBuZXh0LnN0YXJ0ID09PSAwIHx8IHhPZihuZXh0LCBIT1VSU18zKSA8PSAxMjAwLjAwMTtcbiAgICAgICAgaWYgKCFpc0F0RWRnZSkgYXNzZXJ0Lm9rKE1hdGguYWJzKGZyYW1lQXRYKG5leHQsIHgpIC0gYmVmb3JlKSA8IDFlLTYgKiBIT1VSU18zKTtcbiAgICAgICAgYXNzZXJ0Lm9rKG5leHQuc3RhcnQgPj0gMCAmJiBmcmFtZUF0WChuZXh0LCAxMjAwKSA8PSBIT1VSU18zICsgMWUtNik7XG4gICAgICAgIHZpZXcgPSBuZXh0O1xuICAgICAgfVxuICAgICAgYXNzZXJ0Lm9rKHZpZXcuZnJhbWVzUGVyUGl4ZWwgPj0gMSAvIDI0KTtcbiAgICB9XG4gIH0pO1xuXG4gIGl0KFwic2Nyb2xscyB1cCB0byB0aGUgZWRnZXMsIGFuZCB0byBhIGZyYW1lIHRoYXQgaXMgbm90IGluIGl0XCIsICgpID0+IHtcbiAgICBjb25zdCBjbG9zZSA9IHpvb21lZChhbGwsIDEwMCwgMCwgSE9VUlNfMyk7XG4gICAgYXNzZXJ0LmVxdWFsKHNjcm9sbGVkKGNsb3NlLCAtNTAsIEhPVVJTXzMpLnN0YXJ0LCAwKTtcbiAgICBhc3NlcnQub2soTWF0aC5hYnMoZnJhbWVBdFgoc2Nyb2xsZWQoY2xvc2UsIDFlOSwgSE9VUlNfMyksIDEyMDApIC0gSE9VUlNfMykgPCAxZS02KTtcbiAgICBhc3NlcnQuZXF1YWwoc2hvd2luZyhjbG9zZSwgMTAsIEhPVVJTXzMpLCBjbG9zZSk7XG4gICAgYXNzZXJ0Lm9rKE1hdGguYWJzKHhPZihzaG93aW5nKGNsb3NlLCAxMDBfMDAwLCBIT1VSU18zKSwgMTAwXzAwMCkgLSAxMjApIDwgMWUtNik7XG4gIH0pO1xuXG4gIGl0KFwiZ29lcyBvbiBzaG93aW5nIGV2ZXJ5dGhpbmcgd2hlbiB0aGUgd2luZG93IGlzIG1hZGUgd2lkZXJcIiwgKCkgPT4ge1xuICAgIGFzc2VydC5kZWVwRXF1YWwocmVzaXplZChhbGwsIDgwMCwgSE9VUlNfMyksIGZpdHRlZChIT1VSU18zLCA4MDApKTtcbiAgICBjb25zdCBjbG9zZSA9IHpvb21lZChhbGwsIDEwLCAwLCBIT1VSU18zKTtcbiAgICBhc3NlcnQuZXF1YWwocmVzaXplZChjbG9zZSwgODAwLCBIT1VSU18zKS5mcmFtZXNQZXJQaXhlbCwgY2xvc2UuZnJhbWVzUGVyUGl4ZWwpO1xuICB9KTtcblxuICBpdChcIm9mIGEgc2hvcnQgcHJvZ3JhbW1lIGlzIG5vdCBjbG9zZXIgdGhhbiBpdHMgZnJhbWVzIGFyZSB3aWRlXCIsICgpID0+IHtcbiAgICBjb25zdCBzaG9ydCA9IGZpdHRlZCgxMCwgMTIwMCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh6b29tZWQoc2hvcnQsIDIsIDAsIDEwKSwgc2hvcnQpO1xuICB9KTtcbn0pO1xuXG5kZXNjcmliZShcInN3aXRjaGVzIG9uIHNjcmVlblwiLCAoKSA9PiB7XG4gIGNvbnN0IHN3aXRjaGVzID0gQXJyYXkuZnJvbSh7IGxlbmd0aDogMTAwMCB9LCAoXywgaW5kZXgpID0+ICh7XG4gICAgZnJhbWU6IGluZGV4ICogMzI0LFxuICAgIGNhbWVyYTogYGMkeyhpbmRleCAlIDMpICsgMX1gLFxuICB9KSk7XG5cbiAgaXQoXCJhcmUgdGhvc2UgaW4gdGhlIHZpZXcsIGFuZCB0aGUgb25lIHRoYXQgaXMgb24gYXQgaXRzIGxlZnQgZWRnZVwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh2aXNpYmxlKHN3aXRjaGVzLCBhbGwpLCB7IGZpcnN0OiAwLCBsYXN0OiA5OTkgfSk7XG4gICAgY29uc3QgdmlldyA9IHsgc3RhcnQ6IDEwMDAsIGZyYW1lc1BlclBpeGVsOiAxLCB3aWR0aDogMTAwMCB9O1xuICAgIGFzc2VydC5kZWVwRXF1YWwodmlzaWJsZShzd2l0Y2hlcywgdmlldyksIHsgZmlyc3Q6IDMsIGxhc3Q6IDYgfSk7XG4gIH0pO1xuXG4gIGl0KFwiYXJlIHRha2VuIGhvbGQgb2YgZnJvbSBuZWFyYnksIHRoZSBuZWFyZXN0LCBhbmQgbmV2ZXIgdGhlIGZpcnN0XCIsICgpID0+IHtcbiAgICBjb25zdCB2aWV3ID0geyBzdGFydDogMCwgZnJhbWVzUGVyUGl4ZWw6IDEsIHdpZHRoOiAxMDAwIH07XG4gICAgYXNzZXJ0LmVxdWFsKGdyaXBwZWRBdChzd2l0Y2hlcywgdmlldywgMCksIC0xKTtcbiAgICBhc3NlcnQuZXF1YWwoZ3JpcHBlZEF0KHN3aXRjaGVzLCB2aWV3LCAzMTgpLCAxKTtcbiAgICBhc3NlcnQuZXF1YWwoZ3JpcHBlZEF0KHN3aXRjaGVzLCB2aWV3LCAzMzApLCAxKTtcbiAgICBhc3NlcnQuZXF1YWwoZ3JpcHBlZEF0KHN3aXRjaGVzLCB2aWV3LCAzMzEpLCAtMSk7XG4gICAgYXNzZXJ0LmVxdWFsKGdyaXBwZWRBdChzd2l0Y2hlcywgdmlldywgMzE3KSwgLTEpO1xuICAgIGFzc2VydC5lcXVhbChncmlwcGVkQXQoc3dpdGNoZXMsIHZpZXcsIDMxMCwgMTgpLCAxKTtcbiAgICBjb25zdCBmYXIgPSB7IHN0YXJ0OiAwLCBmcmFtZXNQZXJQaXhlbDogMTAwLCB3aWR0aDogMTAwMCB9O1xuICAgIGFzc2VydC5lcXVhbChncmlwcGVkQXQoc3dpdGNoZXMsIGZhciwgeE9mKGZhciwgNjQ4KSArIDAuMSksIDIpO1xuICB9KTtcblxuICBpdChcImFyZSBkcmFnZ2VkIHRvIHdob2xlIGZyYW1lcywgYW5kIHRvIHRoZSBwbGF5aGVhZCB3aGVyZSBpdCBpcyBuZWFyXCIsICgpID0+IHtcbiAgICBjb25zdCB2aWV3ID0geyBzdGFydDogMCwgZnJhbWVzUGVyUGl4ZWw6IDAuNSwgd2lkdGg6IDEwMDAgfTtcbiAgICBhc3NlcnQuZXF1YWwoc25hcHBlZCh2aWV3LCAyMDEuMiwgNTAwMCwgbnVsbCksIDEwMSk7XG4gICAgYXNzZXJ0LmVxdWFsKHNuYXBwZWQodmlldywgMjAxLCA1MDAwLCAxMDMpLCAxMDMpO1xuICAgIGFzc2VydC5lcXVhbChzbmFwcGVkKHZpZXcsIDIwMSwgNTAwMCwgMTIwKSwgMTAxKTtcbiAgICBhc3NlcnQuZXF1YWwoc25hcHBlZCh2aWV3LCAtNTAsIDUwMDAsIG51bGwpLCAwKTtcbiAgICBhc3NlcnQuZXF1YWwoc25hcHBlZCh2aWV3LCAxZTksIDUwMDAsIG51bGwpLCA0OTk5KTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJ0aGUgcnVsZXJcIiwgKCkgPT4ge1xuICBpdChcImhhcyBsYWJlbHMgdGhhdCBkbyBub3QgdG91Y2gsIGF0IGV2ZXJ5IHpvb20gYW5kIHJhdGVcIiwgKCkgPT4ge1xuICAgIGZvciAoY29uc3QgZnBzIG9mIFsyNCwgMjUsIDI5Ljk3LCAzMCwgNjBdKSB7XG4gICAgICBjb25zdCByYXRlID0gcmF0ZU9mKGZwcyk7XG4gICAgICBjb25zdCBmcmFtZXMgPSAzICogMzYwMCAqIGZwcztcbiAgICAgIGZvciAobGV0IHZpZXcgPSBmaXR0ZWQoZnJhbWVzLCAxMjAwKTsgOyApIHtcbiAgICAgICAgY29uc3QgbWFkZSA9IG1hcmtzKHZpZXcsIHJhdGUsIGZyYW1lcyk7XG4gICAgICAgIGNvbnN0IGxhYmVsbGVkID0gbWFkZS5maWx0ZXIoKHsgbGFiZWwgfSkgPT4gbGFiZWwgIT09IG51bGwpO1xuICAgICAgICBhc3NlcnQub2sobWFkZS5sZW5ndGggPCA0MDAsIGAke21hZGUubGVuZ3RofSBtYXJrc2ApO1xuICAgICAgICBhc3NlcnQub2sobGFiZWxsZWQubGVuZ3RoID49IDEgJiYgbGFiZWxsZWQubGVuZ3RoIDw9IDE0LCBgJHtsYWJlbGxlZC5sZW5ndGh9IGxhYmVsc2ApO1xuICAgICAgICBmb3IgKGNvbnN0IFtpbmRleCwgeyBmcmFtZSB9XSBvZiBtYWRlLmVudHJpZXMoKSkge1xuICAgICAgICAgIGFzc2VydC5vayhOdW1iZXIuaXNJbnRlZ2VyKGZyYW1lKSAmJiBmcmFtZSA+PSAwICYmIGZyYW1lIDw9IGZyYW1lcyk7XG4gICAgICAgICAgYXNzZXJ0Lm9rKGluZGV4ID09PSAwIHx8IGZyYW1lID4gKG1hZGVbaW5kZXggLSAxXT8uZnJhbWUgPz8gMCkpO1xuICAgICAgICB9XG4gICAgICAgIGNvbnN0IG5leHQgPSB6b29tZWQodmlldywgMS43LCA2MDAsIGZyYW1lcyk7XG4gICAgICAgIGlmIChuZXh0LmZyYW1lc1BlclBpeGVsID09PSB2aWV3LmZyYW1lc1BlclBpeGVsKSBicmVhaztcbiAgICAgICAgdmlldyA9IG5leHQ7XG4gICAgICB9XG4gICAgfVxuICB9KTtcblxuICBpdChcImNvdW50cyBzZWNvbmRzIG9mIHRoZSBjbG9jaywgYW5kIGZyYW1lcyB3aGVuIG9uZSBsb29rcyBjbG9zZWx5XCIsICgpID0+IHtcbiAgICBjb25zdCByYXRlID0gcmF0ZU9mKDI1KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKFxuICAgICAgbWFya3MoeyBzdGFydDogMCwgZnJhbWVzUGVyUGl4ZWw6IDAuMjUsIHdpZHRoOiA1MDAgfSwgcmF0ZSwgNTAwMCkuZmlsdGVyKCh7IGxhYmVsIH0pID0+IGxhYmVsKSxcbiAgICAgIFswLCAxLCAyLCAzLCA0LCA1XS5tYXAoKHNlY29uZCkgPT4gKHsgZnJhbWU6IHNlY29uZCAqIDI1LCBsYWJlbDogYDAwOjAwOjAke3NlY29uZH1gIH0pKSxcbiAgICApO1xuICAgIGNvbnN0IGNsb3NlID0gbWFya3MoeyBzdGFydDogMjMsIGZyYW1lc1BlclBpeGVsOiAxIC8gMjQsIHdpZHRoOiAyNDAgfSwgcmF0ZSwgNTAwMCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChcbiAgICAgIGNsb3NlLmZpbHRlcigoeyBsYWJlbCB9KSA9PiBsYWJlbCkubWFwKCh7IGxhYmVsIH0pID0+IGxhYmVsKSxcbiAgICAgIFtcIjAwOjAwOjAwOjIwXCIsIFwiMDA6MDA6MDE6MDBcIiwgXCIwMDowMDowMTowNVwiXSxcbiAgICApO1xuICB9KTtcbn0pO1xuXG5kZXNjcmliZShcImEgd2F2ZWZvcm1cIiwgKCkgPT4ge1xuICBpdChcInRlbGxzIHRoZSBzYW1lIGV4dHJlbWVzIGF0IGV2ZXJ5IHpvb21cIiwgKCkgPT4ge1xuICAgIGNvbnN0IHJhbmRvbSA9IGNoYW5jZSg1KTtcbiAgICBjb25zdCBieXRlcyA9IEludDhBcnJheS5mcm9tKHsgbGVuZ3RoOiAyICogNDBfMDAwIH0sIChfLCBpbmRleCkgPT5cbiAgICAgIGluZGV4ICUgMiA/IHdob2xlKHJhbmRvbSwgMCwgOTApIDogd2hvbGUocmFuZG9tLCAtOTAsIDApLFxuICAgICk7XG4gICAgYnl0ZXNbMiAqIDEyXzM0NSArIDFdID0gMTI3O1xuICAgIGNvbnN0IHBlYWtzID0gcGVha3NPZihieXRlcyk7XG4gICAgYXNzZXJ0Lm9rKHBlYWtzLmxldmVscy5sZW5ndGggPiA0KTtcbiAgICBmb3IgKGNvbnN0IHdpZHRoIG9mIFswLjAxLCAwLjEsIDAuNSwgMiwgMzAsIDEwMF0pIHtcbiAgICAgIGNvbnN0IFtsb3csIGhpZ2hdID0gcGVha0JldHdlZW4ocGVha3MsIDEyMy40NSAtIHdpZHRoIC8gMiwgMTIzLjQ2ICsgd2lkdGggLyAyKSA/PyBbMCwgMF07XG4gICAgICBhc3NlcnQuZXF1YWwoaGlnaCwgMSk7XG4gICAgICBhc3NlcnQub2sobG93IDwgMCAmJiBsb3cgPj0gLTkwIC8gMTI3KTtcbiAgICB9XG4gICAgYXNzZXJ0Lm9rKChwZWFrQmV0d2VlbihwZWFrcywgMjAwLCAyMDEpPy5bMV0gPz8gMSkgPD0gOTAgLyAxMjcpO1xuICB9KTtcblxuICBpdChcImlzIG5vdGhpbmcgYmVmb3JlIHRoZSBzb3VyY2UgYW5kIGFmdGVyIGl0XCIsICgpID0+IHtcbiAgICBjb25zdCBwZWFrcyA9IHBlYWtzT2YobmV3IEludDhBcnJheSgyMDAwKSk7XG4gICAgYXNzZXJ0LmVxdWFsKHBlYWtCZXR3ZWVuKHBlYWtzLCAtMiwgLTEpLCBudWxsKTtcbiAgICBhc3NlcnQuZXF1YWwocGVha0JldHdlZW4ocGVha3MsIC0yLCAwKSwgbnVsbCk7XG4gICAgYXNzZXJ0LmVxdWFsKHBlYWtCZXR3ZWVuKHBlYWtzLCAxMCwgMTEpLCBudWxsKTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHBlYWtCZXR3ZWVuKHBlYWtzLCAtMSwgMSksIFswLCAwXSk7XG4gICAgYXNzZXJ0LmVxdWFsKHBlYWtCZXR3ZWVuKHBlYWtzT2YobmV3IEludDhBcnJheSgwKSksIDAsIDEpLCBudWxsKTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJhIGxvbmcgbGlzdFwiLCAoKSA9PiB7XG4gIGl0KFwiaGFzIHRoZSByb3dzIHRoYXQgYXJlIHNlZW4sIGFuZCBzb21lIGFyb3VuZFwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChyb3dzSW4oMCwgMjAwLCA0MCwgMTAwMCksIHsgZmlyc3Q6IDAsIGVuZDogMTMgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChyb3dzSW4oNDAwMCwgMjAwLCA0MCwgMTAwMCksIHsgZmlyc3Q6IDkyLCBlbmQ6IDExMyB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHJvd3NJbigxZTYsIDIwMCwgNDAsIDMpLCB7IGZpcnN0OiAzLCBlbmQ6IDMgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChyb3dzSW4oMCwgMjAwLCA0MCwgMyksIHsgZmlyc3Q6IDAsIGVuZDogMyB9KTtcbiAgfSk7XG5cbiAgaXQoXCJzY3JvbGxzIG5vIGZ1cnRoZXIgdGhhbiBpdCBtdXN0XCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwoc2Nyb2xsVG8oMTAsIDAsIDIwMCwgNDApLCAyNDApO1xuICAgIGFzc2VydC5lcXVhbChzY3JvbGxUbygyLCAyMDAsIDIwMCwgNDApLCA4MCk7XG4gICAgYXNzZXJ0LmVxdWFsKHNjcm9sbFRvKDYsIDIwMCwgMjAwLCA0MCksIDIwMCk7XG4gIH0pO1xufSk7XG4iLCAiLyoqIEZyYW1lIHJhdGVzIGFzIGZyYWN0aW9ucywgYW5kIHRoZSBvbmx5IHBsYWNlcyB3aGVyZSBmcmFtZXMgYmVjb21lIHNlY29uZHMgb3Igc2Vjb25kcyBmcmFtZXMuICovXG5pbXBvcnQgdHlwZSB7IFJhdGUgfSBmcm9tIFwiLi9lZGl0XCI7XG5cbi8qKiBSYXRlcyB3aG9zZSB0cnVlIHZhbHVlIGlzIG4gKiAxMDAwLzEwMDEgYW5kIHdoaWNoIHBlb3BsZSB3cml0ZSAyMy45NzYsIDI5Ljk3LCA1OS45NCAuLi4gKi9cbmNvbnN0IE5UU0MgPSBbMjQsIDMwLCA0OCwgNjAsIDEyMCwgMjQwXTtcbi8qKiBXaGF0IGFuIHVua25vd24gcmF0ZSBpcyB0YWtlbiB0byBiZS4gKi9cbmNvbnN0IFVTVUFMOiBSYXRlID0geyBudW06IDMwLCBkZW46IDEgfTtcbi8qKiBDb250YWluZXJzIGFuZCBlZGl0b3JzIHJvdW5kOiBhIHRpbWUgdGhpcyBsaXR0bGUgYmVmb3JlIGEgZnJhbWUncyBzdGFydCBiZWxvbmdzIHRvIHRoYXQgZnJhbWUuICovXG5leHBvcnQgY29uc3QgVE9MRVJBTkNFX1NFQ09ORFMgPSAwLjAwMTtcblxuLyoqIFRoZSByYXRlIHRoYXQgdGhlIHNlcnZpY2UncyBgZnBzYCB0ZWxscywgd2hpY2ggaXMgYSBkZWNpbWFsOiAyOS45NzAwMyBpcyAzMDAwMC8xMDAxLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHJhdGVPZihmcHM6IG51bWJlciB8IG51bGwpOiBSYXRlIHtcbiAgaWYgKGZwcyA9PT0gbnVsbCB8fCAhTnVtYmVyLmlzRmluaXRlKGZwcykgfHwgZnBzIDw9IDApIHJldHVybiBVU1VBTDtcbiAgZm9yIChjb25zdCBuYW1lIG9mIE5UU0MpIHtcbiAgICBpZiAoTWF0aC5hYnMoZnBzIC0gKG5hbWUgKiAxMDAwKSAvIDEwMDEpIDwgMC4wMDEpIHJldHVybiB7IG51bTogbmFtZSAqIDEwMDAsIGRlbjogMTAwMSB9O1xuICB9XG4gIGNvbnN0IHdob2xlID0gTWF0aC5yb3VuZChmcHMpO1xuICBpZiAod2hvbGUgPiAwICYmIE1hdGguYWJzKGZwcyAtIHdob2xlKSA8IDAuMDAxKSByZXR1cm4geyBudW06IHdob2xlLCBkZW46IDEgfTtcbiAgcmV0dXJuIHJlZHVjZWQoTWF0aC5tYXgoMSwgTWF0aC5yb3VuZChmcHMgKiAxMDAwKSksIDEwMDApO1xufVxuXG5mdW5jdGlvbiByZWR1Y2VkKG51bTogbnVtYmVyLCBkZW46IG51bWJlcik6IFJhdGUge1xuICBsZXQgW2EsIGJdID0gW251bSwgZGVuXTtcbiAgd2hpbGUgKGIgPiAwKSBbYSwgYl0gPSBbYiwgYSAlIGJdO1xuICByZXR1cm4geyBudW06IG51bSAvIGEsIGRlbjogZGVuIC8gYSB9O1xufVxuXG4vKiogRnJhbWVzIHBlciBzZWNvbmQgYXMgYSBudW1iZXIgdG8gcmVja29uIHdpdGguICovXG5leHBvcnQgZnVuY3Rpb24gcGVyU2Vjb25kKHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBudW0gLyBkZW47XG59XG5cbi8qKiBUaGUgcmF0ZSBhcyBhIGNvbmZpZydzIGBvdXRwdXQuZnBzYCBhbmQgcGVvcGxlIHdyaXRlIGl0OiAyOS45NyBtZWFucyAzMDAwMC8xMDAxIHRoZXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHdyaXR0ZW4ocmF0ZTogUmF0ZSk6IG51bWJlciB7XG4gIGNvbnN0IHZhbHVlID0gcGVyU2Vjb25kKHJhdGUpO1xuICByZXR1cm4gcmF0ZS5kZW4gPT09IDEwMDEgPyBOdW1iZXIodmFsdWUudG9GaXhlZCgzKSkgOiB2YWx1ZTtcbn1cblxuLyoqIFdoZW4gYSBmcmFtZSBiZWdpbnMuICovXG5leHBvcnQgZnVuY3Rpb24gc2Vjb25kc09mKGZyYW1lOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiAoZnJhbWUgKiBkZW4pIC8gbnVtO1xufVxuXG4vKiogVGhlIGZyYW1lIG5lYXJlc3QgdG8gYSB0aW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5lYXJlc3RGcmFtZShzZWNvbmRzOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBNYXRoLnJvdW5kKChzZWNvbmRzICogbnVtKSAvIGRlbikgKyAwO1xufVxuXG4vKiogVGhlIGZyYW1lIG9uIHNjcmVlbiBhdCBhIHRpbWUsIGFzIHRoZSBzZXJ2aWNlIGhhcyBpdDogbGVzcyB0aGFuIDEgbXMgYmVmb3JlIHRoZSBuZXh0IGl0IGlzIHRoZSBuZXh0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGZyYW1lQXQoc2Vjb25kczogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICBjb25zdCBwbGFjZSA9ICgoc2Vjb25kcyArIFRPTEVSQU5DRV9TRUNPTkRTKSAqIG51bSkgLyBkZW47XG4gIHJldHVybiBNYXRoLmNlaWwocGxhY2UpIC0gMTtcbn1cblxuLyoqIFRoZSBmaXJzdCBmcmFtZSB0aGF0IGJlZ2lucyBhdCBhIHRpbWUgb3IgYWZ0ZXIgaXQsIGdpdmUgb3IgdGFrZSB0aGF0IG1pbGxpc2Vjb25kLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGZpcnN0RnJhbWVGcm9tKHNlY29uZHM6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgcmV0dXJuIE1hdGguY2VpbCgoKHNlY29uZHMgLSBUT0xFUkFOQ0VfU0VDT05EUykgKiBudW0pIC8gZGVuKSArIDA7XG59XG4iLCAiLyoqIFRoZSB3YXZlZm9ybSBvZiBhIHNvdXJjZSBhdCBldmVyeSB6b29tOiB0aGUgc2VydmljZSdzIHBlYWtzLCBhbmQgY29hcnNlciBvbmVzIG1hZGUgb2YgdGhlbSBvbmNlLiAqL1xuXG4vKiogUGFpcnMgb2YgdGhlIGxvd2VzdCBhbmQgdGhlIGhpZ2hlc3Qgc2FtcGxlLCBzaWduZWQgYnl0ZXMsIHNvIG1hbnkgYSBzZWNvbmQuICovXG5leHBvcnQgaW50ZXJmYWNlIFBlYWtzIHtcbiAgcmVhZG9ubHkgcGVyU2Vjb25kOiBudW1iZXI7XG4gIC8qKiBMZXZlbCAwIGlzIHRoZSBzZXJ2aWNlJ3M7IGVhY2ggZnVydGhlciBvbmUgaGFzIGEgcGFpciBmb3IgYFNURVBgIG9mIHRoZSBvbmUgYmVmb3JlLiAqL1xuICByZWFkb25seSBsZXZlbHM6IHJlYWRvbmx5IEludDhBcnJheVtdO1xufVxuXG4vKiogSG93IG1hbnkgcGFpcnMgYmVjb21lIG9uZSBpbiB0aGUgbmV4dCBsZXZlbC4gKi9cbmNvbnN0IFNURVAgPSA0O1xuLyoqIE5vIGxldmVsIGlzIG1hZGUgdGhhdCBoYXMgZmV3ZXIgcGFpcnMgdGhhbiB0aGlzLiAqL1xuY29uc3QgRkVXRVNUID0gNjQ7XG5cbmV4cG9ydCBmdW5jdGlvbiBwZWFrc09mKGJ5dGVzOiBJbnQ4QXJyYXksIHBlclNlY29uZCA9IDEwMCk6IFBlYWtzIHtcbiAgY29uc3QgbGV2ZWxzID0gW2J5dGVzXTtcbiAgZm9yIChsZXQgbGV2ZWwgPSBieXRlczsgbGV2ZWwubGVuZ3RoID4gMiAqIEZFV0VTVCAqIFNURVA7ICkge1xuICAgIGxldmVsID0gY29hcnNlcihsZXZlbCk7XG4gICAgbGV2ZWxzLnB1c2gobGV2ZWwpO1xuICB9XG4gIHJldHVybiB7IHBlclNlY29uZCwgbGV2ZWxzIH07XG59XG5cbmZ1bmN0aW9uIGNvYXJzZXIobGV2ZWw6IEludDhBcnJheSk6IEludDhBcnJheSB7XG4gIGNvbnN0IHBhaXJzID0gbGV2ZWwubGVuZ3RoID4+IDE7XG4gIGNvbnN0IG5leHQgPSBuZXcgSW50OEFycmF5KDIgKiBNYXRoLmNlaWwocGFpcnMgLyBTVEVQKSk7XG4gIGZvciAobGV0IHBsYWNlID0gMDsgcGxhY2UgPCBuZXh0Lmxlbmd0aCAvIDI7IHBsYWNlKyspIHtcbiAgICBsZXQgW2xvdywgaGlnaF0gPSBbMTI3LCAtMTI4XTtcbiAgICBmb3IgKGxldCBwYWlyID0gcGxhY2UgKiBTVEVQOyBwYWlyIDwgTWF0aC5taW4ocGFpcnMsIChwbGFjZSArIDEpICogU1RFUCk7IHBhaXIrKykge1xuICAgICAgbG93ID0gTWF0aC5taW4obG93LCBsZXZlbFsyICogcGFpcl0gYXMgbnVtYmVyKTtcbiAgICAgIGhpZ2ggPSBNYXRoLm1heChoaWdoLCBsZXZlbFsyICogcGFpciArIDFdIGFzIG51bWJlcik7XG4gICAgfVxuICAgIG5leHRbMiAqIHBsYWNlXSA9IGxvdztcbiAgICBuZXh0WzIgKiBwbGFjZSArIDFdID0gaGlnaDtcbiAgfVxuICByZXR1cm4gbmV4dDtcbn1cblxuLyoqXG4gKiBUaGUgbG93ZXN0IGFuZCB0aGUgaGlnaGVzdCBzYW1wbGUgYmV0d2VlbiB0d28gc2Vjb25kcyBvZiB0aGUgc291cmNlLCAtMSB0byAxLCBvciBudWxsIHdoZXJlIGl0IGhhcyBub25lLlxuICpcbiAqIE9mIHRoZSBsZXZlbCB3aG9zZSBwYWlycyBhcmUganVzdCBmaW5lciB0aGFuIHdoYXQgaXMgYXNrZWQgZm9yLCBzbyB0aGF0IGFueSB6b29tIGNvc3RzIHRoZSBzYW1lLlxuICovXG5leHBvcnQgZnVuY3Rpb24gcGVha0JldHdlZW4ocGVha3M6IFBlYWtzLCBmcm9tOiBudW1iZXIsIHRvOiBudW1iZXIpOiByZWFkb25seSBbbnVtYmVyLCBudW1iZXJdIHwgbnVsbCB7XG4gIGxldCBwZXJTZWNvbmQgPSBwZWFrcy5wZXJTZWNvbmQ7XG4gIGxldCBhdCA9IDA7XG4gIHdoaWxlIChhdCArIDEgPCBwZWFrcy5sZXZlbHMubGVuZ3RoICYmICgodG8gLSBmcm9tKSAqIHBlclNlY29uZCkgLyBTVEVQID49IDEpIHtcbiAgICBhdCArPSAxO1xuICAgIHBlclNlY29uZCAvPSBTVEVQO1xuICB9XG4gIGNvbnN0IGxldmVsID0gcGVha3MubGV2ZWxzW2F0XSBhcyBJbnQ4QXJyYXk7XG4gIGNvbnN0IGZpcnN0ID0gTWF0aC5tYXgoMCwgTWF0aC5mbG9vcihmcm9tICogcGVyU2Vjb25kKSk7XG4gIGNvbnN0IHBhc3QgPSBNYXRoLm1pbihsZXZlbC5sZW5ndGggPj4gMSwgTWF0aC5tYXgoZmlyc3QgKyAxLCBNYXRoLmNlaWwodG8gKiBwZXJTZWNvbmQpKSk7XG4gIGlmICh0byA8PSAwIHx8IGZpcnN0ID49IHBhc3QpIHJldHVybiBudWxsO1xuICBsZXQgW2xvdywgaGlnaF0gPSBbMTI3LCAtMTI4XTtcbiAgZm9yIChsZXQgcGFpciA9IGZpcnN0OyBwYWlyIDwgcGFzdDsgcGFpcisrKSB7XG4gICAgbG93ID0gTWF0aC5taW4obG93LCBsZXZlbFsyICogcGFpcl0gYXMgbnVtYmVyKTtcbiAgICBoaWdoID0gTWF0aC5tYXgoaGlnaCwgbGV2ZWxbMiAqIHBhaXIgKyAxXSBhcyBudW1iZXIpO1xuICB9XG4gIHJldHVybiBbbG93IC8gMTI3LCBoaWdoIC8gMTI3XTtcbn1cbiIsICIvKiogV2hpY2ggcm93cyBvZiBhIGxvbmcgbGlzdCBhcmUgdGhlcmU6IHRob3NlIG9uZSBjYW4gc2VlLCBhbmQgc29tZSBhcm91bmQgdGhlbS4gKi9cblxuZXhwb3J0IGludGVyZmFjZSBSb3dzIHtcbiAgcmVhZG9ubHkgZmlyc3Q6IG51bWJlcjtcbiAgLyoqIFBhc3QgdGhlIGxhc3QuICovXG4gIHJlYWRvbmx5IGVuZDogbnVtYmVyO1xufVxuXG4vKiogU28gbWFueSByb3dzIG1vcmUgYXJlIHRoZXJlIG9uIGJvdGggc2lkZXMsIHNvIHRoYXQgdGhlIGtleWJvYXJkIGFsd2F5cyBmaW5kcyB0aGUgbmV4dCBvbmUuICovXG5jb25zdCBBUk9VTkQgPSA4O1xuXG5leHBvcnQgZnVuY3Rpb24gcm93c0luKHNjcm9sbFRvcDogbnVtYmVyLCBoZWlnaHQ6IG51bWJlciwgcm93OiBudW1iZXIsIGNvdW50OiBudW1iZXIpOiBSb3dzIHtcbiAgY29uc3QgZmlyc3QgPSBNYXRoLm1heCgwLCBNYXRoLmZsb29yKHNjcm9sbFRvcCAvIHJvdykgLSBBUk9VTkQpO1xuICBjb25zdCBlbmQgPSBNYXRoLm1pbihjb3VudCwgTWF0aC5jZWlsKChzY3JvbGxUb3AgKyBoZWlnaHQpIC8gcm93KSArIEFST1VORCk7XG4gIHJldHVybiB7IGZpcnN0OiBNYXRoLm1pbihmaXJzdCwgZW5kKSwgZW5kIH07XG59XG5cbi8qKiBXaGVyZSB0byBzY3JvbGwgdG8gc28gdGhhdCBhIHJvdyBpcyBzZWVuOyB0aGUgc2FtZSB3aGVyZSBpdCBpcy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzY3JvbGxUbyhpbmRleDogbnVtYmVyLCBzY3JvbGxUb3A6IG51bWJlciwgaGVpZ2h0OiBudW1iZXIsIHJvdzogbnVtYmVyKTogbnVtYmVyIHtcbiAgaWYgKGluZGV4ICogcm93IDwgc2Nyb2xsVG9wKSByZXR1cm4gaW5kZXggKiByb3c7XG4gIGlmICgoaW5kZXggKyAxKSAqIHJvdyA+IHNjcm9sbFRvcCArIGhlaWdodCkgcmV0dXJuIChpbmRleCArIDEpICogcm93IC0gaGVpZ2h0O1xuICByZXR1cm4gc2Nyb2xsVG9wO1xufVxuIiwgIi8qKlxuICogVGltZWNvZGVzIGBISDpNTTpTUzpGRmAuXG4gKlxuICogSG91cnMsIG1pbnV0ZXMgYW5kIHNlY29uZHMgYXJlIHRob3NlIG9mIGEgY2xvY2ssIGFuZCBzbyBvZiBldmVyeSBwbGF5ZXIsIGFsc28gYXQgMjkuOTc6IEZGIGNvdW50cyB0aGVcbiAqIGZyYW1lcyB0aGF0IGJlZ2luIHdpdGhpbiB0aGUgc2Vjb25kLiBOb3RoaW5nIGlzIGRyb3BwZWQsIGFuZCBub3RoaW5nIHJ1bnMgYXdheSBmcm9tIHRoZSBjbG9jay5cbiAqL1xuaW1wb3J0IHR5cGUgeyBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuaW1wb3J0IHsgcGVyU2Vjb25kLCB3cml0dGVuIH0gZnJvbSBcIi4vcmF0ZVwiO1xuXG5jb25zdCB0d28gPSAobnVtYmVyOiBudW1iZXIpID0+IFN0cmluZyhudW1iZXIpLnBhZFN0YXJ0KDIsIFwiMFwiKTtcblxuLyoqIFRoZSBmaXJzdCBmcmFtZSB0aGF0IGJlZ2lucyBpbiB0aGF0IHNlY29uZCBvciBhZnRlciBpdC4gKi9cbmZ1bmN0aW9uIGZpcnN0T2Yoc2Vjb25kOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBNYXRoLmNlaWwoKHNlY29uZCAqIG51bSkgLyBkZW4gLSAxZS05KTtcbn1cblxuZnVuY3Rpb24gc2Vjb25kT2YoZnJhbWU6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgcmV0dXJuIE1hdGguZmxvb3IoKGZyYW1lICogZGVuKSAvIG51bSArIDFlLTkpO1xufVxuXG4vKiogVGhlIHRpbWVjb2RlIG9mIGEgZnJhbWUgb2YgdGhlIHByb2dyYW1tZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiB0aW1lY29kZShmcmFtZTogbnVtYmVyLCByYXRlOiBSYXRlKTogc3RyaW5nIHtcbiAgY29uc3Qgc2lnbiA9IGZyYW1lIDwgMCA/IFwiLVwiIDogXCJcIjtcbiAgY29uc3Qgc2l6ZSA9IE1hdGguYWJzKE1hdGgucm91bmQoZnJhbWUpKTtcbiAgY29uc3Qgc2Vjb25kID0gc2Vjb25kT2Yoc2l6ZSwgcmF0ZSk7XG4gIGNvbnN0IHJlc3QgPSBzaXplIC0gZmlyc3RPZihzZWNvbmQsIHJhdGUpO1xuICBjb25zdCBkaWdpdHMgPSBNYXRoLmNlaWwocGVyU2Vjb25kKHJhdGUpKSA+IDEwMCA/IDMgOiAyO1xuICByZXR1cm4gYCR7c2lnbn0ke2Nsb2NrKHNlY29uZCl9OiR7U3RyaW5nKHJlc3QpLnBhZFN0YXJ0KGRpZ2l0cywgXCIwXCIpfWA7XG59XG5cbi8qKiBXaG9sZSBzZWNvbmRzIGFzIGBISDpNTTpTU2AuICovXG5leHBvcnQgZnVuY3Rpb24gY2xvY2soc2Vjb25kOiBudW1iZXIpOiBzdHJpbmcge1xuICByZXR1cm4gYCR7dHdvKE1hdGguZmxvb3Ioc2Vjb25kIC8gMzYwMCkpfToke3R3byhNYXRoLmZsb29yKHNlY29uZCAvIDYwKSAlIDYwKX06JHt0d28oc2Vjb25kICUgNjApfWA7XG59XG5cbi8qKlxuICogVGhlIGZyYW1lIHRoYXQgYSBwZXJzb24gdHlwZWQ6IGAxOjAyOjAzOjA0YCwgYDI6MDM6MDRgLCBgMzowNGAgKHNlY29uZHMgYW5kIGZyYW1lcyksIG9yIG51bGwuXG4gKlxuICogU2Vjb25kcyBtYXkgZ28gYmV5b25kIDU5IHdoZXJlIHRoZXkgY29tZSBmaXJzdDsgZnJhbWVzIGhhdmUgdG8gZXhpc3QgaW4gdGhhdCBzZWNvbmQuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBwYXJzZVRpbWVjb2RlKHRleHQ6IHN0cmluZywgcmF0ZTogUmF0ZSk6IG51bWJlciB8IG51bGwge1xuICBjb25zdCBwYXJ0cyA9IHRleHQudHJpbSgpLnNwbGl0KC9bOjtdLyk7XG4gIGlmIChwYXJ0cy5sZW5ndGggPCAyIHx8IHBhcnRzLmxlbmd0aCA+IDQgfHwgIXBhcnRzLmV2ZXJ5KChwYXJ0KSA9PiAvXlxcZCskLy50ZXN0KHBhcnQpKSkgcmV0dXJuIG51bGw7XG4gIGNvbnN0IG51bWJlcnMgPSBwYXJ0cy5tYXAoTnVtYmVyKTtcbiAgY29uc3QgcmVzdCA9IG51bWJlcnMucG9wKCkgYXMgbnVtYmVyO1xuICBpZiAobnVtYmVycy5zbGljZSgxKS5zb21lKChudW1iZXIpID0+IG51bWJlciA+IDU5KSkgcmV0dXJuIG51bGw7XG4gIGNvbnN0IHNlY29uZCA9IG51bWJlcnMucmVkdWNlKChzdW0sIG51bWJlcikgPT4gc3VtICogNjAgKyBudW1iZXIsIDApO1xuICBjb25zdCBmcmFtZSA9IGZpcnN0T2Yoc2Vjb25kLCByYXRlKSArIHJlc3Q7XG4gIHJldHVybiBzZWNvbmRPZihmcmFtZSwgcmF0ZSkgPT09IHNlY29uZCA/IGZyYW1lIDogbnVsbDtcbn1cblxuLyoqIEEgbGVuZ3RoIGluIHdvcmRzIGEgcGVyc29uIHNheXM6IFwiMSBoIDIgbWluIDMgc1wiLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGluV29yZHMoZnJhbWVzOiBudW1iZXIsIHJhdGU6IFJhdGUpOiBzdHJpbmcge1xuICBjb25zdCBzZWNvbmRzID0gTWF0aC5yb3VuZCgoZnJhbWVzICogcmF0ZS5kZW4pIC8gcmF0ZS5udW0pO1xuICBjb25zdCBwYXJ0cyA9IFtcbiAgICBbTWF0aC5mbG9vcihzZWNvbmRzIC8gMzYwMCksIFwiaFwiXSxcbiAgICBbTWF0aC5mbG9vcihzZWNvbmRzIC8gNjApICUgNjAsIFwibWluXCJdLFxuICAgIFtzZWNvbmRzICUgNjAsIFwic1wiXSxcbiAgXSBhcyBjb25zdDtcbiAgY29uc3Qgc2FpZCA9IHBhcnRzLmZpbHRlcigoW251bWJlcl0pID0+IG51bWJlciA+IDApLm1hcCgoW251bWJlciwgdW5pdF0pID0+IGAke251bWJlcn0gJHt1bml0fWApO1xuICByZXR1cm4gc2FpZC5qb2luKFwiIFwiKSB8fCBcIjAgc1wiO1xufVxuXG4vKiogQSByYXRlIGFzIHBlb3BsZSBzYXkgaXQuICovXG5leHBvcnQgZnVuY3Rpb24gcmF0ZUluV29yZHMocmF0ZTogUmF0ZSk6IHN0cmluZyB7XG4gIHJldHVybiBgJHt3cml0dGVuKHJhdGUpfSBmcmFtZXMgYSBzZWNvbmRgO1xufVxuIiwgIi8qKiBXaG8gaXMgb24gd2hlbjogc3dpdGNoZXMgYW5kIHdoYXQgYmVjb21lcyBvZiB0aGVtLiBFdmVyeSBlZGl0IHRoYXQgY29tZXMgb3V0IGlzIGluIG5vcm1hbCBmb3JtLiAqL1xuaW1wb3J0IHR5cGUgeyBFZGl0LCBTd2l0Y2ggfSBmcm9tIFwiLi9lZGl0XCI7XG5cbi8qKiBBIGNhbWVyYSB0aGF0IGlzIG9uIGZyb20gYHN0YXJ0YCB1cCB0byBidXQgbm90IGluY2x1ZGluZyBgZW5kYC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVHVybiB7XG4gIHJlYWRvbmx5IGNhbWVyYTogc3RyaW5nO1xuICByZWFkb25seSBzdGFydDogbnVtYmVyO1xuICByZWFkb25seSBlbmQ6IG51bWJlcjtcbn1cblxuLyoqIFdoaWNoIG9mIHRoZSBzd2l0Y2hlcyBjb3VudHMgYXQgYSBmcmFtZTogaXRzIHBsYWNlIGluIHRoZSBsaXN0LCBmb3VuZCBpbiB0aGUgbG9nIG9mIHRoZWlyIG51bWJlci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBpbmRleEF0KHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSwgZnJhbWU6IG51bWJlcik6IG51bWJlciB7XG4gIGxldCBbbG93LCBoaWdoXSA9IFswLCBzd2l0Y2hlcy5sZW5ndGggLSAxXTtcbiAgd2hpbGUgKGxvdyA8IGhpZ2gpIHtcbiAgICBjb25zdCBtaWRkbGUgPSAobG93ICsgaGlnaCArIDEpID4+IDE7XG4gICAgaWYgKChzd2l0Y2hlc1ttaWRkbGVdIGFzIFN3aXRjaCkuZnJhbWUgPD0gZnJhbWUpIGxvdyA9IG1pZGRsZTtcbiAgICBlbHNlIGhpZ2ggPSBtaWRkbGUgLSAxO1xuICB9XG4gIHJldHVybiBsb3c7XG59XG5cbi8qKiBUaGUgaWQgb2YgdGhlIGNhbWVyYSB0aGF0IGlzIG9uIGF0IGEgZnJhbWUuICovXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IHN0cmluZyB7XG4gIHJldHVybiAoZWRpdC5zd2l0Y2hlc1tpbmRleEF0KGVkaXQuc3dpdGNoZXMsIGZyYW1lKV0gYXMgU3dpdGNoKS5jYW1lcmE7XG59XG5cbi8qKiBBbGwgdHVybnMgaW4gb3JkZXI7IHRoZXkgZmlsbCB0aGUgcHJvZ3JhbW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5zKGVkaXQ6IEVkaXQpOiBUdXJuW10ge1xuICByZXR1cm4gZWRpdC5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9LCBpbmRleCkgPT4gKHtcbiAgICBjYW1lcmEsXG4gICAgc3RhcnQ6IGZyYW1lLFxuICAgIGVuZDogZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcyxcbiAgfSkpO1xufVxuXG4vKiogVGhlIHR1cm4gdGhhdCBhIGZyYW1lIGlzIGluLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5BdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogVHVybiB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGNvbnN0IHsgY2FtZXJhLCBmcmFtZTogc3RhcnQgfSA9IGVkaXQuc3dpdGNoZXNbaW5kZXhdIGFzIFN3aXRjaDtcbiAgcmV0dXJuIHsgY2FtZXJhLCBzdGFydCwgZW5kOiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIH07XG59XG5cbi8qKlxuICogU3dpdGNoZXMgaW4gbm9ybWFsIGZvcm06IGFzY2VuZGluZywgb2Ygc2V2ZXJhbCBhdCBvbmUgZnJhbWUgdGhlIGxhc3QsIG5vbmUgYXQgdGhlIGVuZCBvciBiZXlvbmQgaXQsIGFuZFxuICogbm9uZSB0byB0aGUgY2FtZXJhIHRoYXQgaXMgb24gYW55d2F5LiBUaGUgZWFybGllc3QgY291bnRzIGZyb20gZnJhbWUgMCBvbi5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5vcm1hbChzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW10sIGZyYW1lczogbnVtYmVyKTogU3dpdGNoW10ge1xuICBjb25zdCBzb3J0ZWQgPSBzd2l0Y2hlcy50b1NvcnRlZCgob25lLCBvdGhlcikgPT4gb25lLmZyYW1lIC0gb3RoZXIuZnJhbWUpO1xuICBjb25zdCBlYXJsaWVzdCA9IHNvcnRlZFswXT8uZnJhbWUgPz8gMDtcbiAgY29uc3Qga2VwdDogU3dpdGNoW10gPSBbXTtcbiAgZm9yIChjb25zdCB7IGZyYW1lLCBjYW1lcmEgfSBvZiBzb3J0ZWQpIHtcbiAgICBjb25zdCBhdCA9IGZyYW1lID09PSBlYXJsaWVzdCA/IDAgOiBNYXRoLm1heCgwLCBmcmFtZSk7XG4gICAgaWYgKGF0ID49IGZyYW1lcykgYnJlYWs7XG4gICAgd2hpbGUgKGtlcHQubGVuZ3RoID4gMCAmJiAoa2VwdC5hdCgtMSkgYXMgU3dpdGNoKS5mcmFtZSA+PSBhdCkga2VwdC5wb3AoKTtcbiAgICBpZiAoa2VwdC5hdCgtMSk/LmNhbWVyYSAhPT0gY2FtZXJhKSBrZXB0LnB1c2goeyBmcmFtZTogYXQsIGNhbWVyYSB9KTtcbiAgfVxuICByZXR1cm4ga2VwdDtcbn1cblxuLyoqIFRoZSBlZGl0IHdpdGggb3RoZXIgc3dpdGNoZXM7IHRoZSBzYW1lIG9iamVjdCB3aGVyZSBub3RoaW5nIGRpZmZlcnMsIHNvIHRoYXQgbm90aGluZyBpcyB0byBiZSB1bmRvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2l0aFN3aXRjaGVzKGVkaXQ6IEVkaXQsIHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSk6IEVkaXQge1xuICBjb25zdCBuZXh0ID0gbm9ybWFsKHN3aXRjaGVzLCBlZGl0LmZyYW1lcyk7XG4gIHJldHVybiBpc1NhbWUobmV4dCwgZWRpdC5zd2l0Y2hlcykgPyBlZGl0IDogeyAuLi5lZGl0LCBzd2l0Y2hlczogbmV4dCB9O1xufVxuXG5mdW5jdGlvbiBpc1NhbWUob25lOiByZWFkb25seSBTd2l0Y2hbXSwgb3RoZXI6IHJlYWRvbmx5IFN3aXRjaFtdKTogYm9vbGVhbiB7XG4gIHJldHVybiAoXG4gICAgb25lLmxlbmd0aCA9PT0gb3RoZXIubGVuZ3RoICYmXG4gICAgb25lLmV2ZXJ5KCh7IGZyYW1lLCBjYW1lcmEgfSwgaW5kZXgpID0+IHtcbiAgICAgIGNvbnN0IHR3aW4gPSBvdGhlcltpbmRleF0gYXMgU3dpdGNoO1xuICAgICAgcmV0dXJuIGZyYW1lID09PSB0d2luLmZyYW1lICYmIGNhbWVyYSA9PT0gdHdpbi5jYW1lcmE7XG4gICAgfSlcbiAgKTtcbn1cblxuLyoqXG4gKiBUaGUgY2FtZXJhIGlzIG9uIGZyb20gYGZyYW1lYCB1cCB0byB0aGUgbmV4dCBzd2l0Y2guXG4gKlxuICogV2hpbGUgYSB0YWtlIGlzIHJlY29yZGVkIHRoZSBwbGF5aGVhZCBoYXMgY29tZSB0byBgdW50aWxgOiBzd2l0Y2hlcyB1cCB0byBhbmQgYXQgaXQgYXJlIG92ZXJ3cml0dGVuLCBhbmRcbiAqIHdoYXQgbGllcyBhaGVhZCBzdGF5cywgYXMgd2l0aCBhIGxpdmUgc3dpdGNoZXIuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzd2l0Y2hBdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBjYW1lcmE6IHN0cmluZywgdW50aWwgPSBmcmFtZSk6IEVkaXQge1xuICBpZiAoZnJhbWUgPCAwIHx8IGZyYW1lID49IGVkaXQuZnJhbWVzKSByZXR1cm4gZWRpdDtcbiAgY29uc3QgbGFzdCA9IE1hdGgubWF4KGZyYW1lLCB1bnRpbCk7XG4gIGNvbnN0IG90aGVycyA9IGVkaXQuc3dpdGNoZXMuZmlsdGVyKChvbmUpID0+IG9uZS5mcmFtZSA8IGZyYW1lIHx8IG9uZS5mcmFtZSA+IGxhc3QpO1xuICByZXR1cm4gd2l0aFN3aXRjaGVzKGVkaXQsIFsuLi5vdGhlcnMsIHsgZnJhbWUsIGNhbWVyYSB9XSk7XG59XG5cbi8qKiBIb3cgZmFyIHRoZSBzd2l0Y2ggYXQgYGluZGV4YCBjYW4gYmUgbW92ZWQ6IGJldHdlZW4gaXRzIG5laWdoYm91cnMuIFRoZSBmaXJzdCBzdGF5cyBhdCBmcmFtZSAwLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHJvb21PZihlZGl0OiBFZGl0LCBpbmRleDogbnVtYmVyKTogeyBmcm9tOiBudW1iZXI7IHRvOiBudW1iZXIgfSB7XG4gIGlmIChpbmRleCA9PT0gMCkgcmV0dXJuIHsgZnJvbTogMCwgdG86IDAgfTtcbiAgcmV0dXJuIHtcbiAgICBmcm9tOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCAtIDFdIGFzIFN3aXRjaCkuZnJhbWUgKyAxLFxuICAgIHRvOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcykgLSAxLFxuICB9O1xufVxuXG4vKiogVGhlIHN3aXRjaCBhdCBgZnJvbWAgbW92ZWQgdG8gYHRvYCwgb3IgYXMgbmVhciBhcyBpdHMgbmVpZ2hib3VycyBsZXQgaXQuICovXG5leHBvcnQgZnVuY3Rpb24gbW92ZVN3aXRjaChlZGl0OiBFZGl0LCBmcm9tOiBudW1iZXIsIHRvOiBudW1iZXIpOiBFZGl0IHtcbiAgY29uc3QgaW5kZXggPSBlZGl0LnN3aXRjaGVzLmZpbmRJbmRleCgoeyBmcmFtZSB9KSA9PiBmcmFtZSA9PT0gZnJvbSk7XG4gIGlmIChpbmRleCA8IDEpIHJldHVybiBlZGl0O1xuICBjb25zdCByb29tID0gcm9vbU9mKGVkaXQsIGluZGV4KTtcbiAgY29uc3QgZnJhbWUgPSBNYXRoLm1pbihyb29tLnRvLCBNYXRoLm1heChyb29tLmZyb20sIHRvKSk7XG4gIHJldHVybiB3aXRoU3dpdGNoZXMoXG4gICAgZWRpdCxcbiAgICBlZGl0LnN3aXRjaGVzLm1hcCgob25lLCBhdCkgPT4gKGF0ID09PSBpbmRleCA/IHsgLi4ub25lLCBmcmFtZSB9IDogb25lKSksXG4gICk7XG59XG5cbi8qKlxuICogVGhlIGVkaXQgd2l0aG91dCB0aGUgc3dpdGNoIGF0IGBmcmFtZWA6IHdobyB3YXMgb24gYmVmb3JlIGdvZXMgb24uIE9mIHRoZSBmaXJzdCBzd2l0Y2gsIHdobyBpcyBvbiBuZXh0IGlzXG4gKiBvbiBmcm9tIHRoZSBzdGFydC4gVGhlIGxhc3Qgb25lIHRoYXQgaXMgbGVmdCBzdGF5cy5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRlbGV0ZVN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogRWRpdCB7XG4gIGNvbnN0IGxlZnQgPSBlZGl0LnN3aXRjaGVzLmZpbHRlcigob25lKSA9PiBvbmUuZnJhbWUgIT09IGZyYW1lKTtcbiAgcmV0dXJuIGxlZnQubGVuZ3RoID09PSAwID8gZWRpdCA6IHdpdGhTd2l0Y2hlcyhlZGl0LCBsZWZ0KTtcbn1cblxuLyoqIFRoZSBmcmFtZSBvZiB0aGUgbmV4dCBzd2l0Y2ggaW4gYSBkaXJlY3Rpb24sIG9yIHRoZSBwcm9ncmFtbWUncyBlZGdlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5laWdoYm91clN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBkaXJlY3Rpb246IDEgfCAtMSk6IG51bWJlciB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGlmIChkaXJlY3Rpb24gPT09IDEpIHJldHVybiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIC0gMTtcbiAgY29uc3QgaGVyZSA9IChlZGl0LnN3aXRjaGVzW2luZGV4XSBhcyBTd2l0Y2gpLmZyYW1lO1xuICByZXR1cm4gaGVyZSA8IGZyYW1lID8gaGVyZSA6IChlZGl0LnN3aXRjaGVzW2luZGV4IC0gMV0/LmZyYW1lID8/IDApO1xufVxuIiwgIi8qKiBXaGF0IG9mIHRoZSBwcm9ncmFtbWUgdGhlIHRpbWVsaW5lIHNob3dzOiBnZW9tZXRyeSBhbG9uZSwgaW4gZnJhbWVzIGFuZCBwaXhlbHMgb2YgdGhlIHBhZ2UuICovXG5pbXBvcnQgdHlwZSB7IFN3aXRjaCB9IGZyb20gXCIuLi9lZGl0L2VkaXRcIjtcbmltcG9ydCB7IGluZGV4QXQgfSBmcm9tIFwiLi4vZWRpdC9zd2l0Y2hlc1wiO1xuXG5leHBvcnQgaW50ZXJmYWNlIFZpZXcge1xuICAvKiogVGhlIGZyYW1lIGF0IHRoZSBsZWZ0IGVkZ2U7IGZyYWN0aW9ucyBsZXQgaXQgZ2xpZGUuICovXG4gIHJlYWRvbmx5IHN0YXJ0OiBudW1iZXI7XG4gIHJlYWRvbmx5IGZyYW1lc1BlclBpeGVsOiBudW1iZXI7XG4gIC8qKiBQaXhlbHMuICovXG4gIHJlYWRvbmx5IHdpZHRoOiBudW1iZXI7XG59XG5cbi8qKiBTbyB3aWRlIGlzIGEgZnJhbWUgYXQgbW9zdC4gKi9cbmNvbnN0IFdJREVTVF9GUkFNRSA9IDI0O1xuLyoqIEhvdyBuZWFyIG9uZSBoYXMgdG8gY29tZSB0byBhIHN3aXRjaCB0byB0YWtlIGhvbGQgb2YgaXQuICovXG5leHBvcnQgY29uc3QgR1JJUCA9IDY7XG4vKiogQSBmaW5nZXIgaXMgd2lkZXIgdGhhbiBhIG1vdXNlJ3MgYXJyb3cuICovXG5leHBvcnQgY29uc3QgVE9VQ0hfR1JJUCA9IDE4O1xuXG5leHBvcnQgZnVuY3Rpb24geE9mKHZpZXc6IFZpZXcsIGZyYW1lOiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gKGZyYW1lIC0gdmlldy5zdGFydCkgLyB2aWV3LmZyYW1lc1BlclBpeGVsO1xufVxuXG4vKiogVGhlIGZyYW1lIHVuZGVyIGEgcGl4ZWw7IG5vdCByb3VuZGVkLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGZyYW1lQXRYKHZpZXc6IFZpZXcsIHg6IG51bWJlcik6IG51bWJlciB7XG4gIHJldHVybiB2aWV3LnN0YXJ0ICsgeCAqIHZpZXcuZnJhbWVzUGVyUGl4ZWw7XG59XG5cbi8qKiBBbGwgb2YgdGhlIHByb2dyYW1tZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaXR0ZWQoZnJhbWVzOiBudW1iZXIsIHdpZHRoOiBudW1iZXIpOiBWaWV3IHtcbiAgcmV0dXJuIHsgc3RhcnQ6IDAsIGZyYW1lc1BlclBpeGVsOiBNYXRoLm1heChmcmFtZXMsIDEpIC8gTWF0aC5tYXgod2lkdGgsIDEpLCB3aWR0aCB9O1xufVxuXG4vKiogVGhlIHZpZXcsIGJ1dCBub3QgYmV5b25kIHRoZSBwcm9ncmFtbWUncyBlZGdlcywgYW5kIG5laXRoZXIgY2xvc2VyIG5vciB3aWRlciB0aGFuIG1ha2VzIHNlbnNlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNsYW1wZWQodmlldzogVmlldywgZnJhbWVzOiBudW1iZXIpOiBWaWV3IHtcbiAgY29uc3QgYWxsID0gZml0dGVkKGZyYW1lcywgdmlldy53aWR0aCkuZnJhbWVzUGVyUGl4ZWw7XG4gIGNvbnN0IGZyYW1lc1BlclBpeGVsID0gTWF0aC5taW4oYWxsLCBNYXRoLm1heChNYXRoLm1pbigxIC8gV0lERVNUX0ZSQU1FLCBhbGwpLCB2aWV3LmZyYW1lc1BlclBpeGVsKSk7XG4gIGNvbnN0IGxhc3QgPSBNYXRoLm1heCgwLCBmcmFtZXMgLSB2aWV3LndpZHRoICogZnJhbWVzUGVyUGl4ZWwpO1xuICByZXR1cm4geyAuLi52aWV3LCBmcmFtZXNQZXJQaXhlbCwgc3RhcnQ6IE1hdGgubWluKGxhc3QsIE1hdGgubWF4KDAsIHZpZXcuc3RhcnQpKSB9O1xufVxuXG4vKiogQ2xvc2VyIGJ5IGEgZmFjdG9yOyB3aGF0IGlzIHVuZGVyIGB4YCBzdGF5cyB0aGVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiB6b29tZWQodmlldzogVmlldywgZmFjdG9yOiBudW1iZXIsIHg6IG51bWJlciwgZnJhbWVzOiBudW1iZXIpOiBWaWV3IHtcbiAgY29uc3QgY2xvc2VzdCA9IGNsYW1wZWQoeyAuLi52aWV3LCBmcmFtZXNQZXJQaXhlbDogdmlldy5mcmFtZXNQZXJQaXhlbCAvIGZhY3RvciB9LCBmcmFtZXMpO1xuICBjb25zdCBzdGFydCA9IGZyYW1lQXRYKHZpZXcsIHgpIC0geCAqIGNsb3Nlc3QuZnJhbWVzUGVyUGl4ZWw7XG4gIHJldHVybiBjbGFtcGVkKHsgLi4uY2xvc2VzdCwgc3RhcnQgfSwgZnJhbWVzKTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHNjcm9sbGVkKHZpZXc6IFZpZXcsIHBpeGVsczogbnVtYmVyLCBmcmFtZXM6IG51bWJlcik6IFZpZXcge1xuICByZXR1cm4gY2xhbXBlZCh7IC4uLnZpZXcsIHN0YXJ0OiB2aWV3LnN0YXJ0ICsgcGl4ZWxzICogdmlldy5mcmFtZXNQZXJQaXhlbCB9LCBmcmFtZXMpO1xufVxuXG4vKiogQW5vdGhlciB3aWR0aDogd2hhdCBpcyBhdCB0aGUgbGVmdCBlZGdlIHN0YXlzIHRoZXJlOyB3aGF0IHNob3dlZCBldmVyeXRoaW5nIGRvZXMgc28gYWdhaW4uICovXG5leHBvcnQgZnVuY3Rpb24gcmVzaXplZCh2aWV3OiBWaWV3LCB3aWR0aDogbnVtYmVyLCBmcmFtZXM6IG51bWJlcik6IFZpZXcge1xuICBjb25zdCB3YXNBbGwgPSB2aWV3LmZyYW1lc1BlclBpeGVsID49IGZpdHRlZChmcmFtZXMsIHZpZXcud2lkdGgpLmZyYW1lc1BlclBpeGVsICogMC45OTk7XG4gIHJldHVybiB3YXNBbGwgPyBmaXR0ZWQoZnJhbWVzLCB3aWR0aCkgOiBjbGFtcGVkKHsgLi4udmlldywgd2lkdGggfSwgZnJhbWVzKTtcbn1cblxuLyoqIFRoZSB2aWV3IHRoYXQgaGFzIGBmcmFtZWAgaW4gaXQ6IHRoZSBzYW1lIHdoZXJlIGl0IGRvZXMsIGVsc2UgYSBwYWdlIGZ1cnRoZXIsIHdpdGggYSBsaXR0bGUgYmVmb3JlIGl0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNob3dpbmcodmlldzogVmlldywgZnJhbWU6IG51bWJlciwgZnJhbWVzOiBudW1iZXIpOiBWaWV3IHtcbiAgY29uc3QgeCA9IHhPZih2aWV3LCBmcmFtZSk7XG4gIGlmICh4ID49IDAgJiYgeCA8PSB2aWV3LndpZHRoKSByZXR1cm4gdmlldztcbiAgcmV0dXJuIGNsYW1wZWQoeyAuLi52aWV3LCBzdGFydDogZnJhbWUgLSB2aWV3LndpZHRoICogMC4xICogdmlldy5mcmFtZXNQZXJQaXhlbCB9LCBmcmFtZXMpO1xufVxuXG4vKiogV2hpY2ggc3dpdGNoZXMgYXJlIHRvIGJlIGRyYXduOiBbZmlyc3QsIGxhc3RdLCB3aXRoIHRoZSBvbmUgdGhhdCBpcyBvbiBhdCB0aGUgbGVmdCBlZGdlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHZpc2libGUoXG4gIHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSxcbiAgdmlldzogVmlldyxcbik6IHsgcmVhZG9ubHkgZmlyc3Q6IG51bWJlcjsgcmVhZG9ubHkgbGFzdDogbnVtYmVyIH0ge1xuICByZXR1cm4ge1xuICAgIGZpcnN0OiBpbmRleEF0KHN3aXRjaGVzLCB2aWV3LnN0YXJ0KSxcbiAgICBsYXN0OiBpbmRleEF0KHN3aXRjaGVzLCBmcmFtZUF0WCh2aWV3LCB2aWV3LndpZHRoKSksXG4gIH07XG59XG5cbi8qKiBUaGUgc3dpdGNoIHRoYXQgb25lIHRha2VzIGhvbGQgb2YgYXQgYHhgOiB0aGUgbmVhcmVzdCB3aXRoaW4gcmVhY2gsIG5ldmVyIHRoZSBmaXJzdCwgb3IgLTEuICovXG5leHBvcnQgZnVuY3Rpb24gZ3JpcHBlZEF0KHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSwgdmlldzogVmlldywgeDogbnVtYmVyLCByZWFjaCA9IEdSSVApOiBudW1iZXIge1xuICBjb25zdCBuZWFyID0gaW5kZXhBdChzd2l0Y2hlcywgZnJhbWVBdFgodmlldywgeCkpO1xuICBsZXQgYmVzdCA9IC0xO1xuICBsZXQgZGlzdGFuY2UgPSByZWFjaDtcbiAgZm9yIChjb25zdCBpbmRleCBvZiBbbmVhciwgbmVhciArIDFdKSB7XG4gICAgY29uc3Qgb25lID0gc3dpdGNoZXNbaW5kZXhdO1xuICAgIGlmICghb25lIHx8IGluZGV4ID09PSAwKSBjb250aW51ZTtcbiAgICBjb25zdCBvZmYgPSBNYXRoLmFicyh4T2Yodmlldywgb25lLmZyYW1lKSAtIHgpO1xuICAgIGlmIChvZmYgPD0gZGlzdGFuY2UpIFtiZXN0LCBkaXN0YW5jZV0gPSBbaW5kZXgsIG9mZl07XG4gIH1cbiAgcmV0dXJuIGJlc3Q7XG59XG5cbi8qKiBUaGUgZnJhbWUgdGhhdCBhIGRyYWcgdG8gYHhgIG1lYW5zOiB3aG9sZSwgb24gdGhlIHByb2dyYW1tZSwgYXQgdGhlIHBsYXloZWFkIHdoZXJlIHRoYXQgaXMgbmVhci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzbmFwcGVkKHZpZXc6IFZpZXcsIHg6IG51bWJlciwgZnJhbWVzOiBudW1iZXIsIHBsYXloZWFkOiBudW1iZXIgfCBudWxsKTogbnVtYmVyIHtcbiAgY29uc3QgaXNOZWFyID0gcGxheWhlYWQgIT09IG51bGwgJiYgTWF0aC5hYnMoeE9mKHZpZXcsIHBsYXloZWFkKSAtIHgpIDw9IEdSSVA7XG4gIGNvbnN0IGZyYW1lID0gaXNOZWFyID8gcGxheWhlYWQgOiBNYXRoLnJvdW5kKGZyYW1lQXRYKHZpZXcsIHgpKTtcbiAgcmV0dXJuIE1hdGgubWluKGZyYW1lcyAtIDEsIE1hdGgubWF4KDAsIGZyYW1lKSk7XG59XG4iLCAiLyoqIFdoZXJlIHRoZSBydWxlciBoYXMgaXRzIG1hcmtzLCBhbmQgd2hhdCBzdGFuZHMgYXQgdGhlbS4gKi9cbmltcG9ydCB0eXBlIHsgUmF0ZSB9IGZyb20gXCIuLi9lZGl0L2VkaXRcIjtcbmltcG9ydCB7IGZpcnN0RnJhbWVGcm9tLCBwZXJTZWNvbmQsIHNlY29uZHNPZiB9IGZyb20gXCIuLi9lZGl0L3JhdGVcIjtcbmltcG9ydCB7IGNsb2NrLCB0aW1lY29kZSB9IGZyb20gXCIuLi9lZGl0L3RpbWVjb2RlXCI7XG5pbXBvcnQgeyBmcmFtZUF0WCwgdHlwZSBWaWV3IH0gZnJvbSBcIi4vdmlld1wiO1xuXG5leHBvcnQgaW50ZXJmYWNlIE1hcmsge1xuICByZWFkb25seSBmcmFtZTogbnVtYmVyO1xuICAvKiogT25seSB0aGUgbGFyZ2VyIG1hcmtzIGhhdmUgb25lLiAqL1xuICByZWFkb25seSBsYWJlbDogc3RyaW5nIHwgbnVsbDtcbn1cblxuLyoqIFN0ZXBzIGluIHNlY29uZHMsIGVhY2ggd2l0aCBob3cgbWFueSBzbWFsbCBtYXJrcyBpdCBoYXMuICovXG5jb25zdCBTVEVQUzogcmVhZG9ubHkgKHJlYWRvbmx5IFtudW1iZXIsIG51bWJlcl0pW10gPSBbXG4gIFsxLCA1XSxcbiAgWzIsIDRdLFxuICBbNSwgNV0sXG4gIFsxMCwgNV0sXG4gIFsxNSwgM10sXG4gIFszMCwgNl0sXG4gIFs2MCwgNl0sXG4gIFsxMjAsIDRdLFxuICBbMzAwLCA1XSxcbiAgWzYwMCwgNV0sXG4gIFs5MDAsIDNdLFxuICBbMTgwMCwgNl0sXG4gIFszNjAwLCA2XSxcbiAgWzcyMDAsIDRdLFxuXTtcbi8qKiBTdGVwcyBpbiBmcmFtZXMsIGZvciB3aGVuIG9uZSBsb29rcyBjbG9zZWx5LiAqL1xuY29uc3QgRlJBTUVfU1RFUFMgPSBbMSwgMiwgNSwgMTBdO1xuLyoqIExhYmVscyBzdGFuZCBhdCBsZWFzdCBzbyBtYW55IHBpeGVscyBhcGFydC4gKi9cbmNvbnN0IExBQkVMX1BJWEVMUyA9IDkyO1xuXG4vKiogVGhlIG1hcmtzIG9mIGEgdmlldy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBtYXJrcyh2aWV3OiBWaWV3LCByYXRlOiBSYXRlLCBmcmFtZXM6IG51bWJlcik6IE1hcmtbXSB7XG4gIGNvbnN0IHBpeGVsc1BlckZyYW1lID0gMSAvIHZpZXcuZnJhbWVzUGVyUGl4ZWw7XG4gIGNvbnN0IGNsb3NlID0gRlJBTUVfU1RFUFMuZmluZChcbiAgICAoc3RlcCkgPT4gc3RlcCAqIHBpeGVsc1BlckZyYW1lID49IExBQkVMX1BJWEVMUyAmJiBzdGVwIDwgcGVyU2Vjb25kKHJhdGUpIC8gMixcbiAgKTtcbiAgcmV0dXJuIGNsb3NlID09PSB1bmRlZmluZWQgPyBieVNlY29uZHModmlldywgcmF0ZSwgZnJhbWVzKSA6IGJ5RnJhbWVzKHZpZXcsIHJhdGUsIGZyYW1lcywgY2xvc2UpO1xufVxuXG5mdW5jdGlvbiBieVNlY29uZHModmlldzogVmlldywgcmF0ZTogUmF0ZSwgZnJhbWVzOiBudW1iZXIpOiBNYXJrW10ge1xuICBjb25zdCBwaXhlbHNQZXJTZWNvbmQgPSBwZXJTZWNvbmQocmF0ZSkgLyB2aWV3LmZyYW1lc1BlclBpeGVsO1xuICBjb25zdCBsYXN0ID0gU1RFUFMuYXQoLTEpIGFzIHJlYWRvbmx5IFtudW1iZXIsIG51bWJlcl07XG4gIGNvbnN0IFtzdGVwLCBwYXJ0c10gPSBTVEVQUy5maW5kKChbZWFjaF0pID0+IGVhY2ggKiBwaXhlbHNQZXJTZWNvbmQgPj0gTEFCRUxfUElYRUxTKSA/PyBsYXN0O1xuICBjb25zdCBzbWFsbCA9IHN0ZXAgLyBwYXJ0cztcbiAgY29uc3QgYmVnaW4gPSBNYXRoLm1heCgwLCBNYXRoLmZsb29yKHNlY29uZHNPZih2aWV3LnN0YXJ0LCByYXRlKSAvIHN0ZXApICogcGFydHMpO1xuICBjb25zdCBlbmQgPSBNYXRoLm1pbihmcmFtZXMsIGZyYW1lQXRYKHZpZXcsIHZpZXcud2lkdGgpKTtcbiAgY29uc3QgbWFkZTogTWFya1tdID0gW107XG4gIGZvciAobGV0IG51bWJlciA9IGJlZ2luOyA7IG51bWJlcisrKSB7XG4gICAgY29uc3Qgc2Vjb25kID0gbnVtYmVyICogc21hbGw7XG4gICAgY29uc3QgZnJhbWUgPSBmaXJzdEZyYW1lRnJvbShzZWNvbmQsIHJhdGUpO1xuICAgIGlmIChmcmFtZSA+IGVuZCkgcmV0dXJuIG1hZGU7XG4gICAgbWFkZS5wdXNoKHsgZnJhbWUsIGxhYmVsOiBudW1iZXIgJSBwYXJ0cyA9PT0gMCA/IGNsb2NrKHNlY29uZCkgOiBudWxsIH0pO1xuICB9XG59XG5cbmZ1bmN0aW9uIGJ5RnJhbWVzKHZpZXc6IFZpZXcsIHJhdGU6IFJhdGUsIGZyYW1lczogbnVtYmVyLCBzdGVwOiBudW1iZXIpOiBNYXJrW10ge1xuICBjb25zdCBlbmQgPSBNYXRoLm1pbihmcmFtZXMsIGZyYW1lQXRYKHZpZXcsIHZpZXcud2lkdGgpKTtcbiAgY29uc3QgbWFkZTogTWFya1tdID0gW107XG4gIGZvciAobGV0IGZyYW1lID0gTWF0aC5tYXgoMCwgTWF0aC5mbG9vcih2aWV3LnN0YXJ0IC8gc3RlcCkgKiBzdGVwKTsgZnJhbWUgPD0gZW5kOyBmcmFtZSsrKSB7XG4gICAgbWFkZS5wdXNoKHsgZnJhbWUsIGxhYmVsOiBmcmFtZSAlIHN0ZXAgPT09IDAgPyB0aW1lY29kZShmcmFtZSwgcmF0ZSkgOiBudWxsIH0pO1xuICB9XG4gIHJldHVybiBtYWRlO1xufVxuIiwgIi8qKiBOdW1iZXJzIGJ5IGNoYW5jZSB0aGF0IGFyZSB0aGUgc2FtZSBldmVyeSB0aW1lLCBhbmQgZWRpdHMgbWFkZSBvZiB0aGVtLiAqL1xuaW1wb3J0IHsgbmV3RWRpdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9jYW1lcmFzXCI7XG5pbXBvcnQgdHlwZSB7IENhbWVyYSwgRWRpdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9lZGl0XCI7XG5cbmV4cG9ydCB0eXBlIENoYW5jZSA9ICgpID0+IG51bWJlcjtcblxuLyoqIE11bGJlcnJ5MzI6IDAgdXAgdG8gYnV0IG5vdCBpbmNsdWRpbmcgMS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjaGFuY2Uoc2VlZDogbnVtYmVyKTogQ2hhbmNlIHtcbiAgbGV0IHN0YXRlID0gc2VlZCA+Pj4gMDtcbiAgcmV0dXJuICgpID0+IHtcbiAgICBzdGF0ZSA9IChzdGF0ZSArIDB4NmQyYjc5ZjUpID4+PiAwO1xuICAgIGxldCBtaXhlZCA9IE1hdGguaW11bChzdGF0ZSBeIChzdGF0ZSA+Pj4gMTUpLCBzdGF0ZSB8IDEpO1xuICAgIG1peGVkIF49IG1peGVkICsgTWF0aC5pbXVsKG1peGVkIF4gKG1peGVkID4+PiA3KSwgbWl4ZWQgfCA2MSk7XG4gICAgcmV0dXJuICgobWl4ZWQgXiAobWl4ZWQgPj4+IDE0KSkgPj4+IDApIC8gMiAqKiAzMjtcbiAgfTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHdob2xlKHJhbmRvbTogQ2hhbmNlLCBsZWFzdDogbnVtYmVyLCBtb3N0OiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gbGVhc3QgKyBNYXRoLmZsb29yKHJhbmRvbSgpICogKG1vc3QgLSBsZWFzdCArIDEpKTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIG9uZU9mPFQ+KHJhbmRvbTogQ2hhbmNlLCB2YWx1ZXM6IHJlYWRvbmx5IFRbXSk6IFQge1xuICByZXR1cm4gdmFsdWVzW3dob2xlKHJhbmRvbSwgMCwgdmFsdWVzLmxlbmd0aCAtIDEpXSBhcyBUO1xufVxuXG5leHBvcnQgY29uc3QgRlBTID0gWzI0LCAyNSwgMzAsIDUwLCA2MCwgMjMuOTc2MDIzOTc2MDIzOTc4LCAyOS45NzAwMjk5NzAwMjk5NywgNTkuOTQwMDU5OTQwMDU5OTRdO1xuXG4vKipcbiAqIFJhdGVzIHRoYXQgb25lIGVkaXQgbWF5IG1peC4gTm90IDMwIGFuZCAyOS45NzogYSB3aG9sZSByYXRlIHRoYXQgaXMgdGhlIG5hbWUgb2YgYW5vdGhlciBpbiB0aGUgcHJvZ3JhbW1lXG4gKiBtZWFucyB0aGF0IG9uZSB0byB0aGUgc2VydmljZS5cbiAqL1xuY29uc3QgTUlYRVMgPSBbXG4gIFsyNCwgMjUsIDMwLCA1MCwgNjBdLFxuICBbMjUsIDUwLCAyMy45NzYwMjM5NzYwMjM5NzgsIDI5Ljk3MDAyOTk3MDAyOTk3LCA1OS45NDAwNTk5NDAwNTk5NF0sXG5dO1xuXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhKGlkOiBzdHJpbmcsIGNoYW5nZXM6IFBhcnRpYWw8Q2FtZXJhPiA9IHt9KTogQ2FtZXJhIHtcbiAgcmV0dXJuIHtcbiAgICBpZCxcbiAgICBzb3VyY2U6IGAke2lkfS5tcDRgLFxuICAgIG5hbWU6IGBDYW1lcmEgJHtpZH1gLFxuICAgIHNlY29uZHM6IDYwLFxuICAgIHdpZHRoOiAxOTIwLFxuICAgIGhlaWdodDogMTA4MCxcbiAgICBmcHM6IDMwLFxuICAgIGhhc1NvdW5kOiB0cnVlLFxuICAgIG9mZnNldDogMCxcbiAgICAuLi5jaGFuZ2VzLFxuICB9O1xufVxuXG4vKiogQ2FtZXJhcyBvZiBvbmUgcmF0ZSwgb3Igb2Ygc2V2ZXJhbCwgdGhhdCBiZWdhbiB1cCB0byBmaXZlIHNlY29uZHMgYXBhcnQuICovXG5leHBvcnQgZnVuY3Rpb24gcmFuZG9tQ2FtZXJhcyhyYW5kb206IENoYW5jZSwgaXNNaXhlZDogYm9vbGVhbik6IENhbWVyYVtdIHtcbiAgY29uc3QgZnBzID0gb25lT2YocmFuZG9tLCBGUFMpO1xuICBjb25zdCBtaXggPSBvbmVPZihyYW5kb20sIE1JWEVTKTtcbiAgcmV0dXJuIEFycmF5LmZyb20oeyBsZW5ndGg6IHdob2xlKHJhbmRvbSwgMiwgNikgfSwgKF8sIGluZGV4KSA9PiB7XG4gICAgY29uc3Qgb3duID0gaXNNaXhlZCA/IG9uZU9mKHJhbmRvbSwgbWl4KSA6IGZwcztcbiAgICByZXR1cm4gY2FtZXJhKGBjJHtpbmRleCArIDF9YCwge1xuICAgICAgZnBzOiBvd24sXG4gICAgICBzZWNvbmRzOiB3aG9sZShyYW5kb20sIDIwMCwgNzAwKSAvIG93bixcbiAgICAgIG9mZnNldDogcmFuZG9tKCkgPCAwLjMgPyAwIDogTWF0aC5yb3VuZCgocmFuZG9tKCkgKiAxMCAtIDUpICogMWU2KSAvIDFlNixcbiAgICB9KTtcbiAgfSk7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiByYW5kb21FZGl0KHJhbmRvbTogQ2hhbmNlLCBpc01peGVkID0gZmFsc2UpOiBFZGl0IHtcbiAgcmV0dXJuIG5ld0VkaXQocmFuZG9tQ2FtZXJhcyhyYW5kb20sIGlzTWl4ZWQpLCBcIkJ5IGNoYW5jZVwiKTtcbn1cbiJdLAogICJtYXBwaW5ncyI6ICI7QUFBQSxPQUFPLFlBQVk7QUFDbkIsU0FBUyxVQUFVLFVBQVU7OztBQ0c3QixJQUFNLE9BQU8sQ0FBQyxJQUFJLElBQUksSUFBSSxJQUFJLEtBQUssR0FBRztBQUV0QyxJQUFNLFFBQWMsRUFBRSxLQUFLLElBQUksS0FBSyxFQUFFO0FBRS9CLElBQU0sb0JBQW9CO0FBRzFCLFNBQVMsT0FBTyxLQUEwQjtBQUMvQyxNQUFJLFFBQVEsUUFBUSxDQUFDLE9BQU8sU0FBUyxHQUFHLEtBQUssT0FBTyxFQUFHLFFBQU87QUFDOUQsYUFBVyxRQUFRLE1BQU07QUFDdkIsUUFBSSxLQUFLLElBQUksTUFBTyxPQUFPLE1BQVEsSUFBSSxJQUFJLEtBQU8sUUFBTyxFQUFFLEtBQUssT0FBTyxLQUFNLEtBQUssS0FBSztBQUFBLEVBQ3pGO0FBQ0EsUUFBTUEsU0FBUSxLQUFLLE1BQU0sR0FBRztBQUM1QixNQUFJQSxTQUFRLEtBQUssS0FBSyxJQUFJLE1BQU1BLE1BQUssSUFBSSxLQUFPLFFBQU8sRUFBRSxLQUFLQSxRQUFPLEtBQUssRUFBRTtBQUM1RSxTQUFPLFFBQVEsS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLE1BQU0sR0FBSSxDQUFDLEdBQUcsR0FBSTtBQUMxRDtBQUVBLFNBQVMsUUFBUSxLQUFhLEtBQW1CO0FBQy9DLE1BQUksQ0FBQyxHQUFHLENBQUMsSUFBSSxDQUFDLEtBQUssR0FBRztBQUN0QixTQUFPLElBQUksRUFBRyxFQUFDLEdBQUcsQ0FBQyxJQUFJLENBQUMsR0FBRyxJQUFJLENBQUM7QUFDaEMsU0FBTyxFQUFFLEtBQUssTUFBTSxHQUFHLEtBQUssTUFBTSxFQUFFO0FBQ3RDO0FBR08sU0FBUyxVQUFVLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQ3BELFNBQU8sTUFBTTtBQUNmO0FBU08sU0FBUyxVQUFVLE9BQWUsRUFBRSxLQUFLLElBQUksR0FBaUI7QUFDbkUsU0FBUSxRQUFRLE1BQU87QUFDekI7QUFjTyxTQUFTLGVBQWUsU0FBaUIsRUFBRSxLQUFLLElBQUksR0FBaUI7QUFDMUUsU0FBTyxLQUFLLE1BQU8sVUFBVSxxQkFBcUIsTUFBTyxHQUFHLElBQUk7QUFDbEU7OztBQy9DQSxJQUFNLE9BQU87QUFFYixJQUFNLFNBQVM7QUFFUixTQUFTLFFBQVEsT0FBa0JDLGFBQVksS0FBWTtBQUNoRSxRQUFNLFNBQVMsQ0FBQyxLQUFLO0FBQ3JCLFdBQVMsUUFBUSxPQUFPLE1BQU0sU0FBUyxJQUFJLFNBQVMsUUFBUTtBQUMxRCxZQUFRLFFBQVEsS0FBSztBQUNyQixXQUFPLEtBQUssS0FBSztBQUFBLEVBQ25CO0FBQ0EsU0FBTyxFQUFFLFdBQUFBLFlBQVcsT0FBTztBQUM3QjtBQUVBLFNBQVMsUUFBUSxPQUE2QjtBQUM1QyxRQUFNLFFBQVEsTUFBTSxVQUFVO0FBQzlCLFFBQU0sT0FBTyxJQUFJLFVBQVUsSUFBSSxLQUFLLEtBQUssUUFBUSxJQUFJLENBQUM7QUFDdEQsV0FBUyxRQUFRLEdBQUcsUUFBUSxLQUFLLFNBQVMsR0FBRyxTQUFTO0FBQ3BELFFBQUksQ0FBQyxLQUFLLElBQUksSUFBSSxDQUFDLEtBQUssSUFBSTtBQUM1QixhQUFTLE9BQU8sUUFBUSxNQUFNLE9BQU8sS0FBSyxJQUFJLFFBQVEsUUFBUSxLQUFLLElBQUksR0FBRyxRQUFRO0FBQ2hGLFlBQU0sS0FBSyxJQUFJLEtBQUssTUFBTSxJQUFJLElBQUksQ0FBVztBQUM3QyxhQUFPLEtBQUssSUFBSSxNQUFNLE1BQU0sSUFBSSxPQUFPLENBQUMsQ0FBVztBQUFBLElBQ3JEO0FBQ0EsU0FBSyxJQUFJLEtBQUssSUFBSTtBQUNsQixTQUFLLElBQUksUUFBUSxDQUFDLElBQUk7QUFBQSxFQUN4QjtBQUNBLFNBQU87QUFDVDtBQU9PLFNBQVMsWUFBWSxPQUFjLE1BQWMsSUFBOEM7QUFDcEcsTUFBSUEsYUFBWSxNQUFNO0FBQ3RCLE1BQUksS0FBSztBQUNULFNBQU8sS0FBSyxJQUFJLE1BQU0sT0FBTyxXQUFZLEtBQUssUUFBUUEsYUFBYSxRQUFRLEdBQUc7QUFDNUUsVUFBTTtBQUNOLElBQUFBLGNBQWE7QUFBQSxFQUNmO0FBQ0EsUUFBTSxRQUFRLE1BQU0sT0FBTyxFQUFFO0FBQzdCLFFBQU0sUUFBUSxLQUFLLElBQUksR0FBRyxLQUFLLE1BQU0sT0FBT0EsVUFBUyxDQUFDO0FBQ3RELFFBQU0sT0FBTyxLQUFLLElBQUksTUFBTSxVQUFVLEdBQUcsS0FBSyxJQUFJLFFBQVEsR0FBRyxLQUFLLEtBQUssS0FBS0EsVUFBUyxDQUFDLENBQUM7QUFDdkYsTUFBSSxNQUFNLEtBQUssU0FBUyxLQUFNLFFBQU87QUFDckMsTUFBSSxDQUFDLEtBQUssSUFBSSxJQUFJLENBQUMsS0FBSyxJQUFJO0FBQzVCLFdBQVMsT0FBTyxPQUFPLE9BQU8sTUFBTSxRQUFRO0FBQzFDLFVBQU0sS0FBSyxJQUFJLEtBQUssTUFBTSxJQUFJLElBQUksQ0FBVztBQUM3QyxXQUFPLEtBQUssSUFBSSxNQUFNLE1BQU0sSUFBSSxPQUFPLENBQUMsQ0FBVztBQUFBLEVBQ3JEO0FBQ0EsU0FBTyxDQUFDLE1BQU0sS0FBSyxPQUFPLEdBQUc7QUFDL0I7OztBQ25EQSxJQUFNLFNBQVM7QUFFUixTQUFTLE9BQU8sV0FBbUIsUUFBZ0IsS0FBYSxPQUFxQjtBQUMxRixRQUFNLFFBQVEsS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLFlBQVksR0FBRyxJQUFJLE1BQU07QUFDOUQsUUFBTSxNQUFNLEtBQUssSUFBSSxPQUFPLEtBQUssTUFBTSxZQUFZLFVBQVUsR0FBRyxJQUFJLE1BQU07QUFDMUUsU0FBTyxFQUFFLE9BQU8sS0FBSyxJQUFJLE9BQU8sR0FBRyxHQUFHLElBQUk7QUFDNUM7QUFHTyxTQUFTLFNBQVMsT0FBZSxXQUFtQixRQUFnQixLQUFxQjtBQUM5RixNQUFJLFFBQVEsTUFBTSxVQUFXLFFBQU8sUUFBUTtBQUM1QyxPQUFLLFFBQVEsS0FBSyxNQUFNLFlBQVksT0FBUSxTQUFRLFFBQVEsS0FBSyxNQUFNO0FBQ3ZFLFNBQU87QUFDVDs7O0FDYkEsSUFBTSxNQUFNLENBQUMsV0FBbUIsT0FBTyxNQUFNLEVBQUUsU0FBUyxHQUFHLEdBQUc7QUFHOUQsU0FBUyxRQUFRLFFBQWdCLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQzNELFNBQU8sS0FBSyxLQUFNLFNBQVMsTUFBTyxNQUFNLElBQUk7QUFDOUM7QUFFQSxTQUFTLFNBQVMsT0FBZSxFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUMzRCxTQUFPLEtBQUssTUFBTyxRQUFRLE1BQU8sTUFBTSxJQUFJO0FBQzlDO0FBR08sU0FBUyxTQUFTLE9BQWUsTUFBb0I7QUFDMUQsUUFBTSxPQUFPLFFBQVEsSUFBSSxNQUFNO0FBQy9CLFFBQU0sT0FBTyxLQUFLLElBQUksS0FBSyxNQUFNLEtBQUssQ0FBQztBQUN2QyxRQUFNLFNBQVMsU0FBUyxNQUFNLElBQUk7QUFDbEMsUUFBTSxPQUFPLE9BQU8sUUFBUSxRQUFRLElBQUk7QUFDeEMsUUFBTSxTQUFTLEtBQUssS0FBSyxVQUFVLElBQUksQ0FBQyxJQUFJLE1BQU0sSUFBSTtBQUN0RCxTQUFPLEdBQUcsSUFBSSxHQUFHLE1BQU0sTUFBTSxDQUFDLElBQUksT0FBTyxJQUFJLEVBQUUsU0FBUyxRQUFRLEdBQUcsQ0FBQztBQUN0RTtBQUdPLFNBQVMsTUFBTSxRQUF3QjtBQUM1QyxTQUFPLEdBQUcsSUFBSSxLQUFLLE1BQU0sU0FBUyxJQUFJLENBQUMsQ0FBQyxJQUFJLElBQUksS0FBSyxNQUFNLFNBQVMsRUFBRSxJQUFJLEVBQUUsQ0FBQyxJQUFJLElBQUksU0FBUyxFQUFFLENBQUM7QUFDbkc7OztBQ3RCTyxTQUFTLFFBQVEsVUFBNkIsT0FBdUI7QUFDMUUsTUFBSSxDQUFDLEtBQUssSUFBSSxJQUFJLENBQUMsR0FBRyxTQUFTLFNBQVMsQ0FBQztBQUN6QyxTQUFPLE1BQU0sTUFBTTtBQUNqQixVQUFNLFNBQVUsTUFBTSxPQUFPLEtBQU07QUFDbkMsUUFBSyxTQUFTLE1BQU0sRUFBYSxTQUFTLE1BQU8sT0FBTTtBQUFBLFFBQ2xELFFBQU8sU0FBUztBQUFBLEVBQ3ZCO0FBQ0EsU0FBTztBQUNUOzs7QUNOQSxJQUFNLGVBQWU7QUFFZCxJQUFNLE9BQU87QUFJYixTQUFTLElBQUksTUFBWSxPQUF1QjtBQUNyRCxVQUFRLFFBQVEsS0FBSyxTQUFTLEtBQUs7QUFDckM7QUFHTyxTQUFTLFNBQVMsTUFBWSxHQUFtQjtBQUN0RCxTQUFPLEtBQUssUUFBUSxJQUFJLEtBQUs7QUFDL0I7QUFHTyxTQUFTLE9BQU8sUUFBZ0IsT0FBcUI7QUFDMUQsU0FBTyxFQUFFLE9BQU8sR0FBRyxnQkFBZ0IsS0FBSyxJQUFJLFFBQVEsQ0FBQyxJQUFJLEtBQUssSUFBSSxPQUFPLENBQUMsR0FBRyxNQUFNO0FBQ3JGO0FBR08sU0FBUyxRQUFRLE1BQVksUUFBc0I7QUFDeEQsUUFBTUMsT0FBTSxPQUFPLFFBQVEsS0FBSyxLQUFLLEVBQUU7QUFDdkMsUUFBTSxpQkFBaUIsS0FBSyxJQUFJQSxNQUFLLEtBQUssSUFBSSxLQUFLLElBQUksSUFBSSxjQUFjQSxJQUFHLEdBQUcsS0FBSyxjQUFjLENBQUM7QUFDbkcsUUFBTSxPQUFPLEtBQUssSUFBSSxHQUFHLFNBQVMsS0FBSyxRQUFRLGNBQWM7QUFDN0QsU0FBTyxFQUFFLEdBQUcsTUFBTSxnQkFBZ0IsT0FBTyxLQUFLLElBQUksTUFBTSxLQUFLLElBQUksR0FBRyxLQUFLLEtBQUssQ0FBQyxFQUFFO0FBQ25GO0FBR08sU0FBUyxPQUFPLE1BQVksUUFBZ0IsR0FBVyxRQUFzQjtBQUNsRixRQUFNLFVBQVUsUUFBUSxFQUFFLEdBQUcsTUFBTSxnQkFBZ0IsS0FBSyxpQkFBaUIsT0FBTyxHQUFHLE1BQU07QUFDekYsUUFBTSxRQUFRLFNBQVMsTUFBTSxDQUFDLElBQUksSUFBSSxRQUFRO0FBQzlDLFNBQU8sUUFBUSxFQUFFLEdBQUcsU0FBUyxNQUFNLEdBQUcsTUFBTTtBQUM5QztBQUVPLFNBQVMsU0FBUyxNQUFZLFFBQWdCLFFBQXNCO0FBQ3pFLFNBQU8sUUFBUSxFQUFFLEdBQUcsTUFBTSxPQUFPLEtBQUssUUFBUSxTQUFTLEtBQUssZUFBZSxHQUFHLE1BQU07QUFDdEY7QUFHTyxTQUFTLFFBQVEsTUFBWSxPQUFlLFFBQXNCO0FBQ3ZFLFFBQU0sU0FBUyxLQUFLLGtCQUFrQixPQUFPLFFBQVEsS0FBSyxLQUFLLEVBQUUsaUJBQWlCO0FBQ2xGLFNBQU8sU0FBUyxPQUFPLFFBQVEsS0FBSyxJQUFJLFFBQVEsRUFBRSxHQUFHLE1BQU0sTUFBTSxHQUFHLE1BQU07QUFDNUU7QUFHTyxTQUFTLFFBQVEsTUFBWSxPQUFlLFFBQXNCO0FBQ3ZFLFFBQU0sSUFBSSxJQUFJLE1BQU0sS0FBSztBQUN6QixNQUFJLEtBQUssS0FBSyxLQUFLLEtBQUssTUFBTyxRQUFPO0FBQ3RDLFNBQU8sUUFBUSxFQUFFLEdBQUcsTUFBTSxPQUFPLFFBQVEsS0FBSyxRQUFRLE1BQU0sS0FBSyxlQUFlLEdBQUcsTUFBTTtBQUMzRjtBQUdPLFNBQVMsUUFDZCxVQUNBLE1BQ21EO0FBQ25ELFNBQU87QUFBQSxJQUNMLE9BQU8sUUFBUSxVQUFVLEtBQUssS0FBSztBQUFBLElBQ25DLE1BQU0sUUFBUSxVQUFVLFNBQVMsTUFBTSxLQUFLLEtBQUssQ0FBQztBQUFBLEVBQ3BEO0FBQ0Y7QUFHTyxTQUFTLFVBQVUsVUFBNkIsTUFBWSxHQUFXLFFBQVEsTUFBYztBQUNsRyxRQUFNLE9BQU8sUUFBUSxVQUFVLFNBQVMsTUFBTSxDQUFDLENBQUM7QUFDaEQsTUFBSSxPQUFPO0FBQ1gsTUFBSSxXQUFXO0FBQ2YsYUFBVyxTQUFTLENBQUMsTUFBTSxPQUFPLENBQUMsR0FBRztBQUNwQyxVQUFNLE1BQU0sU0FBUyxLQUFLO0FBQzFCLFFBQUksQ0FBQyxPQUFPLFVBQVUsRUFBRztBQUN6QixVQUFNLE1BQU0sS0FBSyxJQUFJLElBQUksTUFBTSxJQUFJLEtBQUssSUFBSSxDQUFDO0FBQzdDLFFBQUksT0FBTyxTQUFVLEVBQUMsTUFBTSxRQUFRLElBQUksQ0FBQyxPQUFPLEdBQUc7QUFBQSxFQUNyRDtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsUUFBUSxNQUFZLEdBQVcsUUFBZ0IsVUFBaUM7QUFDOUYsUUFBTSxTQUFTLGFBQWEsUUFBUSxLQUFLLElBQUksSUFBSSxNQUFNLFFBQVEsSUFBSSxDQUFDLEtBQUs7QUFDekUsUUFBTSxRQUFRLFNBQVMsV0FBVyxLQUFLLE1BQU0sU0FBUyxNQUFNLENBQUMsQ0FBQztBQUM5RCxTQUFPLEtBQUssSUFBSSxTQUFTLEdBQUcsS0FBSyxJQUFJLEdBQUcsS0FBSyxDQUFDO0FBQ2hEOzs7QUNsRkEsSUFBTSxRQUFnRDtBQUFBLEVBQ3BELENBQUMsR0FBRyxDQUFDO0FBQUEsRUFDTCxDQUFDLEdBQUcsQ0FBQztBQUFBLEVBQ0wsQ0FBQyxHQUFHLENBQUM7QUFBQSxFQUNMLENBQUMsSUFBSSxDQUFDO0FBQUEsRUFDTixDQUFDLElBQUksQ0FBQztBQUFBLEVBQ04sQ0FBQyxJQUFJLENBQUM7QUFBQSxFQUNOLENBQUMsSUFBSSxDQUFDO0FBQUEsRUFDTixDQUFDLEtBQUssQ0FBQztBQUFBLEVBQ1AsQ0FBQyxLQUFLLENBQUM7QUFBQSxFQUNQLENBQUMsS0FBSyxDQUFDO0FBQUEsRUFDUCxDQUFDLEtBQUssQ0FBQztBQUFBLEVBQ1AsQ0FBQyxNQUFNLENBQUM7QUFBQSxFQUNSLENBQUMsTUFBTSxDQUFDO0FBQUEsRUFDUixDQUFDLE1BQU0sQ0FBQztBQUNWO0FBRUEsSUFBTSxjQUFjLENBQUMsR0FBRyxHQUFHLEdBQUcsRUFBRTtBQUVoQyxJQUFNLGVBQWU7QUFHZCxTQUFTLE1BQU0sTUFBWSxNQUFZLFFBQXdCO0FBQ3BFLFFBQU0saUJBQWlCLElBQUksS0FBSztBQUNoQyxRQUFNLFFBQVEsWUFBWTtBQUFBLElBQ3hCLENBQUMsU0FBUyxPQUFPLGtCQUFrQixnQkFBZ0IsT0FBTyxVQUFVLElBQUksSUFBSTtBQUFBLEVBQzlFO0FBQ0EsU0FBTyxVQUFVLFNBQVksVUFBVSxNQUFNLE1BQU0sTUFBTSxJQUFJLFNBQVMsTUFBTSxNQUFNLFFBQVEsS0FBSztBQUNqRztBQUVBLFNBQVMsVUFBVSxNQUFZLE1BQVksUUFBd0I7QUFDakUsUUFBTSxrQkFBa0IsVUFBVSxJQUFJLElBQUksS0FBSztBQUMvQyxRQUFNLE9BQU8sTUFBTSxHQUFHLEVBQUU7QUFDeEIsUUFBTSxDQUFDLE1BQU0sS0FBSyxJQUFJLE1BQU0sS0FBSyxDQUFDLENBQUMsSUFBSSxNQUFNLE9BQU8sbUJBQW1CLFlBQVksS0FBSztBQUN4RixRQUFNLFFBQVEsT0FBTztBQUNyQixRQUFNLFFBQVEsS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLFVBQVUsS0FBSyxPQUFPLElBQUksSUFBSSxJQUFJLElBQUksS0FBSztBQUNoRixRQUFNLE1BQU0sS0FBSyxJQUFJLFFBQVEsU0FBUyxNQUFNLEtBQUssS0FBSyxDQUFDO0FBQ3ZELFFBQU0sT0FBZSxDQUFDO0FBQ3RCLFdBQVMsU0FBUyxTQUFTLFVBQVU7QUFDbkMsVUFBTSxTQUFTLFNBQVM7QUFDeEIsVUFBTSxRQUFRLGVBQWUsUUFBUSxJQUFJO0FBQ3pDLFFBQUksUUFBUSxJQUFLLFFBQU87QUFDeEIsU0FBSyxLQUFLLEVBQUUsT0FBTyxPQUFPLFNBQVMsVUFBVSxJQUFJLE1BQU0sTUFBTSxJQUFJLEtBQUssQ0FBQztBQUFBLEVBQ3pFO0FBQ0Y7QUFFQSxTQUFTLFNBQVMsTUFBWSxNQUFZLFFBQWdCLE1BQXNCO0FBQzlFLFFBQU0sTUFBTSxLQUFLLElBQUksUUFBUSxTQUFTLE1BQU0sS0FBSyxLQUFLLENBQUM7QUFDdkQsUUFBTSxPQUFlLENBQUM7QUFDdEIsV0FBUyxRQUFRLEtBQUssSUFBSSxHQUFHLEtBQUssTUFBTSxLQUFLLFFBQVEsSUFBSSxJQUFJLElBQUksR0FBRyxTQUFTLEtBQUssU0FBUztBQUN6RixTQUFLLEtBQUssRUFBRSxPQUFPLE9BQU8sUUFBUSxTQUFTLElBQUksU0FBUyxPQUFPLElBQUksSUFBSSxLQUFLLENBQUM7QUFBQSxFQUMvRTtBQUNBLFNBQU87QUFDVDs7O0FDM0RPLFNBQVMsT0FBTyxNQUFzQjtBQUMzQyxNQUFJLFFBQVEsU0FBUztBQUNyQixTQUFPLE1BQU07QUFDWCxZQUFTLFFBQVEsZUFBZ0I7QUFDakMsUUFBSSxRQUFRLEtBQUssS0FBSyxRQUFTLFVBQVUsSUFBSyxRQUFRLENBQUM7QUFDdkQsYUFBUyxRQUFRLEtBQUssS0FBSyxRQUFTLFVBQVUsR0FBSSxRQUFRLEVBQUU7QUFDNUQsYUFBUyxRQUFTLFVBQVUsUUFBUyxLQUFLLEtBQUs7QUFBQSxFQUNqRDtBQUNGO0FBRU8sU0FBUyxNQUFNLFFBQWdCLE9BQWUsTUFBc0I7QUFDekUsU0FBTyxRQUFRLEtBQUssTUFBTSxPQUFPLEtBQUssT0FBTyxRQUFRLEVBQUU7QUFDekQ7OztBUkVBLElBQU0sVUFBVSxJQUFJLE9BQU87QUFDM0IsSUFBTSxNQUFNLE9BQU8sU0FBUyxJQUFJO0FBRWhDLFNBQVMsVUFBVSxNQUFNO0FBQ3ZCLEtBQUcsb0RBQW9ELE1BQU07QUFDM0QsV0FBTyxNQUFNLElBQUksS0FBSyxPQUFPLEdBQUcsSUFBSTtBQUNwQyxXQUFPLFVBQVUsUUFBUSxFQUFFLEdBQUcsS0FBSyxnQkFBZ0IsS0FBSyxPQUFPLEdBQUcsR0FBRyxPQUFPLEdBQUcsR0FBRztBQUNsRixXQUFPLFVBQVUsT0FBTyxLQUFLLEtBQUssS0FBSyxPQUFPLEdBQUcsR0FBRztBQUFBLEVBQ3RELENBQUM7QUFFRCxLQUFHLGtEQUFrRCxNQUFNO0FBQ3pELGFBQVMsT0FBTyxHQUFHLE9BQU8sS0FBSyxRQUFRO0FBQ3JDLFlBQU0sU0FBUyxPQUFPLElBQUk7QUFDMUIsVUFBSSxPQUFPO0FBQ1gsZUFBUyxPQUFPLEdBQUcsT0FBTyxJQUFJLFFBQVE7QUFDcEMsY0FBTSxJQUFJLE9BQU8sSUFBSTtBQUNyQixjQUFNLFNBQVMsU0FBUyxNQUFNLENBQUM7QUFDL0IsY0FBTSxPQUFPLE9BQU8sTUFBTSxJQUFJLE9BQU8sR0FBRyxHQUFHLE9BQU87QUFDbEQsY0FBTSxXQUFXLEtBQUssVUFBVSxLQUFLLElBQUksTUFBTSxPQUFPLEtBQUs7QUFDM0QsWUFBSSxDQUFDLFNBQVUsUUFBTyxHQUFHLEtBQUssSUFBSSxTQUFTLE1BQU0sQ0FBQyxJQUFJLE1BQU0sSUFBSSxPQUFPLE9BQU87QUFDOUUsZUFBTyxHQUFHLEtBQUssU0FBUyxLQUFLLFNBQVMsTUFBTSxJQUFJLEtBQUssVUFBVSxJQUFJO0FBQ25FLGVBQU87QUFBQSxNQUNUO0FBQ0EsYUFBTyxHQUFHLEtBQUssa0JBQWtCLElBQUksRUFBRTtBQUFBLElBQ3pDO0FBQUEsRUFDRixDQUFDO0FBRUQsS0FBRyw2REFBNkQsTUFBTTtBQUNwRSxVQUFNLFFBQVEsT0FBTyxLQUFLLEtBQUssR0FBRyxPQUFPO0FBQ3pDLFdBQU8sTUFBTSxTQUFTLE9BQU8sS0FBSyxPQUFPLEVBQUUsT0FBTyxDQUFDO0FBQ25ELFdBQU8sR0FBRyxLQUFLLElBQUksU0FBUyxTQUFTLE9BQU8sS0FBSyxPQUFPLEdBQUcsSUFBSSxJQUFJLE9BQU8sSUFBSSxJQUFJO0FBQ2xGLFdBQU8sTUFBTSxRQUFRLE9BQU8sSUFBSSxPQUFPLEdBQUcsS0FBSztBQUMvQyxXQUFPLEdBQUcsS0FBSyxJQUFJLElBQUksUUFBUSxPQUFPLEtBQVMsT0FBTyxHQUFHLEdBQU8sSUFBSSxHQUFHLElBQUksSUFBSTtBQUFBLEVBQ2pGLENBQUM7QUFFRCxLQUFHLDREQUE0RCxNQUFNO0FBQ25FLFdBQU8sVUFBVSxRQUFRLEtBQUssS0FBSyxPQUFPLEdBQUcsT0FBTyxTQUFTLEdBQUcsQ0FBQztBQUNqRSxVQUFNLFFBQVEsT0FBTyxLQUFLLElBQUksR0FBRyxPQUFPO0FBQ3hDLFdBQU8sTUFBTSxRQUFRLE9BQU8sS0FBSyxPQUFPLEVBQUUsZ0JBQWdCLE1BQU0sY0FBYztBQUFBLEVBQ2hGLENBQUM7QUFFRCxLQUFHLCtEQUErRCxNQUFNO0FBQ3RFLFVBQU0sUUFBUSxPQUFPLElBQUksSUFBSTtBQUM3QixXQUFPLFVBQVUsT0FBTyxPQUFPLEdBQUcsR0FBRyxFQUFFLEdBQUcsS0FBSztBQUFBLEVBQ2pELENBQUM7QUFDSCxDQUFDO0FBRUQsU0FBUyxzQkFBc0IsTUFBTTtBQUNuQyxRQUFNLFdBQVcsTUFBTSxLQUFLLEVBQUUsUUFBUSxJQUFLLEdBQUcsQ0FBQyxHQUFHLFdBQVc7QUFBQSxJQUMzRCxPQUFPLFFBQVE7QUFBQSxJQUNmLFFBQVEsSUFBSyxRQUFRLElBQUssQ0FBQztBQUFBLEVBQzdCLEVBQUU7QUFFRixLQUFHLGtFQUFrRSxNQUFNO0FBQ3pFLFdBQU8sVUFBVSxRQUFRLFVBQVUsR0FBRyxHQUFHLEVBQUUsT0FBTyxHQUFHLE1BQU0sSUFBSSxDQUFDO0FBQ2hFLFVBQU0sT0FBTyxFQUFFLE9BQU8sS0FBTSxnQkFBZ0IsR0FBRyxPQUFPLElBQUs7QUFDM0QsV0FBTyxVQUFVLFFBQVEsVUFBVSxJQUFJLEdBQUcsRUFBRSxPQUFPLEdBQUcsTUFBTSxFQUFFLENBQUM7QUFBQSxFQUNqRSxDQUFDO0FBRUQsS0FBRyxtRUFBbUUsTUFBTTtBQUMxRSxVQUFNLE9BQU8sRUFBRSxPQUFPLEdBQUcsZ0JBQWdCLEdBQUcsT0FBTyxJQUFLO0FBQ3hELFdBQU8sTUFBTSxVQUFVLFVBQVUsTUFBTSxDQUFDLEdBQUcsRUFBRTtBQUM3QyxXQUFPLE1BQU0sVUFBVSxVQUFVLE1BQU0sR0FBRyxHQUFHLENBQUM7QUFDOUMsV0FBTyxNQUFNLFVBQVUsVUFBVSxNQUFNLEdBQUcsR0FBRyxDQUFDO0FBQzlDLFdBQU8sTUFBTSxVQUFVLFVBQVUsTUFBTSxHQUFHLEdBQUcsRUFBRTtBQUMvQyxXQUFPLE1BQU0sVUFBVSxVQUFVLE1BQU0sR0FBRyxHQUFHLEVBQUU7QUFDL0MsV0FBTyxNQUFNLFVBQVUsVUFBVSxNQUFNLEtBQUssRUFBRSxHQUFHLENBQUM7QUFDbEQsVUFBTSxNQUFNLEVBQUUsT0FBTyxHQUFHLGdCQUFnQixLQUFLLE9BQU8sSUFBSztBQUN6RCxXQUFPLE1BQU0sVUFBVSxVQUFVLEtBQUssSUFBSSxLQUFLLEdBQUcsSUFBSSxHQUFHLEdBQUcsQ0FBQztBQUFBLEVBQy9ELENBQUM7QUFFRCxLQUFHLHFFQUFxRSxNQUFNO0FBQzVFLFVBQU0sT0FBTyxFQUFFLE9BQU8sR0FBRyxnQkFBZ0IsS0FBSyxPQUFPLElBQUs7QUFDMUQsV0FBTyxNQUFNLFFBQVEsTUFBTSxPQUFPLEtBQU0sSUFBSSxHQUFHLEdBQUc7QUFDbEQsV0FBTyxNQUFNLFFBQVEsTUFBTSxLQUFLLEtBQU0sR0FBRyxHQUFHLEdBQUc7QUFDL0MsV0FBTyxNQUFNLFFBQVEsTUFBTSxLQUFLLEtBQU0sR0FBRyxHQUFHLEdBQUc7QUFDL0MsV0FBTyxNQUFNLFFBQVEsTUFBTSxLQUFLLEtBQU0sSUFBSSxHQUFHLENBQUM7QUFDOUMsV0FBTyxNQUFNLFFBQVEsTUFBTSxLQUFLLEtBQU0sSUFBSSxHQUFHLElBQUk7QUFBQSxFQUNuRCxDQUFDO0FBQ0gsQ0FBQztBQUVELFNBQVMsYUFBYSxNQUFNO0FBQzFCLEtBQUcsd0RBQXdELE1BQU07QUFDL0QsZUFBVyxPQUFPLENBQUMsSUFBSSxJQUFJLE9BQU8sSUFBSSxFQUFFLEdBQUc7QUFDekMsWUFBTSxPQUFPLE9BQU8sR0FBRztBQUN2QixZQUFNLFNBQVMsSUFBSSxPQUFPO0FBQzFCLGVBQVMsT0FBTyxPQUFPLFFBQVEsSUFBSSxPQUFPO0FBQ3hDLGNBQU0sT0FBTyxNQUFNLE1BQU0sTUFBTSxNQUFNO0FBQ3JDLGNBQU0sV0FBVyxLQUFLLE9BQU8sQ0FBQyxFQUFFLE1BQU0sTUFBTSxVQUFVLElBQUk7QUFDMUQsZUFBTyxHQUFHLEtBQUssU0FBUyxLQUFLLEdBQUcsS0FBSyxNQUFNLFFBQVE7QUFDbkQsZUFBTyxHQUFHLFNBQVMsVUFBVSxLQUFLLFNBQVMsVUFBVSxJQUFJLEdBQUcsU0FBUyxNQUFNLFNBQVM7QUFDcEYsbUJBQVcsQ0FBQyxPQUFPLEVBQUUsTUFBTSxDQUFDLEtBQUssS0FBSyxRQUFRLEdBQUc7QUFDL0MsaUJBQU8sR0FBRyxPQUFPLFVBQVUsS0FBSyxLQUFLLFNBQVMsS0FBSyxTQUFTLE1BQU07QUFDbEUsaUJBQU8sR0FBRyxVQUFVLEtBQUssU0FBUyxLQUFLLFFBQVEsQ0FBQyxHQUFHLFNBQVMsRUFBRTtBQUFBLFFBQ2hFO0FBQ0EsY0FBTSxPQUFPLE9BQU8sTUFBTSxLQUFLLEtBQUssTUFBTTtBQUMxQyxZQUFJLEtBQUssbUJBQW1CLEtBQUssZUFBZ0I7QUFDakQsZUFBTztBQUFBLE1BQ1Q7QUFBQSxJQUNGO0FBQUEsRUFDRixDQUFDO0FBRUQsS0FBRyxrRUFBa0UsTUFBTTtBQUN6RSxVQUFNLE9BQU8sT0FBTyxFQUFFO0FBQ3RCLFdBQU87QUFBQSxNQUNMLE1BQU0sRUFBRSxPQUFPLEdBQUcsZ0JBQWdCLE1BQU0sT0FBTyxJQUFJLEdBQUcsTUFBTSxHQUFJLEVBQUUsT0FBTyxDQUFDLEVBQUUsTUFBTSxNQUFNLEtBQUs7QUFBQSxNQUM3RixDQUFDLEdBQUcsR0FBRyxHQUFHLEdBQUcsR0FBRyxDQUFDLEVBQUUsSUFBSSxDQUFDLFlBQVksRUFBRSxPQUFPLFNBQVMsSUFBSSxPQUFPLFVBQVUsTUFBTSxHQUFHLEVBQUU7QUFBQSxJQUN4RjtBQUNBLFVBQU0sUUFBUSxNQUFNLEVBQUUsT0FBTyxJQUFJLGdCQUFnQixJQUFJLElBQUksT0FBTyxJQUFJLEdBQUcsTUFBTSxHQUFJO0FBQ2pGLFdBQU87QUFBQSxNQUNMLE1BQU0sT0FBTyxDQUFDLEVBQUUsTUFBTSxNQUFNLEtBQUssRUFBRSxJQUFJLENBQUMsRUFBRSxNQUFNLE1BQU0sS0FBSztBQUFBLE1BQzNELENBQUMsZUFBZSxlQUFlLGFBQWE7QUFBQSxJQUM5QztBQUFBLEVBQ0YsQ0FBQztBQUNILENBQUM7QUFFRCxTQUFTLGNBQWMsTUFBTTtBQUMzQixLQUFHLHlDQUF5QyxNQUFNO0FBQ2hELFVBQU0sU0FBUyxPQUFPLENBQUM7QUFDdkIsVUFBTSxRQUFRLFVBQVU7QUFBQSxNQUFLLEVBQUUsUUFBUSxJQUFJLElBQU87QUFBQSxNQUFHLENBQUMsR0FBRyxVQUN2RCxRQUFRLElBQUksTUFBTSxRQUFRLEdBQUcsRUFBRSxJQUFJLE1BQU0sUUFBUSxLQUFLLENBQUM7QUFBQSxJQUN6RDtBQUNBLFVBQU0sSUFBSSxRQUFTLENBQUMsSUFBSTtBQUN4QixVQUFNLFFBQVEsUUFBUSxLQUFLO0FBQzNCLFdBQU8sR0FBRyxNQUFNLE9BQU8sU0FBUyxDQUFDO0FBQ2pDLGVBQVcsU0FBUyxDQUFDLE1BQU0sS0FBSyxLQUFLLEdBQUcsSUFBSSxHQUFHLEdBQUc7QUFDaEQsWUFBTSxDQUFDLEtBQUssSUFBSSxJQUFJLFlBQVksT0FBTyxTQUFTLFFBQVEsR0FBRyxTQUFTLFFBQVEsQ0FBQyxLQUFLLENBQUMsR0FBRyxDQUFDO0FBQ3ZGLGFBQU8sTUFBTSxNQUFNLENBQUM7QUFDcEIsYUFBTyxHQUFHLE1BQU0sS0FBSyxPQUFPLE1BQU0sR0FBRztBQUFBLElBQ3ZDO0FBQ0EsV0FBTyxJQUFJLFlBQVksT0FBTyxLQUFLLEdBQUcsSUFBSSxDQUFDLEtBQUssTUFBTSxLQUFLLEdBQUc7QUFBQSxFQUNoRSxDQUFDO0FBRUQsS0FBRyw2Q0FBNkMsTUFBTTtBQUNwRCxVQUFNLFFBQVEsUUFBUSxJQUFJLFVBQVUsR0FBSSxDQUFDO0FBQ3pDLFdBQU8sTUFBTSxZQUFZLE9BQU8sSUFBSSxFQUFFLEdBQUcsSUFBSTtBQUM3QyxXQUFPLE1BQU0sWUFBWSxPQUFPLElBQUksQ0FBQyxHQUFHLElBQUk7QUFDNUMsV0FBTyxNQUFNLFlBQVksT0FBTyxJQUFJLEVBQUUsR0FBRyxJQUFJO0FBQzdDLFdBQU8sVUFBVSxZQUFZLE9BQU8sSUFBSSxDQUFDLEdBQUcsQ0FBQyxHQUFHLENBQUMsQ0FBQztBQUNsRCxXQUFPLE1BQU0sWUFBWSxRQUFRLElBQUksVUFBVSxDQUFDLENBQUMsR0FBRyxHQUFHLENBQUMsR0FBRyxJQUFJO0FBQUEsRUFDakUsQ0FBQztBQUNILENBQUM7QUFFRCxTQUFTLGVBQWUsTUFBTTtBQUM1QixLQUFHLCtDQUErQyxNQUFNO0FBQ3RELFdBQU8sVUFBVSxPQUFPLEdBQUcsS0FBSyxJQUFJLEdBQUksR0FBRyxFQUFFLE9BQU8sR0FBRyxLQUFLLEdBQUcsQ0FBQztBQUNoRSxXQUFPLFVBQVUsT0FBTyxLQUFNLEtBQUssSUFBSSxHQUFJLEdBQUcsRUFBRSxPQUFPLElBQUksS0FBSyxJQUFJLENBQUM7QUFDckUsV0FBTyxVQUFVLE9BQU8sS0FBSyxLQUFLLElBQUksQ0FBQyxHQUFHLEVBQUUsT0FBTyxHQUFHLEtBQUssRUFBRSxDQUFDO0FBQzlELFdBQU8sVUFBVSxPQUFPLEdBQUcsS0FBSyxJQUFJLENBQUMsR0FBRyxFQUFFLE9BQU8sR0FBRyxLQUFLLEVBQUUsQ0FBQztBQUFBLEVBQzlELENBQUM7QUFFRCxLQUFHLG1DQUFtQyxNQUFNO0FBQzFDLFdBQU8sTUFBTSxTQUFTLElBQUksR0FBRyxLQUFLLEVBQUUsR0FBRyxHQUFHO0FBQzFDLFdBQU8sTUFBTSxTQUFTLEdBQUcsS0FBSyxLQUFLLEVBQUUsR0FBRyxFQUFFO0FBQzFDLFdBQU8sTUFBTSxTQUFTLEdBQUcsS0FBSyxLQUFLLEVBQUUsR0FBRyxHQUFHO0FBQUEsRUFDN0MsQ0FBQztBQUNILENBQUM7IiwKICAibmFtZXMiOiBbIndob2xlIiwgInBlclNlY29uZCIsICJhbGwiXQp9Cg==
