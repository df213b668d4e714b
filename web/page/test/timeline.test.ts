import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rateOf } from "../src/edit/rate.ts";
import { peakBetween, peaksOf } from "../src/timeline/peaks.ts";
import { rowsIn, scrollTo } from "../src/timeline/rows.ts";
import { marks } from "../src/timeline/ruler.ts";
import {
  clamped,
  fitted,
  frameAtX,
  grippedAt,
  resized,
  scrolled,
  showing,
  snapped,
  visible,
  xOf,
  zoomed,
} from "../src/timeline/view.ts";
import { chance, whole } from "./random.ts";

const HOURS_3 = 3 * 3600 * 30;
const all = fitted(HOURS_3, 1200);

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
    assert.ok(Math.abs(xOf(showing(close, 100_000, HOURS_3), 100_000) - 120) < 1e-6);
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
  const switches = Array.from({ length: 1000 }, (_, index) => ({
    frame: index * 324,
    camera: `c${(index % 3) + 1}`,
  }));

  it("are those in the view, and the one that is on at its left edge", () => {
    assert.deepEqual(visible(switches, all), { first: 0, last: 999 });
    const view = { start: 1000, framesPerPixel: 1, width: 1000 };
    assert.deepEqual(visible(switches, view), { first: 3, last: 6 });
  });

  it("are taken hold of from nearby, the nearest, and never the first", () => {
    const view = { start: 0, framesPerPixel: 1, width: 1000 };
    assert.equal(grippedAt(switches, view, 0), -1);
    assert.equal(grippedAt(switches, view, 318), 1);
    assert.equal(grippedAt(switches, view, 330), 1);
    assert.equal(grippedAt(switches, view, 331), -1);
    assert.equal(grippedAt(switches, view, 317), -1);
    assert.equal(grippedAt(switches, view, 310, 18), 1);
    const far = { start: 0, framesPerPixel: 100, width: 1000 };
    assert.equal(grippedAt(switches, far, xOf(far, 648) + 0.1), 2);
  });

  it("are dragged to whole frames, and to the playhead where it is near", () => {
    const view = { start: 0, framesPerPixel: 0.5, width: 1000 };
    assert.equal(snapped(view, 201.2, 5000, null), 101);
    assert.equal(snapped(view, 201, 5000, 103), 103);
    assert.equal(snapped(view, 201, 5000, 120), 101);
    assert.equal(snapped(view, -50, 5000, null), 0);
    assert.equal(snapped(view, 1e9, 5000, null), 4999);
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
      marks({ start: 0, framesPerPixel: 0.25, width: 500 }, rate, 5000).filter(
        ({ label }) => label,
      ),
      [0, 1, 2, 3, 4, 5].map((second) => ({ frame: second * 25, label: `00:00:0${second}` })),
    );
    const close = marks({ start: 23, framesPerPixel: 1 / 24, width: 240 }, rate, 5000);
    assert.deepEqual(
      close.filter(({ label }) => label).map(({ label }) => label),
      ["00:00:00:20", "00:00:01:00", "00:00:01:05"],
    );
  });
});

describe("a waveform", () => {
  it("tells the same extremes at every zoom", () => {
    const random = chance(5);
    const bytes = Int8Array.from({ length: 2 * 40_000 }, (_, index) =>
      index % 2 ? whole(random, 0, 90) : whole(random, -90, 0),
    );
    bytes[2 * 12_345 + 1] = 127;
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
    const peaks = peaksOf(new Int8Array(2000));
    assert.equal(peakBetween(peaks, -2, -1), null);
    assert.equal(peakBetween(peaks, -2, 0), null);
    assert.equal(peakBetween(peaks, 10, 11), null);
    assert.deepEqual(peakBetween(peaks, -1, 1), [0, 0]);
    assert.equal(peakBetween(peaksOf(new Int8Array(0)), 0, 1), null);
  });
});

describe("a long list", () => {
  it("has the rows that are seen, and some around", () => {
    assert.deepEqual(rowsIn(0, 200, 40, 1000), { first: 0, end: 13 });
    assert.deepEqual(rowsIn(4000, 200, 40, 1000), { first: 92, end: 113 });
    assert.deepEqual(rowsIn(1e6, 200, 40, 3), { first: 3, end: 3 });
    assert.deepEqual(rowsIn(0, 200, 40, 3), { first: 0, end: 3 });
  });

  it("scrolls no further than it must", () => {
    assert.equal(scrollTo(10, 0, 200, 40), 240);
    assert.equal(scrollTo(2, 200, 200, 40), 80);
    assert.equal(scrollTo(6, 200, 200, 40), 200);
  });
});
