// test/switches.test.ts
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
function secondsOf(frame, { num, den }) {
  return frame * den / num;
}
function nearestFrame(seconds, { num, den }) {
  return Math.round(seconds * num / den) + 0;
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
function cameraAt(edit2, frame) {
  return edit2.switches[indexAt(edit2.switches, frame)].camera;
}
function turns(edit2) {
  return edit2.switches.map(({ frame, camera: camera2 }, index) => ({
    camera: camera2,
    start: frame,
    end: edit2.switches[index + 1]?.frame ?? edit2.frames
  }));
}
function turnAt(edit2, frame) {
  const index = indexAt(edit2.switches, frame);
  const { camera: camera2, frame: start } = edit2.switches[index];
  return { camera: camera2, start, end: edit2.switches[index + 1]?.frame ?? edit2.frames };
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
function withSwitches(edit2, switches) {
  const next = normal(switches, edit2.frames);
  return isSame(next, edit2.switches) ? edit2 : { ...edit2, switches: next };
}
function isSame(one, other) {
  return one.length === other.length && one.every(({ frame, camera: camera2 }, index) => {
    const twin = other[index];
    return frame === twin.frame && camera2 === twin.camera;
  });
}
function switchAt(edit2, frame, camera2, until = frame) {
  if (frame < 0 || frame >= edit2.frames) return edit2;
  const last = Math.max(frame, until);
  const others = edit2.switches.filter((one) => one.frame < frame || one.frame > last);
  return withSwitches(edit2, [...others, { frame, camera: camera2 }]);
}
function roomOf(edit2, index) {
  if (index === 0) return { from: 0, to: 0 };
  return {
    from: edit2.switches[index - 1].frame + 1,
    to: (edit2.switches[index + 1]?.frame ?? edit2.frames) - 1
  };
}
function moveSwitch(edit2, from, to) {
  const index = edit2.switches.findIndex(({ frame: frame2 }) => frame2 === from);
  if (index < 1) return edit2;
  const room = roomOf(edit2, index);
  const frame = Math.min(room.to, Math.max(room.from, to));
  return withSwitches(
    edit2,
    edit2.switches.map((one, at) => at === index ? { ...one, frame } : one)
  );
}
function deleteSwitch(edit2, frame) {
  const left = edit2.switches.filter((one) => one.frame !== frame);
  return left.length === 0 ? edit2 : withSwitches(edit2, left);
}
function neighbourSwitch(edit2, frame, direction) {
  const index = indexAt(edit2.switches, frame);
  if (direction === 1) return edit2.switches[index + 1]?.frame ?? edit2.frames - 1;
  const here = edit2.switches[index].frame;
  return here < frame ? here : edit2.switches[index - 1]?.frame ?? 0;
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
function wholeSpan(edit2) {
  const spans = edit2.cameras.map((camera2) => spanOf(camera2, edit2.rate));
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end))
  };
}
function commonSpan(edit2) {
  const common = overlap(edit2.cameras.map((camera2) => spanOf(camera2, edit2.rate)));
  return common.end > common.start ? common : wholeSpan(edit2);
}
function trim(edit2, { start, end }) {
  if (end <= start || start === 0 && end === edit2.frames) return edit2;
  const by = secondsOf(start, edit2.rate);
  const frames = end - start;
  const moved = edit2.switches.map(({ frame, camera: camera2 }) => ({ frame: frame - start, camera: camera2 }));
  return {
    ...edit2,
    frames,
    cameras: edit2.cameras.map((camera2) => ({ ...camera2, offset: exact(camera2.offset + by) })),
    switches: normal(moved, frames)
  };
}
function fit(edit2) {
  return trim(edit2, commonSpan(edit2));
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

// test/switches.test.ts
var edit = newEdit([camera("c1"), camera("c2"), camera("c3")]);
var cut = withSwitches(edit, [
  { frame: 0, camera: "c1" },
  { frame: 100, camera: "c2" },
  { frame: 200, camera: "c3" }
]);
var asText = (one) => one.switches.map(({ frame, camera: camera2 }) => `${frame}${camera2}`).join(" ");
function assertNormal({ switches, frames, cameras }) {
  const ids = new Set(cameras.map(({ id }) => id));
  assert.equal(switches[0]?.frame, 0);
  for (const [index, { frame, camera: id }] of switches.entries()) {
    const before = switches[index - 1];
    assert.ok(Number.isInteger(frame) && frame >= 0 && frame < frames);
    assert.ok(ids.has(id));
    if (before) assert.ok(before.frame < frame && before.camera !== id);
  }
}
var painted = (one) => turns(one).flatMap(({ camera: id, start, end }) => Array(end - start).fill(id));
describe("switches", () => {
  it("last until the next one", () => {
    assert.equal(asText(switchAt(cut, 50, "c3")), "0c1 50c3 100c2 200c3");
    assert.equal(asText(switchAt(cut, 100, "c3")), "0c1 100c3");
    assert.equal(asText(switchAt(cut, 0, "c2")), "0c2 200c3");
  });
  it("overwrite in a take only what the playhead has passed", () => {
    assert.equal(asText(switchAt(cut, 50, "c3", 99)), "0c1 50c3 100c2 200c3");
    assert.equal(asText(switchAt(cut, 50, "c3", 100)), "0c1 50c3");
    assert.equal(asText(switchAt(cut, 50, "c1", 150)), "0c1 200c3");
    assert.equal(asText(switchAt(cut, 50, "c2", 199)), "0c1 50c2 200c3");
  });
  it("to who is on anyway, or outside of the programme, change nothing, not even the object", () => {
    assert.equal(switchAt(cut, 50, "c1"), cut);
    assert.equal(switchAt(cut, -1, "c2"), cut);
    assert.equal(switchAt(cut, cut.frames, "c2"), cut);
    assert.equal(moveSwitch(cut, 100, 100), cut);
    assert.equal(moveSwitch(cut, 0, 10), cut);
    assert.equal(moveSwitch(cut, 101, 10), cut);
    assert.equal(deleteSwitch(cut, 7), cut);
  });
  it("move between their neighbours", () => {
    assert.equal(asText(moveSwitch(cut, 100, 150)), "0c1 150c2 200c3");
    assert.equal(asText(moveSwitch(cut, 100, 999)), "0c1 199c2 200c3");
    assert.equal(asText(moveSwitch(cut, 100, -5)), "0c1 1c2 200c3");
    assert.equal(asText(moveSwitch(cut, 200, 1e9)), `0c1 100c2 ${cut.frames - 1}c3`);
    assert.deepEqual(roomOf(cut, 1), { from: 1, to: 199 });
  });
  it("give way when deleted, and equal neighbours become one", () => {
    assert.equal(asText(deleteSwitch(cut, 100)), "0c1 200c3");
    assert.equal(asText(deleteSwitch(cut, 0)), "0c2 200c3");
    const back = switchAt(cut, 200, "c1");
    assert.equal(asText(deleteSwitch(back, 100)), "0c1");
    assert.equal(deleteSwitch(edit, 0), edit);
  });
  it("are brought into order, whatever comes", () => {
    const messy = [
      { frame: 30, camera: "c2" },
      { frame: -10, camera: "c1" },
      { frame: 30, camera: "c3" },
      { frame: 40, camera: "c3" },
      { frame: 500, camera: "c1" },
      { frame: -3, camera: "c2" }
    ];
    assert.deepEqual(normal(messy, 100), [
      { frame: 0, camera: "c2" },
      { frame: 30, camera: "c3" }
    ]);
  });
  it("are found from every frame", () => {
    assert.deepEqual([0, 99, 100, 199, 200, 1799].map((frame) => indexAt(cut.switches, frame)), [
      0,
      0,
      1,
      1,
      2,
      2
    ]);
    assert.deepEqual(turnAt(cut, 150), { camera: "c2", start: 100, end: 200 });
    assert.deepEqual(turnAt(cut, 1e3), { camera: "c3", start: 200, end: 1800 });
    assert.equal(neighbourSwitch(cut, 150, 1), 200);
    assert.equal(neighbourSwitch(cut, 150, -1), 100);
    assert.equal(neighbourSwitch(cut, 100, -1), 0);
    assert.equal(neighbourSwitch(cut, 250, 1), 1799);
  });
  it("do what they say after any number of edits", () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = chance(seed);
      let now = randomEdit(random);
      const ids = now.cameras.map(({ id }) => id);
      for (let step = 0; step < 60; step++) {
        const before = painted(now);
        const frame = whole(random, 0, now.frames - 1);
        const id = oneOf(random, ids);
        const one = oneOf(random, now.switches);
        switch (whole(random, 0, 3)) {
          case 0: {
            const end = turnAt(now, frame).end;
            now = switchAt(now, frame, id);
            assert.deepEqual(painted(now), before.fill(id, frame, end));
            break;
          }
          case 1: {
            const until = Math.min(now.frames - 1, frame + whole(random, 0, 200));
            const end = turnAt(now, until).end;
            now = switchAt(now, frame, id, until);
            assert.deepEqual(painted(now), before.fill(id, frame, end));
            break;
          }
          case 2: {
            const count = now.switches.length;
            now = moveSwitch(now, one.frame, frame);
            assert.equal(now.switches.length, count);
            if (one.frame > 0) assert.equal(cameraAt(now, now.switches[indexAt(now.switches, frame)]?.frame ?? 0), cameraAt(now, frame));
            break;
          }
          default:
            now = deleteSwitch(now, one.frame);
            if (one.frame > 0) assert.equal(cameraAt(now, one.frame), before[one.frame - 1]);
        }
        assertNormal(now);
      }
    }
  });
});
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vdGVzdC9zd2l0Y2hlcy50ZXN0LnRzIiwgIi4uL3NyYy9lZGl0L3JhdGUudHMiLCAiLi4vc3JjL2VkaXQvc3dpdGNoZXMudHMiLCAiLi4vc3JjL2VkaXQvY2FtZXJhcy50cyIsICIuLi90ZXN0L3JhbmRvbS50cyJdLAogICJzb3VyY2VzQ29udGVudCI6IFsiaW1wb3J0IGFzc2VydCBmcm9tIFwibm9kZTphc3NlcnQvc3RyaWN0XCI7XG5pbXBvcnQgeyBkZXNjcmliZSwgaXQgfSBmcm9tIFwibm9kZTp0ZXN0XCI7XG5pbXBvcnQgeyBuZXdFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2NhbWVyYXNcIjtcbmltcG9ydCB0eXBlIHsgRWRpdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9lZGl0XCI7XG5pbXBvcnQge1xuICBjYW1lcmFBdCxcbiAgZGVsZXRlU3dpdGNoLFxuICBpbmRleEF0LFxuICBtb3ZlU3dpdGNoLFxuICBuZWlnaGJvdXJTd2l0Y2gsXG4gIG5vcm1hbCxcbiAgcm9vbU9mLFxuICBzd2l0Y2hBdCxcbiAgdHVybkF0LFxuICB0dXJucyxcbiAgd2l0aFN3aXRjaGVzLFxufSBmcm9tIFwiLi4vc3JjL2VkaXQvc3dpdGNoZXNcIjtcbmltcG9ydCB7IGNhbWVyYSwgY2hhbmNlLCBvbmVPZiwgcmFuZG9tRWRpdCwgd2hvbGUgfSBmcm9tIFwiLi9yYW5kb21cIjtcblxuY29uc3QgZWRpdCA9IG5ld0VkaXQoW2NhbWVyYShcImMxXCIpLCBjYW1lcmEoXCJjMlwiKSwgY2FtZXJhKFwiYzNcIildKTtcbmNvbnN0IGN1dCA9IHdpdGhTd2l0Y2hlcyhlZGl0LCBbXG4gIHsgZnJhbWU6IDAsIGNhbWVyYTogXCJjMVwiIH0sXG4gIHsgZnJhbWU6IDEwMCwgY2FtZXJhOiBcImMyXCIgfSxcbiAgeyBmcmFtZTogMjAwLCBjYW1lcmE6IFwiYzNcIiB9LFxuXSk7XG5cbmNvbnN0IGFzVGV4dCA9IChvbmU6IEVkaXQpID0+IG9uZS5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9KSA9PiBgJHtmcmFtZX0ke2NhbWVyYX1gKS5qb2luKFwiIFwiKTtcblxuZnVuY3Rpb24gYXNzZXJ0Tm9ybWFsKHsgc3dpdGNoZXMsIGZyYW1lcywgY2FtZXJhcyB9OiBFZGl0KTogdm9pZCB7XG4gIGNvbnN0IGlkcyA9IG5ldyBTZXQoY2FtZXJhcy5tYXAoKHsgaWQgfSkgPT4gaWQpKTtcbiAgYXNzZXJ0LmVxdWFsKHN3aXRjaGVzWzBdPy5mcmFtZSwgMCk7XG4gIGZvciAoY29uc3QgW2luZGV4LCB7IGZyYW1lLCBjYW1lcmE6IGlkIH1dIG9mIHN3aXRjaGVzLmVudHJpZXMoKSkge1xuICAgIGNvbnN0IGJlZm9yZSA9IHN3aXRjaGVzW2luZGV4IC0gMV07XG4gICAgYXNzZXJ0Lm9rKE51bWJlci5pc0ludGVnZXIoZnJhbWUpICYmIGZyYW1lID49IDAgJiYgZnJhbWUgPCBmcmFtZXMpO1xuICAgIGFzc2VydC5vayhpZHMuaGFzKGlkKSk7XG4gICAgaWYgKGJlZm9yZSkgYXNzZXJ0Lm9rKGJlZm9yZS5mcmFtZSA8IGZyYW1lICYmIGJlZm9yZS5jYW1lcmEgIT09IGlkKTtcbiAgfVxufVxuXG4vKiogV2hvIGlzIG9uLCBmcmFtZSBieSBmcmFtZTogdGhlIGVkaXQgd2l0aG91dCBhbnkgY2xldmVybmVzcy4gKi9cbmNvbnN0IHBhaW50ZWQgPSAob25lOiBFZGl0KSA9PlxuICB0dXJucyhvbmUpLmZsYXRNYXAoKHsgY2FtZXJhOiBpZCwgc3RhcnQsIGVuZCB9KSA9PiBBcnJheTxzdHJpbmc+KGVuZCAtIHN0YXJ0KS5maWxsKGlkKSk7XG5cbmRlc2NyaWJlKFwic3dpdGNoZXNcIiwgKCkgPT4ge1xuICBpdChcImxhc3QgdW50aWwgdGhlIG5leHQgb25lXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KHN3aXRjaEF0KGN1dCwgNTAsIFwiYzNcIikpLCBcIjBjMSA1MGMzIDEwMGMyIDIwMGMzXCIpO1xuICAgIGFzc2VydC5lcXVhbChhc1RleHQoc3dpdGNoQXQoY3V0LCAxMDAsIFwiYzNcIikpLCBcIjBjMSAxMDBjM1wiKTtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KHN3aXRjaEF0KGN1dCwgMCwgXCJjMlwiKSksIFwiMGMyIDIwMGMzXCIpO1xuICB9KTtcblxuICBpdChcIm92ZXJ3cml0ZSBpbiBhIHRha2Ugb25seSB3aGF0IHRoZSBwbGF5aGVhZCBoYXMgcGFzc2VkXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KHN3aXRjaEF0KGN1dCwgNTAsIFwiYzNcIiwgOTkpKSwgXCIwYzEgNTBjMyAxMDBjMiAyMDBjM1wiKTtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KHN3aXRjaEF0KGN1dCwgNTAsIFwiYzNcIiwgMTAwKSksIFwiMGMxIDUwYzNcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChzd2l0Y2hBdChjdXQsIDUwLCBcImMxXCIsIDE1MCkpLCBcIjBjMSAyMDBjM1wiKTtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KHN3aXRjaEF0KGN1dCwgNTAsIFwiYzJcIiwgMTk5KSksIFwiMGMxIDUwYzIgMjAwYzNcIik7XG4gIH0pO1xuXG4gIGl0KFwidG8gd2hvIGlzIG9uIGFueXdheSwgb3Igb3V0c2lkZSBvZiB0aGUgcHJvZ3JhbW1lLCBjaGFuZ2Ugbm90aGluZywgbm90IGV2ZW4gdGhlIG9iamVjdFwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmVxdWFsKHN3aXRjaEF0KGN1dCwgNTAsIFwiYzFcIiksIGN1dCk7XG4gICAgYXNzZXJ0LmVxdWFsKHN3aXRjaEF0KGN1dCwgLTEsIFwiYzJcIiksIGN1dCk7XG4gICAgYXNzZXJ0LmVxdWFsKHN3aXRjaEF0KGN1dCwgY3V0LmZyYW1lcywgXCJjMlwiKSwgY3V0KTtcbiAgICBhc3NlcnQuZXF1YWwobW92ZVN3aXRjaChjdXQsIDEwMCwgMTAwKSwgY3V0KTtcbiAgICBhc3NlcnQuZXF1YWwobW92ZVN3aXRjaChjdXQsIDAsIDEwKSwgY3V0KTtcbiAgICBhc3NlcnQuZXF1YWwobW92ZVN3aXRjaChjdXQsIDEwMSwgMTApLCBjdXQpO1xuICAgIGFzc2VydC5lcXVhbChkZWxldGVTd2l0Y2goY3V0LCA3KSwgY3V0KTtcbiAgfSk7XG5cbiAgaXQoXCJtb3ZlIGJldHdlZW4gdGhlaXIgbmVpZ2hib3Vyc1wiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChtb3ZlU3dpdGNoKGN1dCwgMTAwLCAxNTApKSwgXCIwYzEgMTUwYzIgMjAwYzNcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChtb3ZlU3dpdGNoKGN1dCwgMTAwLCA5OTkpKSwgXCIwYzEgMTk5YzIgMjAwYzNcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChtb3ZlU3dpdGNoKGN1dCwgMTAwLCAtNSkpLCBcIjBjMSAxYzIgMjAwYzNcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChtb3ZlU3dpdGNoKGN1dCwgMjAwLCAxZTkpKSwgYDBjMSAxMDBjMiAke2N1dC5mcmFtZXMgLSAxfWMzYCk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChyb29tT2YoY3V0LCAxKSwgeyBmcm9tOiAxLCB0bzogMTk5IH0pO1xuICB9KTtcblxuICBpdChcImdpdmUgd2F5IHdoZW4gZGVsZXRlZCwgYW5kIGVxdWFsIG5laWdoYm91cnMgYmVjb21lIG9uZVwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChkZWxldGVTd2l0Y2goY3V0LCAxMDApKSwgXCIwYzEgMjAwYzNcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGFzVGV4dChkZWxldGVTd2l0Y2goY3V0LCAwKSksIFwiMGMyIDIwMGMzXCIpO1xuICAgIGNvbnN0IGJhY2sgPSBzd2l0Y2hBdChjdXQsIDIwMCwgXCJjMVwiKTtcbiAgICBhc3NlcnQuZXF1YWwoYXNUZXh0KGRlbGV0ZVN3aXRjaChiYWNrLCAxMDApKSwgXCIwYzFcIik7XG4gICAgYXNzZXJ0LmVxdWFsKGRlbGV0ZVN3aXRjaChlZGl0LCAwKSwgZWRpdCk7XG4gIH0pO1xuXG4gIGl0KFwiYXJlIGJyb3VnaHQgaW50byBvcmRlciwgd2hhdGV2ZXIgY29tZXNcIiwgKCkgPT4ge1xuICAgIGNvbnN0IG1lc3N5ID0gW1xuICAgICAgeyBmcmFtZTogMzAsIGNhbWVyYTogXCJjMlwiIH0sXG4gICAgICB7IGZyYW1lOiAtMTAsIGNhbWVyYTogXCJjMVwiIH0sXG4gICAgICB7IGZyYW1lOiAzMCwgY2FtZXJhOiBcImMzXCIgfSxcbiAgICAgIHsgZnJhbWU6IDQwLCBjYW1lcmE6IFwiYzNcIiB9LFxuICAgICAgeyBmcmFtZTogNTAwLCBjYW1lcmE6IFwiYzFcIiB9LFxuICAgICAgeyBmcmFtZTogLTMsIGNhbWVyYTogXCJjMlwiIH0sXG4gICAgXTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKG5vcm1hbChtZXNzeSwgMTAwKSwgW1xuICAgICAgeyBmcmFtZTogMCwgY2FtZXJhOiBcImMyXCIgfSxcbiAgICAgIHsgZnJhbWU6IDMwLCBjYW1lcmE6IFwiYzNcIiB9LFxuICAgIF0pO1xuICB9KTtcblxuICBpdChcImFyZSBmb3VuZCBmcm9tIGV2ZXJ5IGZyYW1lXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKFswLCA5OSwgMTAwLCAxOTksIDIwMCwgMTc5OV0ubWFwKChmcmFtZSkgPT4gaW5kZXhBdChjdXQuc3dpdGNoZXMsIGZyYW1lKSksIFtcbiAgICAgIDAsIDAsIDEsIDEsIDIsIDIsXG4gICAgXSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbCh0dXJuQXQoY3V0LCAxNTApLCB7IGNhbWVyYTogXCJjMlwiLCBzdGFydDogMTAwLCBlbmQ6IDIwMCB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKHR1cm5BdChjdXQsIDEwMDApLCB7IGNhbWVyYTogXCJjM1wiLCBzdGFydDogMjAwLCBlbmQ6IDE4MDAgfSk7XG4gICAgYXNzZXJ0LmVxdWFsKG5laWdoYm91clN3aXRjaChjdXQsIDE1MCwgMSksIDIwMCk7XG4gICAgYXNzZXJ0LmVxdWFsKG5laWdoYm91clN3aXRjaChjdXQsIDE1MCwgLTEpLCAxMDApO1xuICAgIGFzc2VydC5lcXVhbChuZWlnaGJvdXJTd2l0Y2goY3V0LCAxMDAsIC0xKSwgMCk7XG4gICAgYXNzZXJ0LmVxdWFsKG5laWdoYm91clN3aXRjaChjdXQsIDI1MCwgMSksIDE3OTkpO1xuICB9KTtcblxuICBpdChcImRvIHdoYXQgdGhleSBzYXkgYWZ0ZXIgYW55IG51bWJlciBvZiBlZGl0c1wiLCAoKSA9PiB7XG4gICAgZm9yIChsZXQgc2VlZCA9IDA7IHNlZWQgPCA2MDsgc2VlZCsrKSB7XG4gICAgICBjb25zdCByYW5kb20gPSBjaGFuY2Uoc2VlZCk7XG4gICAgICBsZXQgbm93ID0gcmFuZG9tRWRpdChyYW5kb20pO1xuICAgICAgY29uc3QgaWRzID0gbm93LmNhbWVyYXMubWFwKCh7IGlkIH0pID0+IGlkKTtcbiAgICAgIGZvciAobGV0IHN0ZXAgPSAwOyBzdGVwIDwgNjA7IHN0ZXArKykge1xuICAgICAgICBjb25zdCBiZWZvcmUgPSBwYWludGVkKG5vdyk7XG4gICAgICAgIGNvbnN0IGZyYW1lID0gd2hvbGUocmFuZG9tLCAwLCBub3cuZnJhbWVzIC0gMSk7XG4gICAgICAgIGNvbnN0IGlkID0gb25lT2YocmFuZG9tLCBpZHMpO1xuICAgICAgICBjb25zdCBvbmUgPSBvbmVPZihyYW5kb20sIG5vdy5zd2l0Y2hlcyk7XG4gICAgICAgIHN3aXRjaCAod2hvbGUocmFuZG9tLCAwLCAzKSkge1xuICAgICAgICAgIGNhc2UgMDoge1xuICAgICAgICAgICAgY29uc3QgZW5kID0gdHVybkF0KG5vdywgZnJhbWUpLmVuZDtcbiAgICAgICAgICAgIG5vdyA9IHN3aXRjaEF0KG5vdywgZnJhbWUsIGlkKTtcbiAgICAgICAgICAgIGFzc2VydC5kZWVwRXF1YWwocGFpbnRlZChub3cpLCBiZWZvcmUuZmlsbChpZCwgZnJhbWUsIGVuZCkpO1xuICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgfVxuICAgICAgICAgIGNhc2UgMToge1xuICAgICAgICAgICAgY29uc3QgdW50aWwgPSBNYXRoLm1pbihub3cuZnJhbWVzIC0gMSwgZnJhbWUgKyB3aG9sZShyYW5kb20sIDAsIDIwMCkpO1xuICAgICAgICAgICAgY29uc3QgZW5kID0gdHVybkF0KG5vdywgdW50aWwpLmVuZDtcbiAgICAgICAgICAgIG5vdyA9IHN3aXRjaEF0KG5vdywgZnJhbWUsIGlkLCB1bnRpbCk7XG4gICAgICAgICAgICBhc3NlcnQuZGVlcEVxdWFsKHBhaW50ZWQobm93KSwgYmVmb3JlLmZpbGwoaWQsIGZyYW1lLCBlbmQpKTtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgIH1cbiAgICAgICAgICBjYXNlIDI6IHtcbiAgICAgICAgICAgIGNvbnN0IGNvdW50ID0gbm93LnN3aXRjaGVzLmxlbmd0aDtcbiAgICAgICAgICAgIG5vdyA9IG1vdmVTd2l0Y2gobm93LCBvbmUuZnJhbWUsIGZyYW1lKTtcbiAgICAgICAgICAgIGFzc2VydC5lcXVhbChub3cuc3dpdGNoZXMubGVuZ3RoLCBjb3VudCk7XG4gICAgICAgICAgICBpZiAob25lLmZyYW1lID4gMCkgYXNzZXJ0LmVxdWFsKGNhbWVyYUF0KG5vdywgbm93LnN3aXRjaGVzW2luZGV4QXQobm93LnN3aXRjaGVzLCBmcmFtZSldPy5mcmFtZSA/PyAwKSwgY2FtZXJhQXQobm93LCBmcmFtZSkpO1xuICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgfVxuICAgICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICBub3cgPSBkZWxldGVTd2l0Y2gobm93LCBvbmUuZnJhbWUpO1xuICAgICAgICAgICAgaWYgKG9uZS5mcmFtZSA+IDApIGFzc2VydC5lcXVhbChjYW1lcmFBdChub3csIG9uZS5mcmFtZSksIGJlZm9yZVtvbmUuZnJhbWUgLSAxXSk7XG4gICAgICAgIH1cbiAgICAgICAgYXNzZXJ0Tm9ybWFsKG5vdyk7XG4gICAgICB9XG4gICAgfVxuICB9KTtcbn0pO1xuIiwgIi8qKiBGcmFtZSByYXRlcyBhcyBmcmFjdGlvbnMsIGFuZCB0aGUgb25seSBwbGFjZXMgd2hlcmUgZnJhbWVzIGJlY29tZSBzZWNvbmRzIG9yIHNlY29uZHMgZnJhbWVzLiAqL1xuaW1wb3J0IHR5cGUgeyBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuXG4vKiogUmF0ZXMgd2hvc2UgdHJ1ZSB2YWx1ZSBpcyBuICogMTAwMC8xMDAxIGFuZCB3aGljaCBwZW9wbGUgd3JpdGUgMjMuOTc2LCAyOS45NywgNTkuOTQgLi4uICovXG5jb25zdCBOVFNDID0gWzI0LCAzMCwgNDgsIDYwLCAxMjAsIDI0MF07XG4vKiogV2hhdCBhbiB1bmtub3duIHJhdGUgaXMgdGFrZW4gdG8gYmUuICovXG5jb25zdCBVU1VBTDogUmF0ZSA9IHsgbnVtOiAzMCwgZGVuOiAxIH07XG4vKiogQ29udGFpbmVycyBhbmQgZWRpdG9ycyByb3VuZDogYSB0aW1lIHRoaXMgbGl0dGxlIGJlZm9yZSBhIGZyYW1lJ3Mgc3RhcnQgYmVsb25ncyB0byB0aGF0IGZyYW1lLiAqL1xuZXhwb3J0IGNvbnN0IFRPTEVSQU5DRV9TRUNPTkRTID0gMC4wMDE7XG5cbi8qKiBUaGUgcmF0ZSB0aGF0IHRoZSBzZXJ2aWNlJ3MgYGZwc2AgdGVsbHMsIHdoaWNoIGlzIGEgZGVjaW1hbDogMjkuOTcwMDMgaXMgMzAwMDAvMTAwMS4gKi9cbmV4cG9ydCBmdW5jdGlvbiByYXRlT2YoZnBzOiBudW1iZXIgfCBudWxsKTogUmF0ZSB7XG4gIGlmIChmcHMgPT09IG51bGwgfHwgIU51bWJlci5pc0Zpbml0ZShmcHMpIHx8IGZwcyA8PSAwKSByZXR1cm4gVVNVQUw7XG4gIGZvciAoY29uc3QgbmFtZSBvZiBOVFNDKSB7XG4gICAgaWYgKE1hdGguYWJzKGZwcyAtIChuYW1lICogMTAwMCkgLyAxMDAxKSA8IDAuMDAxKSByZXR1cm4geyBudW06IG5hbWUgKiAxMDAwLCBkZW46IDEwMDEgfTtcbiAgfVxuICBjb25zdCB3aG9sZSA9IE1hdGgucm91bmQoZnBzKTtcbiAgaWYgKHdob2xlID4gMCAmJiBNYXRoLmFicyhmcHMgLSB3aG9sZSkgPCAwLjAwMSkgcmV0dXJuIHsgbnVtOiB3aG9sZSwgZGVuOiAxIH07XG4gIHJldHVybiByZWR1Y2VkKE1hdGgubWF4KDEsIE1hdGgucm91bmQoZnBzICogMTAwMCkpLCAxMDAwKTtcbn1cblxuZnVuY3Rpb24gcmVkdWNlZChudW06IG51bWJlciwgZGVuOiBudW1iZXIpOiBSYXRlIHtcbiAgbGV0IFthLCBiXSA9IFtudW0sIGRlbl07XG4gIHdoaWxlIChiID4gMCkgW2EsIGJdID0gW2IsIGEgJSBiXTtcbiAgcmV0dXJuIHsgbnVtOiBudW0gLyBhLCBkZW46IGRlbiAvIGEgfTtcbn1cblxuLyoqIEZyYW1lcyBwZXIgc2Vjb25kIGFzIGEgbnVtYmVyIHRvIHJlY2tvbiB3aXRoLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHBlclNlY29uZCh7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gbnVtIC8gZGVuO1xufVxuXG4vKiogVGhlIHJhdGUgYXMgYSBjb25maWcncyBgb3V0cHV0LmZwc2AgYW5kIHBlb3BsZSB3cml0ZSBpdDogMjkuOTcgbWVhbnMgMzAwMDAvMTAwMSB0aGVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiB3cml0dGVuKHJhdGU6IFJhdGUpOiBudW1iZXIge1xuICBjb25zdCB2YWx1ZSA9IHBlclNlY29uZChyYXRlKTtcbiAgcmV0dXJuIHJhdGUuZGVuID09PSAxMDAxID8gTnVtYmVyKHZhbHVlLnRvRml4ZWQoMykpIDogdmFsdWU7XG59XG5cbi8qKiBXaGVuIGEgZnJhbWUgYmVnaW5zLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNlY29uZHNPZihmcmFtZTogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gKGZyYW1lICogZGVuKSAvIG51bTtcbn1cblxuLyoqIFRoZSBmcmFtZSBuZWFyZXN0IHRvIGEgdGltZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZWFyZXN0RnJhbWUoc2Vjb25kczogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gTWF0aC5yb3VuZCgoc2Vjb25kcyAqIG51bSkgLyBkZW4pICsgMDtcbn1cblxuLyoqIFRoZSBmcmFtZSBvbiBzY3JlZW4gYXQgYSB0aW1lLCBhcyB0aGUgc2VydmljZSBoYXMgaXQ6IGxlc3MgdGhhbiAxIG1zIGJlZm9yZSB0aGUgbmV4dCBpdCBpcyB0aGUgbmV4dC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmcmFtZUF0KHNlY29uZHM6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgY29uc3QgcGxhY2UgPSAoKHNlY29uZHMgKyBUT0xFUkFOQ0VfU0VDT05EUykgKiBudW0pIC8gZGVuO1xuICByZXR1cm4gTWF0aC5jZWlsKHBsYWNlKSAtIDE7XG59XG5cbi8qKiBUaGUgZmlyc3QgZnJhbWUgdGhhdCBiZWdpbnMgYXQgYSB0aW1lIG9yIGFmdGVyIGl0LCBnaXZlIG9yIHRha2UgdGhhdCBtaWxsaXNlY29uZC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaXJzdEZyYW1lRnJvbShzZWNvbmRzOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIHJldHVybiBNYXRoLmNlaWwoKChzZWNvbmRzIC0gVE9MRVJBTkNFX1NFQ09ORFMpICogbnVtKSAvIGRlbikgKyAwO1xufVxuIiwgIi8qKiBXaG8gaXMgb24gd2hlbjogc3dpdGNoZXMgYW5kIHdoYXQgYmVjb21lcyBvZiB0aGVtLiBFdmVyeSBlZGl0IHRoYXQgY29tZXMgb3V0IGlzIGluIG5vcm1hbCBmb3JtLiAqL1xuaW1wb3J0IHR5cGUgeyBFZGl0LCBTd2l0Y2ggfSBmcm9tIFwiLi9lZGl0XCI7XG5cbi8qKiBBIGNhbWVyYSB0aGF0IGlzIG9uIGZyb20gYHN0YXJ0YCB1cCB0byBidXQgbm90IGluY2x1ZGluZyBgZW5kYC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVHVybiB7XG4gIHJlYWRvbmx5IGNhbWVyYTogc3RyaW5nO1xuICByZWFkb25seSBzdGFydDogbnVtYmVyO1xuICByZWFkb25seSBlbmQ6IG51bWJlcjtcbn1cblxuLyoqIFdoaWNoIG9mIHRoZSBzd2l0Y2hlcyBjb3VudHMgYXQgYSBmcmFtZTogaXRzIHBsYWNlIGluIHRoZSBsaXN0LCBmb3VuZCBpbiB0aGUgbG9nIG9mIHRoZWlyIG51bWJlci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBpbmRleEF0KHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSwgZnJhbWU6IG51bWJlcik6IG51bWJlciB7XG4gIGxldCBbbG93LCBoaWdoXSA9IFswLCBzd2l0Y2hlcy5sZW5ndGggLSAxXTtcbiAgd2hpbGUgKGxvdyA8IGhpZ2gpIHtcbiAgICBjb25zdCBtaWRkbGUgPSAobG93ICsgaGlnaCArIDEpID4+IDE7XG4gICAgaWYgKChzd2l0Y2hlc1ttaWRkbGVdIGFzIFN3aXRjaCkuZnJhbWUgPD0gZnJhbWUpIGxvdyA9IG1pZGRsZTtcbiAgICBlbHNlIGhpZ2ggPSBtaWRkbGUgLSAxO1xuICB9XG4gIHJldHVybiBsb3c7XG59XG5cbi8qKiBUaGUgaWQgb2YgdGhlIGNhbWVyYSB0aGF0IGlzIG9uIGF0IGEgZnJhbWUuICovXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IHN0cmluZyB7XG4gIHJldHVybiAoZWRpdC5zd2l0Y2hlc1tpbmRleEF0KGVkaXQuc3dpdGNoZXMsIGZyYW1lKV0gYXMgU3dpdGNoKS5jYW1lcmE7XG59XG5cbi8qKiBBbGwgdHVybnMgaW4gb3JkZXI7IHRoZXkgZmlsbCB0aGUgcHJvZ3JhbW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5zKGVkaXQ6IEVkaXQpOiBUdXJuW10ge1xuICByZXR1cm4gZWRpdC5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9LCBpbmRleCkgPT4gKHtcbiAgICBjYW1lcmEsXG4gICAgc3RhcnQ6IGZyYW1lLFxuICAgIGVuZDogZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcyxcbiAgfSkpO1xufVxuXG4vKiogVGhlIHR1cm4gdGhhdCBhIGZyYW1lIGlzIGluLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHR1cm5BdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogVHVybiB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGNvbnN0IHsgY2FtZXJhLCBmcmFtZTogc3RhcnQgfSA9IGVkaXQuc3dpdGNoZXNbaW5kZXhdIGFzIFN3aXRjaDtcbiAgcmV0dXJuIHsgY2FtZXJhLCBzdGFydCwgZW5kOiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIH07XG59XG5cbi8qKlxuICogU3dpdGNoZXMgaW4gbm9ybWFsIGZvcm06IGFzY2VuZGluZywgb2Ygc2V2ZXJhbCBhdCBvbmUgZnJhbWUgdGhlIGxhc3QsIG5vbmUgYXQgdGhlIGVuZCBvciBiZXlvbmQgaXQsIGFuZFxuICogbm9uZSB0byB0aGUgY2FtZXJhIHRoYXQgaXMgb24gYW55d2F5LiBUaGUgZWFybGllc3QgY291bnRzIGZyb20gZnJhbWUgMCBvbi5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5vcm1hbChzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW10sIGZyYW1lczogbnVtYmVyKTogU3dpdGNoW10ge1xuICBjb25zdCBzb3J0ZWQgPSBzd2l0Y2hlcy50b1NvcnRlZCgob25lLCBvdGhlcikgPT4gb25lLmZyYW1lIC0gb3RoZXIuZnJhbWUpO1xuICBjb25zdCBlYXJsaWVzdCA9IHNvcnRlZFswXT8uZnJhbWUgPz8gMDtcbiAgY29uc3Qga2VwdDogU3dpdGNoW10gPSBbXTtcbiAgZm9yIChjb25zdCB7IGZyYW1lLCBjYW1lcmEgfSBvZiBzb3J0ZWQpIHtcbiAgICBjb25zdCBhdCA9IGZyYW1lID09PSBlYXJsaWVzdCA/IDAgOiBNYXRoLm1heCgwLCBmcmFtZSk7XG4gICAgaWYgKGF0ID49IGZyYW1lcykgYnJlYWs7XG4gICAgd2hpbGUgKGtlcHQubGVuZ3RoID4gMCAmJiAoa2VwdC5hdCgtMSkgYXMgU3dpdGNoKS5mcmFtZSA+PSBhdCkga2VwdC5wb3AoKTtcbiAgICBpZiAoa2VwdC5hdCgtMSk/LmNhbWVyYSAhPT0gY2FtZXJhKSBrZXB0LnB1c2goeyBmcmFtZTogYXQsIGNhbWVyYSB9KTtcbiAgfVxuICByZXR1cm4ga2VwdDtcbn1cblxuLyoqIFRoZSBlZGl0IHdpdGggb3RoZXIgc3dpdGNoZXM7IHRoZSBzYW1lIG9iamVjdCB3aGVyZSBub3RoaW5nIGRpZmZlcnMsIHNvIHRoYXQgbm90aGluZyBpcyB0byBiZSB1bmRvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2l0aFN3aXRjaGVzKGVkaXQ6IEVkaXQsIHN3aXRjaGVzOiByZWFkb25seSBTd2l0Y2hbXSk6IEVkaXQge1xuICBjb25zdCBuZXh0ID0gbm9ybWFsKHN3aXRjaGVzLCBlZGl0LmZyYW1lcyk7XG4gIHJldHVybiBpc1NhbWUobmV4dCwgZWRpdC5zd2l0Y2hlcykgPyBlZGl0IDogeyAuLi5lZGl0LCBzd2l0Y2hlczogbmV4dCB9O1xufVxuXG5mdW5jdGlvbiBpc1NhbWUob25lOiByZWFkb25seSBTd2l0Y2hbXSwgb3RoZXI6IHJlYWRvbmx5IFN3aXRjaFtdKTogYm9vbGVhbiB7XG4gIHJldHVybiAoXG4gICAgb25lLmxlbmd0aCA9PT0gb3RoZXIubGVuZ3RoICYmXG4gICAgb25lLmV2ZXJ5KCh7IGZyYW1lLCBjYW1lcmEgfSwgaW5kZXgpID0+IHtcbiAgICAgIGNvbnN0IHR3aW4gPSBvdGhlcltpbmRleF0gYXMgU3dpdGNoO1xuICAgICAgcmV0dXJuIGZyYW1lID09PSB0d2luLmZyYW1lICYmIGNhbWVyYSA9PT0gdHdpbi5jYW1lcmE7XG4gICAgfSlcbiAgKTtcbn1cblxuLyoqXG4gKiBUaGUgY2FtZXJhIGlzIG9uIGZyb20gYGZyYW1lYCB1cCB0byB0aGUgbmV4dCBzd2l0Y2guXG4gKlxuICogV2hpbGUgYSB0YWtlIGlzIHJlY29yZGVkIHRoZSBwbGF5aGVhZCBoYXMgY29tZSB0byBgdW50aWxgOiBzd2l0Y2hlcyB1cCB0byBhbmQgYXQgaXQgYXJlIG92ZXJ3cml0dGVuLCBhbmRcbiAqIHdoYXQgbGllcyBhaGVhZCBzdGF5cywgYXMgd2l0aCBhIGxpdmUgc3dpdGNoZXIuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzd2l0Y2hBdChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBjYW1lcmE6IHN0cmluZywgdW50aWwgPSBmcmFtZSk6IEVkaXQge1xuICBpZiAoZnJhbWUgPCAwIHx8IGZyYW1lID49IGVkaXQuZnJhbWVzKSByZXR1cm4gZWRpdDtcbiAgY29uc3QgbGFzdCA9IE1hdGgubWF4KGZyYW1lLCB1bnRpbCk7XG4gIGNvbnN0IG90aGVycyA9IGVkaXQuc3dpdGNoZXMuZmlsdGVyKChvbmUpID0+IG9uZS5mcmFtZSA8IGZyYW1lIHx8IG9uZS5mcmFtZSA+IGxhc3QpO1xuICByZXR1cm4gd2l0aFN3aXRjaGVzKGVkaXQsIFsuLi5vdGhlcnMsIHsgZnJhbWUsIGNhbWVyYSB9XSk7XG59XG5cbi8qKiBIb3cgZmFyIHRoZSBzd2l0Y2ggYXQgYGluZGV4YCBjYW4gYmUgbW92ZWQ6IGJldHdlZW4gaXRzIG5laWdoYm91cnMuIFRoZSBmaXJzdCBzdGF5cyBhdCBmcmFtZSAwLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHJvb21PZihlZGl0OiBFZGl0LCBpbmRleDogbnVtYmVyKTogeyBmcm9tOiBudW1iZXI7IHRvOiBudW1iZXIgfSB7XG4gIGlmIChpbmRleCA9PT0gMCkgcmV0dXJuIHsgZnJvbTogMCwgdG86IDAgfTtcbiAgcmV0dXJuIHtcbiAgICBmcm9tOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCAtIDFdIGFzIFN3aXRjaCkuZnJhbWUgKyAxLFxuICAgIHRvOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcykgLSAxLFxuICB9O1xufVxuXG4vKiogVGhlIHN3aXRjaCBhdCBgZnJvbWAgbW92ZWQgdG8gYHRvYCwgb3IgYXMgbmVhciBhcyBpdHMgbmVpZ2hib3VycyBsZXQgaXQuICovXG5leHBvcnQgZnVuY3Rpb24gbW92ZVN3aXRjaChlZGl0OiBFZGl0LCBmcm9tOiBudW1iZXIsIHRvOiBudW1iZXIpOiBFZGl0IHtcbiAgY29uc3QgaW5kZXggPSBlZGl0LnN3aXRjaGVzLmZpbmRJbmRleCgoeyBmcmFtZSB9KSA9PiBmcmFtZSA9PT0gZnJvbSk7XG4gIGlmIChpbmRleCA8IDEpIHJldHVybiBlZGl0O1xuICBjb25zdCByb29tID0gcm9vbU9mKGVkaXQsIGluZGV4KTtcbiAgY29uc3QgZnJhbWUgPSBNYXRoLm1pbihyb29tLnRvLCBNYXRoLm1heChyb29tLmZyb20sIHRvKSk7XG4gIHJldHVybiB3aXRoU3dpdGNoZXMoXG4gICAgZWRpdCxcbiAgICBlZGl0LnN3aXRjaGVzLm1hcCgob25lLCBhdCkgPT4gKGF0ID09PSBpbmRleCA/IHsgLi4ub25lLCBmcmFtZSB9IDogb25lKSksXG4gICk7XG59XG5cbi8qKlxuICogVGhlIGVkaXQgd2l0aG91dCB0aGUgc3dpdGNoIGF0IGBmcmFtZWA6IHdobyB3YXMgb24gYmVmb3JlIGdvZXMgb24uIE9mIHRoZSBmaXJzdCBzd2l0Y2gsIHdobyBpcyBvbiBuZXh0IGlzXG4gKiBvbiBmcm9tIHRoZSBzdGFydC4gVGhlIGxhc3Qgb25lIHRoYXQgaXMgbGVmdCBzdGF5cy5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRlbGV0ZVN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyKTogRWRpdCB7XG4gIGNvbnN0IGxlZnQgPSBlZGl0LnN3aXRjaGVzLmZpbHRlcigob25lKSA9PiBvbmUuZnJhbWUgIT09IGZyYW1lKTtcbiAgcmV0dXJuIGxlZnQubGVuZ3RoID09PSAwID8gZWRpdCA6IHdpdGhTd2l0Y2hlcyhlZGl0LCBsZWZ0KTtcbn1cblxuLyoqIFRoZSBmcmFtZSBvZiB0aGUgbmV4dCBzd2l0Y2ggaW4gYSBkaXJlY3Rpb24sIG9yIHRoZSBwcm9ncmFtbWUncyBlZGdlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG5laWdoYm91clN3aXRjaChlZGl0OiBFZGl0LCBmcmFtZTogbnVtYmVyLCBkaXJlY3Rpb246IDEgfCAtMSk6IG51bWJlciB7XG4gIGNvbnN0IGluZGV4ID0gaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSk7XG4gIGlmIChkaXJlY3Rpb24gPT09IDEpIHJldHVybiBlZGl0LnN3aXRjaGVzW2luZGV4ICsgMV0/LmZyYW1lID8/IGVkaXQuZnJhbWVzIC0gMTtcbiAgY29uc3QgaGVyZSA9IChlZGl0LnN3aXRjaGVzW2luZGV4XSBhcyBTd2l0Y2gpLmZyYW1lO1xuICByZXR1cm4gaGVyZSA8IGZyYW1lID8gaGVyZSA6IChlZGl0LnN3aXRjaGVzW2luZGV4IC0gMV0/LmZyYW1lID8/IDApO1xufVxuIiwgIi8qKiBIb3cgY2FtZXJhcyBsaWUgb24gdGhlIHByb2dyYW1tZSdzIHRpbWUsIGFuZCB3aGVyZSB0aGUgcHJvZ3JhbW1lIGJlZ2lucyBhbmQgZW5kcy4gKi9cbmltcG9ydCB0eXBlIHsgQ2FtZXJhLCBFZGl0LCBSYXRlIH0gZnJvbSBcIi4vZWRpdFwiO1xuaW1wb3J0IHtcbiAgZmlyc3RGcmFtZUZyb20sXG4gIG5lYXJlc3RGcmFtZSxcbiAgcmF0ZU9mLFxuICBzZWNvbmRzT2YsXG59IGZyb20gXCIuL3JhdGVcIjtcbmltcG9ydCB7IG5vcm1hbCB9IGZyb20gXCIuL3N3aXRjaGVzXCI7XG5cbmV4cG9ydCBjb25zdCBGRVdFU1RfQ0FNRVJBUyA9IDI7XG5leHBvcnQgY29uc3QgTU9TVF9DQU1FUkFTID0gNjtcblxuLyoqIEZyYW1lcyBvZiB0aGUgcHJvZ3JhbW1lLCBbc3RhcnQsIGVuZCkuICovXG5leHBvcnQgaW50ZXJmYWNlIFNwYW4ge1xuICByZWFkb25seSBzdGFydDogbnVtYmVyO1xuICByZWFkb25seSBlbmQ6IG51bWJlcjtcbn1cblxuLyoqIFRpbWVzIGFyZSBrZXB0IHRvIHRoZSBuYW5vc2Vjb25kLCBhcyB0aGUgY2xpZW50IHdyaXRlcyB0aGVtIGludG8gYSBjb25maWcuICovXG5mdW5jdGlvbiBleGFjdChzZWNvbmRzOiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gTnVtYmVyKHNlY29uZHMudG9GaXhlZCg5KSk7XG59XG5cbi8qKlxuICogVGhlIG9mZnNldCB0aGF0IGNvdW50czogdG8gdGhlIG5lYXJlc3QgZnJhbWUgb2YgdGhlIGNhbWVyYS5cbiAqXG4gKiBUaGUgc2VydmljZSBzaG93cyB3aG9sZSBmcmFtZXMgb2YgYSBzb3VyY2UgYW5kIHRha2VzIHRoZSBvbmUgdGhhdCBoYXMgYmVndW4uIFdpdGhvdXQgdGhpcyBhIGNhbWVyYSB0aGF0XG4gKiBiZWdpbnMgMC45IGZyYW1lcyBsYXRlciB3b3VsZCBiZSBzaG93biBhbG1vc3QgYSB3aG9sZSBmcmFtZSBvZmY7IHNvIGl0IGlzIGhhbGYgb2Ygb25lIGF0IG1vc3QsIGFuZCBldmVyeVxuICogZnJhbWUgb2YgdGhlIHByZXZpZXcgaXMgdGhlIHZlcnkgZnJhbWUgb2YgdGhlIGV4cG9ydC5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNoaWZ0KHsgZnBzLCBvZmZzZXQgfTogUGljazxDYW1lcmEsIFwiZnBzXCIgfCBcIm9mZnNldFwiPik6IG51bWJlciB7XG4gIGlmIChmcHMgPT09IG51bGwpIHJldHVybiBleGFjdChvZmZzZXQpO1xuICBjb25zdCByYXRlID0gcmF0ZU9mKGZwcyk7XG4gIHJldHVybiBleGFjdChzZWNvbmRzT2YobmVhcmVzdEZyYW1lKG9mZnNldCwgcmF0ZSksIHJhdGUpKTtcbn1cblxuLyoqIFRoZSBwcm9ncmFtbWUncyBmcmFtZXMgb2Ygd2hpY2ggdGhlIGNhbWVyYSBoYXMgYSBwaWN0dXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNwYW5PZihjYW1lcmE6IENhbWVyYSwgcmF0ZTogUmF0ZSk6IFNwYW4ge1xuICBjb25zdCBiZWdpbiA9IC1zaGlmdChjYW1lcmEpO1xuICByZXR1cm4ge1xuICAgIHN0YXJ0OiBmaXJzdEZyYW1lRnJvbShiZWdpbiwgcmF0ZSksXG4gICAgZW5kOiBmaXJzdEZyYW1lRnJvbShiZWdpbiArIGNhbWVyYS5zZWNvbmRzLCByYXRlKSxcbiAgfTtcbn1cblxuZnVuY3Rpb24gb3ZlcmxhcChzcGFuczogcmVhZG9ubHkgU3BhbltdKTogU3BhbiB7XG4gIHJldHVybiB7XG4gICAgc3RhcnQ6IE1hdGgubWF4KC4uLnNwYW5zLm1hcCgoeyBzdGFydCB9KSA9PiBzdGFydCkpLFxuICAgIGVuZDogTWF0aC5taW4oLi4uc3BhbnMubWFwKCh7IGVuZCB9KSA9PiBlbmQpKSxcbiAgfTtcbn1cblxuLyoqIEZyb20gdGhlIGZpcnN0IHBpY3R1cmUgb2YgYW55IGNhbWVyYSB0byB0aGUgbGFzdCBvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2hvbGVTcGFuKGVkaXQ6IEVkaXQpOiBTcGFuIHtcbiAgY29uc3Qgc3BhbnMgPSBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHNwYW5PZihjYW1lcmEsIGVkaXQucmF0ZSkpO1xuICByZXR1cm4ge1xuICAgIHN0YXJ0OiBNYXRoLm1pbiguLi5zcGFucy5tYXAoKHsgc3RhcnQgfSkgPT4gc3RhcnQpKSxcbiAgICBlbmQ6IE1hdGgubWF4KC4uLnNwYW5zLm1hcCgoeyBlbmQgfSkgPT4gZW5kKSksXG4gIH07XG59XG5cbi8qKiBXaGVyZSBhbGwgY2FtZXJhcyBoYXZlIGEgcGljdHVyZTsgd2hlcmUgdGhhdCBpcyBub3doZXJlLCB3aGVyZSBhbnkgaGFzIG9uZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjb21tb25TcGFuKGVkaXQ6IEVkaXQpOiBTcGFuIHtcbiAgY29uc3QgY29tbW9uID0gb3ZlcmxhcChlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHNwYW5PZihjYW1lcmEsIGVkaXQucmF0ZSkpKTtcbiAgcmV0dXJuIGNvbW1vbi5lbmQgPiBjb21tb24uc3RhcnQgPyBjb21tb24gOiB3aG9sZVNwYW4oZWRpdCk7XG59XG5cbi8qKlxuICogVGhlIHByb2dyYW1tZSBiZWdpbnMgYW5kIGVuZHMgZWxzZXdoZXJlOiBmcmFtZSBgc3RhcnRgIGJlY29tZXMgZnJhbWUgMC5cbiAqXG4gKiBTd2l0Y2hlcyBzdGF5IHdpdGggdGhlIHBpY3R1cmVzLiBUaG9zZSB0aGF0IGFyZSBjdXQgb2ZmIGFyZSBnb25lLCB3aG8gaXMgb24gYXQgdGhlIG5ldyBzdGFydCBpcyBvbiBmcm9tXG4gKiB0aGVyZTsgd2hlcmUgdGhlIHByb2dyYW1tZSBiZWNvbWVzIGxvbmdlciwgaXRzIGZpcnN0IGFuZCBsYXN0IGNhbWVyYSBnbyBvbi5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHRyaW0oZWRpdDogRWRpdCwgeyBzdGFydCwgZW5kIH06IFNwYW4pOiBFZGl0IHtcbiAgaWYgKGVuZCA8PSBzdGFydCB8fCAoc3RhcnQgPT09IDAgJiYgZW5kID09PSBlZGl0LmZyYW1lcykpIHJldHVybiBlZGl0O1xuICBjb25zdCBieSA9IHNlY29uZHNPZihzdGFydCwgZWRpdC5yYXRlKTtcbiAgY29uc3QgZnJhbWVzID0gZW5kIC0gc3RhcnQ7XG4gIGNvbnN0IG1vdmVkID0gZWRpdC5zd2l0Y2hlcy5tYXAoKHsgZnJhbWUsIGNhbWVyYSB9KSA9PiAoeyBmcmFtZTogZnJhbWUgLSBzdGFydCwgY2FtZXJhIH0pKTtcbiAgcmV0dXJuIHtcbiAgICAuLi5lZGl0LFxuICAgIGZyYW1lcyxcbiAgICBjYW1lcmFzOiBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+ICh7IC4uLmNhbWVyYSwgb2Zmc2V0OiBleGFjdChjYW1lcmEub2Zmc2V0ICsgYnkpIH0pKSxcbiAgICBzd2l0Y2hlczogbm9ybWFsKG1vdmVkLCBmcmFtZXMpLFxuICB9O1xufVxuXG4vKiogVGhlIHByb2dyYW1tZSB3aGVyZSBhbGwgY2FtZXJhcyBoYXZlIGEgcGljdHVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaXQoZWRpdDogRWRpdCk6IEVkaXQge1xuICByZXR1cm4gdHJpbShlZGl0LCBjb21tb25TcGFuKGVkaXQpKTtcbn1cblxuLyoqXG4gKiBBIG5ldyBlZGl0OiB0aGUgZmlyc3QgY2FtZXJhIGlzIG9uIHRocm91Z2hvdXQsIGF0IGl0cyByYXRlLlxuICpcbiAqIFRoZSBwcm9ncmFtbWUgc3BhbnMgd2hhdCBhbGwgY2FtZXJhcyBoYXZlLCBzbyB0aGF0IHdob2V2ZXIgaXMgc3dpdGNoZWQgdG8gaXMgdGhlcmUuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZXdFZGl0KGNhbWVyYXM6IHJlYWRvbmx5IENhbWVyYVtdLCBuYW1lID0gXCJVbnRpdGxlZFwiKTogRWRpdCB7XG4gIGNvbnN0IFtmaXJzdF0gPSBjYW1lcmFzO1xuICBpZiAoIWZpcnN0IHx8IGNhbWVyYXMubGVuZ3RoIDwgRkVXRVNUX0NBTUVSQVMgfHwgY2FtZXJhcy5sZW5ndGggPiBNT1NUX0NBTUVSQVMpIHtcbiAgICB0aHJvdyBuZXcgUmFuZ2VFcnJvcihgQW4gZWRpdCBoYXMgJHtGRVdFU1RfQ0FNRVJBU30gdG8gJHtNT1NUX0NBTUVSQVN9IGNhbWVyYXMuYCk7XG4gIH1cbiAgY29uc3QgcmF0ZSA9IHJhdGVPZihmaXJzdC5mcHMpO1xuICBjb25zdCBmcmFtZXMgPSBNYXRoLm1heCgxLCBmaXJzdEZyYW1lRnJvbShmaXJzdC5zZWNvbmRzLCByYXRlKSk7XG4gIGNvbnN0IHN3aXRjaGVzID0gW3sgZnJhbWU6IDAsIGNhbWVyYTogZmlyc3QuaWQgfV07XG4gIHJldHVybiBmaXQoeyB2ZXJzaW9uOiAxLCBuYW1lLCByYXRlLCBmcmFtZXMsIGNhbWVyYXMsIHN3aXRjaGVzIH0pO1xufVxuXG4vKiogT25lIGNhbWVyYSdzIG9mZnNldCwgYW5kIG5vdGhpbmcgZWxzZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzZXRPZmZzZXQoZWRpdDogRWRpdCwgY2FtZXJhOiBzdHJpbmcsIG9mZnNldDogbnVtYmVyKTogRWRpdCB7XG4gIGlmICghTnVtYmVyLmlzRmluaXRlKG9mZnNldCkpIHJldHVybiBlZGl0O1xuICByZXR1cm4ge1xuICAgIC4uLmVkaXQsXG4gICAgY2FtZXJhczogZWRpdC5jYW1lcmFzLm1hcCgob25lKSA9PlxuICAgICAgb25lLmlkID09PSBjYW1lcmEgPyB7IC4uLm9uZSwgb2Zmc2V0OiBleGFjdChvZmZzZXQpIH0gOiBvbmUsXG4gICAgKSxcbiAgfTtcbn1cblxuLyoqIEhvdyBtYW55IHNlY29uZHMgbGF0ZXIgdGhhbiB0aGUgZmlyc3QgY2FtZXJhIHRoaXMgb25lIGJlZ2FuOyBuZWdhdGl2ZTogZWFybGllci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBsYWdPZihlZGl0OiBFZGl0LCBjYW1lcmE6IENhbWVyYSk6IG51bWJlciB7XG4gIHJldHVybiBleGFjdCgoZWRpdC5jYW1lcmFzWzBdIGFzIENhbWVyYSkub2Zmc2V0IC0gY2FtZXJhLm9mZnNldCk7XG59XG5cbi8qKlxuICogQ2FtZXJhcyB0aGF0IGJlZ2FuIHNvIG1hbnkgc2Vjb25kcyBhZnRlciB0aGUgZmlyc3Qgb25lLCBieSB0aGVpciBpZHM7IG90aGVycyBzdGF5IHdoZXJlIHRoZXkgYXJlLlxuICpcbiAqIFRoZSBmaXJzdCBjYW1lcmEgc3RheXMgb24gdGhlIHByb2dyYW1tZSdzIHRpbWUsIGFuZCBzd2l0Y2hlcyB3aXRoIGl0LiBBIHByb2dyYW1tZSB0aGF0IHNwYW5uZWQgd2hhdCBhbGxcbiAqIGNhbWVyYXMgaGF2ZSBkb2VzIHNvIGFnYWluOyBvbmUgdGhhdCB3YXMgdHJpbW1lZCBieSBoYW5kIHN0YXlzLlxuICovXG5leHBvcnQgZnVuY3Rpb24gc2V0TGFncyhlZGl0OiBFZGl0LCBsYWdzOiBSZWFkb25seTxSZWNvcmQ8c3RyaW5nLCBudW1iZXI+Pik6IEVkaXQge1xuICBjb25zdCBbZmlyc3RdID0gZWRpdC5jYW1lcmFzIGFzIHJlYWRvbmx5IFtDYW1lcmFdO1xuICBjb25zdCBjb21tb24gPSBjb21tb25TcGFuKGVkaXQpO1xuICBjb25zdCB3YXNXaG9sZSA9IGNvbW1vbi5zdGFydCA9PT0gMCAmJiBjb21tb24uZW5kID09PSBlZGl0LmZyYW1lcztcbiAgY29uc3QgbW92ZWQgPSB7XG4gICAgLi4uZWRpdCxcbiAgICBjYW1lcmFzOiBlZGl0LmNhbWVyYXMubWFwKChjYW1lcmEpID0+IHtcbiAgICAgIGNvbnN0IGxhZyA9IGNhbWVyYSA9PT0gZmlyc3QgPyB1bmRlZmluZWQgOiBsYWdzW2NhbWVyYS5pZF07XG4gICAgICBpZiAobGFnID09PSB1bmRlZmluZWQgfHwgIU51bWJlci5pc0Zpbml0ZShsYWcpKSByZXR1cm4gY2FtZXJhO1xuICAgICAgcmV0dXJuIHsgLi4uY2FtZXJhLCBvZmZzZXQ6IGV4YWN0KGZpcnN0Lm9mZnNldCAtIGxhZykgfTtcbiAgICB9KSxcbiAgfTtcbiAgcmV0dXJuIHdhc1dob2xlID8gZml0KG1vdmVkKSA6IG1vdmVkO1xufVxuXG4vKiogV2hldGhlciBzb21lIGNhbWVyYSBoYXMgZmV3ZXIgb3IgbW9yZSBmcmFtZXMgYSBzZWNvbmQgdGhhbiB0aGUgcHJvZ3JhbW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGhhc090aGVyUmF0ZXMoZWRpdDogRWRpdCk6IGJvb2xlYW4ge1xuICByZXR1cm4gZWRpdC5jYW1lcmFzLnNvbWUoKHsgZnBzIH0pID0+IHtcbiAgICBpZiAoZnBzID09PSBudWxsKSByZXR1cm4gdHJ1ZTtcbiAgICBjb25zdCB7IG51bSwgZGVuIH0gPSByYXRlT2YoZnBzKTtcbiAgICByZXR1cm4gbnVtICE9PSBlZGl0LnJhdGUubnVtIHx8IGRlbiAhPT0gZWRpdC5yYXRlLmRlbjtcbiAgfSk7XG59XG4iLCAiLyoqIE51bWJlcnMgYnkgY2hhbmNlIHRoYXQgYXJlIHRoZSBzYW1lIGV2ZXJ5IHRpbWUsIGFuZCBlZGl0cyBtYWRlIG9mIHRoZW0uICovXG5pbXBvcnQgeyBuZXdFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2NhbWVyYXNcIjtcbmltcG9ydCB0eXBlIHsgQ2FtZXJhLCBFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2VkaXRcIjtcblxuZXhwb3J0IHR5cGUgQ2hhbmNlID0gKCkgPT4gbnVtYmVyO1xuXG4vKiogTXVsYmVycnkzMjogMCB1cCB0byBidXQgbm90IGluY2x1ZGluZyAxLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNoYW5jZShzZWVkOiBudW1iZXIpOiBDaGFuY2Uge1xuICBsZXQgc3RhdGUgPSBzZWVkID4+PiAwO1xuICByZXR1cm4gKCkgPT4ge1xuICAgIHN0YXRlID0gKHN0YXRlICsgMHg2ZDJiNzlmNSkgPj4+IDA7XG4gICAgbGV0IG1peGVkID0gTWF0aC5pbXVsKHN0YXRlIF4gKHN0YXRlID4+PiAxNSksIHN0YXRlIHwgMSk7XG4gICAgbWl4ZWQgXj0gbWl4ZWQgKyBNYXRoLmltdWwobWl4ZWQgXiAobWl4ZWQgPj4+IDcpLCBtaXhlZCB8IDYxKTtcbiAgICByZXR1cm4gKChtaXhlZCBeIChtaXhlZCA+Pj4gMTQpKSA+Pj4gMCkgLyAyICoqIDMyO1xuICB9O1xufVxuXG5leHBvcnQgZnVuY3Rpb24gd2hvbGUocmFuZG9tOiBDaGFuY2UsIGxlYXN0OiBudW1iZXIsIG1vc3Q6IG51bWJlcik6IG51bWJlciB7XG4gIHJldHVybiBsZWFzdCArIE1hdGguZmxvb3IocmFuZG9tKCkgKiAobW9zdCAtIGxlYXN0ICsgMSkpO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gb25lT2Y8VD4ocmFuZG9tOiBDaGFuY2UsIHZhbHVlczogcmVhZG9ubHkgVFtdKTogVCB7XG4gIHJldHVybiB2YWx1ZXNbd2hvbGUocmFuZG9tLCAwLCB2YWx1ZXMubGVuZ3RoIC0gMSldIGFzIFQ7XG59XG5cbmV4cG9ydCBjb25zdCBGUFMgPSBbMjQsIDI1LCAzMCwgNTAsIDYwLCAyMy45NzYwMjM5NzYwMjM5NzgsIDI5Ljk3MDAyOTk3MDAyOTk3LCA1OS45NDAwNTk5NDAwNTk5NF07XG5cbi8qKlxuICogUmF0ZXMgdGhhdCBvbmUgZWRpdCBtYXkgbWl4LiBOb3QgMzAgYW5kIDI5Ljk3OiBhIHdob2xlIHJhdGUgdGhhdCBpcyB0aGUgbmFtZSBvZiBhbm90aGVyIGluIHRoZSBwcm9ncmFtbWVcbiAqIG1lYW5zIHRoYXQgb25lIHRvIHRoZSBzZXJ2aWNlLlxuICovXG5jb25zdCBNSVhFUyA9IFtcbiAgWzI0LCAyNSwgMzAsIDUwLCA2MF0sXG4gIFsyNSwgNTAsIDIzLjk3NjAyMzk3NjAyMzk3OCwgMjkuOTcwMDI5OTcwMDI5OTcsIDU5Ljk0MDA1OTk0MDA1OTk0XSxcbl07XG5cbmV4cG9ydCBmdW5jdGlvbiBjYW1lcmEoaWQ6IHN0cmluZywgY2hhbmdlczogUGFydGlhbDxDYW1lcmE+ID0ge30pOiBDYW1lcmEge1xuICByZXR1cm4ge1xuICAgIGlkLFxuICAgIHNvdXJjZTogYCR7aWR9Lm1wNGAsXG4gICAgbmFtZTogYENhbWVyYSAke2lkfWAsXG4gICAgc2Vjb25kczogNjAsXG4gICAgd2lkdGg6IDE5MjAsXG4gICAgaGVpZ2h0OiAxMDgwLFxuICAgIGZwczogMzAsXG4gICAgaGFzU291bmQ6IHRydWUsXG4gICAgb2Zmc2V0OiAwLFxuICAgIC4uLmNoYW5nZXMsXG4gIH07XG59XG5cbi8qKiBDYW1lcmFzIG9mIG9uZSByYXRlLCBvciBvZiBzZXZlcmFsLCB0aGF0IGJlZ2FuIHVwIHRvIGZpdmUgc2Vjb25kcyBhcGFydC4gKi9cbmV4cG9ydCBmdW5jdGlvbiByYW5kb21DYW1lcmFzKHJhbmRvbTogQ2hhbmNlLCBpc01peGVkOiBib29sZWFuKTogQ2FtZXJhW10ge1xuICBjb25zdCBmcHMgPSBvbmVPZihyYW5kb20sIEZQUyk7XG4gIGNvbnN0IG1peCA9IG9uZU9mKHJhbmRvbSwgTUlYRVMpO1xuICByZXR1cm4gQXJyYXkuZnJvbSh7IGxlbmd0aDogd2hvbGUocmFuZG9tLCAyLCA2KSB9LCAoXywgaW5kZXgpID0+IHtcbiAgICBjb25zdCBvd24gPSBpc01peGVkID8gb25lT2YocmFuZG9tLCBtaXgpIDogZnBzO1xuICAgIHJldHVybiBjYW1lcmEoYGMke2luZGV4ICsgMX1gLCB7XG4gICAgICBmcHM6IG93bixcbiAgICAgIHNlY29uZHM6IHdob2xlKHJhbmRvbSwgMjAwLCA3MDApIC8gb3duLFxuICAgICAgb2Zmc2V0OiByYW5kb20oKSA8IDAuMyA/IDAgOiBNYXRoLnJvdW5kKChyYW5kb20oKSAqIDEwIC0gNSkgKiAxZTYpIC8gMWU2LFxuICAgIH0pO1xuICB9KTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHJhbmRvbUVkaXQocmFuZG9tOiBDaGFuY2UsIGlzTWl4ZWQgPSBmYWxzZSk6IEVkaXQge1xuICByZXR1cm4gbmV3RWRpdChyYW5kb21DYW1lcmFzKHJhbmRvbSwgaXNNaXhlZCksIFwiQnkgY2hhbmNlXCIpO1xufVxuIl0sCiAgIm1hcHBpbmdzIjogIjtBQUFBLE9BQU8sWUFBWTtBQUNuQixTQUFTLFVBQVUsVUFBVTs7O0FDRzdCLElBQU0sT0FBTyxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksS0FBSyxHQUFHO0FBRXRDLElBQU0sUUFBYyxFQUFFLEtBQUssSUFBSSxLQUFLLEVBQUU7QUFFL0IsSUFBTSxvQkFBb0I7QUFHMUIsU0FBUyxPQUFPLEtBQTBCO0FBQy9DLE1BQUksUUFBUSxRQUFRLENBQUMsT0FBTyxTQUFTLEdBQUcsS0FBSyxPQUFPLEVBQUcsUUFBTztBQUM5RCxhQUFXLFFBQVEsTUFBTTtBQUN2QixRQUFJLEtBQUssSUFBSSxNQUFPLE9BQU8sTUFBUSxJQUFJLElBQUksS0FBTyxRQUFPLEVBQUUsS0FBSyxPQUFPLEtBQU0sS0FBSyxLQUFLO0FBQUEsRUFDekY7QUFDQSxRQUFNQSxTQUFRLEtBQUssTUFBTSxHQUFHO0FBQzVCLE1BQUlBLFNBQVEsS0FBSyxLQUFLLElBQUksTUFBTUEsTUFBSyxJQUFJLEtBQU8sUUFBTyxFQUFFLEtBQUtBLFFBQU8sS0FBSyxFQUFFO0FBQzVFLFNBQU8sUUFBUSxLQUFLLElBQUksR0FBRyxLQUFLLE1BQU0sTUFBTSxHQUFJLENBQUMsR0FBRyxHQUFJO0FBQzFEO0FBRUEsU0FBUyxRQUFRLEtBQWEsS0FBbUI7QUFDL0MsTUFBSSxDQUFDLEdBQUcsQ0FBQyxJQUFJLENBQUMsS0FBSyxHQUFHO0FBQ3RCLFNBQU8sSUFBSSxFQUFHLEVBQUMsR0FBRyxDQUFDLElBQUksQ0FBQyxHQUFHLElBQUksQ0FBQztBQUNoQyxTQUFPLEVBQUUsS0FBSyxNQUFNLEdBQUcsS0FBSyxNQUFNLEVBQUU7QUFDdEM7QUFjTyxTQUFTLFVBQVUsT0FBZSxFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUNuRSxTQUFRLFFBQVEsTUFBTztBQUN6QjtBQUdPLFNBQVMsYUFBYSxTQUFpQixFQUFFLEtBQUssSUFBSSxHQUFpQjtBQUN4RSxTQUFPLEtBQUssTUFBTyxVQUFVLE1BQU8sR0FBRyxJQUFJO0FBQzdDO0FBU08sU0FBUyxlQUFlLFNBQWlCLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQzFFLFNBQU8sS0FBSyxNQUFPLFVBQVUscUJBQXFCLE1BQU8sR0FBRyxJQUFJO0FBQ2xFOzs7QUM5Q08sU0FBUyxRQUFRLFVBQTZCLE9BQXVCO0FBQzFFLE1BQUksQ0FBQyxLQUFLLElBQUksSUFBSSxDQUFDLEdBQUcsU0FBUyxTQUFTLENBQUM7QUFDekMsU0FBTyxNQUFNLE1BQU07QUFDakIsVUFBTSxTQUFVLE1BQU0sT0FBTyxLQUFNO0FBQ25DLFFBQUssU0FBUyxNQUFNLEVBQWEsU0FBUyxNQUFPLE9BQU07QUFBQSxRQUNsRCxRQUFPLFNBQVM7QUFBQSxFQUN2QjtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsU0FBU0MsT0FBWSxPQUF1QjtBQUMxRCxTQUFRQSxNQUFLLFNBQVMsUUFBUUEsTUFBSyxVQUFVLEtBQUssQ0FBQyxFQUFhO0FBQ2xFO0FBR08sU0FBUyxNQUFNQSxPQUFvQjtBQUN4QyxTQUFPQSxNQUFLLFNBQVMsSUFBSSxDQUFDLEVBQUUsT0FBTyxRQUFBQyxRQUFPLEdBQUcsV0FBVztBQUFBLElBQ3RELFFBQUFBO0FBQUEsSUFDQSxPQUFPO0FBQUEsSUFDUCxLQUFLRCxNQUFLLFNBQVMsUUFBUSxDQUFDLEdBQUcsU0FBU0EsTUFBSztBQUFBLEVBQy9DLEVBQUU7QUFDSjtBQUdPLFNBQVMsT0FBT0EsT0FBWSxPQUFxQjtBQUN0RCxRQUFNLFFBQVEsUUFBUUEsTUFBSyxVQUFVLEtBQUs7QUFDMUMsUUFBTSxFQUFFLFFBQUFDLFNBQVEsT0FBTyxNQUFNLElBQUlELE1BQUssU0FBUyxLQUFLO0FBQ3BELFNBQU8sRUFBRSxRQUFBQyxTQUFRLE9BQU8sS0FBS0QsTUFBSyxTQUFTLFFBQVEsQ0FBQyxHQUFHLFNBQVNBLE1BQUssT0FBTztBQUM5RTtBQU1PLFNBQVMsT0FBTyxVQUE2QixRQUEwQjtBQUM1RSxRQUFNLFNBQVMsU0FBUyxTQUFTLENBQUMsS0FBSyxVQUFVLElBQUksUUFBUSxNQUFNLEtBQUs7QUFDeEUsUUFBTSxXQUFXLE9BQU8sQ0FBQyxHQUFHLFNBQVM7QUFDckMsUUFBTSxPQUFpQixDQUFDO0FBQ3hCLGFBQVcsRUFBRSxPQUFPLFFBQUFDLFFBQU8sS0FBSyxRQUFRO0FBQ3RDLFVBQU0sS0FBSyxVQUFVLFdBQVcsSUFBSSxLQUFLLElBQUksR0FBRyxLQUFLO0FBQ3JELFFBQUksTUFBTSxPQUFRO0FBQ2xCLFdBQU8sS0FBSyxTQUFTLEtBQU0sS0FBSyxHQUFHLEVBQUUsRUFBYSxTQUFTLEdBQUksTUFBSyxJQUFJO0FBQ3hFLFFBQUksS0FBSyxHQUFHLEVBQUUsR0FBRyxXQUFXQSxRQUFRLE1BQUssS0FBSyxFQUFFLE9BQU8sSUFBSSxRQUFBQSxRQUFPLENBQUM7QUFBQSxFQUNyRTtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsYUFBYUQsT0FBWSxVQUFtQztBQUMxRSxRQUFNLE9BQU8sT0FBTyxVQUFVQSxNQUFLLE1BQU07QUFDekMsU0FBTyxPQUFPLE1BQU1BLE1BQUssUUFBUSxJQUFJQSxRQUFPLEVBQUUsR0FBR0EsT0FBTSxVQUFVLEtBQUs7QUFDeEU7QUFFQSxTQUFTLE9BQU8sS0FBd0IsT0FBbUM7QUFDekUsU0FDRSxJQUFJLFdBQVcsTUFBTSxVQUNyQixJQUFJLE1BQU0sQ0FBQyxFQUFFLE9BQU8sUUFBQUMsUUFBTyxHQUFHLFVBQVU7QUFDdEMsVUFBTSxPQUFPLE1BQU0sS0FBSztBQUN4QixXQUFPLFVBQVUsS0FBSyxTQUFTQSxZQUFXLEtBQUs7QUFBQSxFQUNqRCxDQUFDO0FBRUw7QUFRTyxTQUFTLFNBQVNELE9BQVksT0FBZUMsU0FBZ0IsUUFBUSxPQUFhO0FBQ3ZGLE1BQUksUUFBUSxLQUFLLFNBQVNELE1BQUssT0FBUSxRQUFPQTtBQUM5QyxRQUFNLE9BQU8sS0FBSyxJQUFJLE9BQU8sS0FBSztBQUNsQyxRQUFNLFNBQVNBLE1BQUssU0FBUyxPQUFPLENBQUMsUUFBUSxJQUFJLFFBQVEsU0FBUyxJQUFJLFFBQVEsSUFBSTtBQUNsRixTQUFPLGFBQWFBLE9BQU0sQ0FBQyxHQUFHLFFBQVEsRUFBRSxPQUFPLFFBQUFDLFFBQU8sQ0FBQyxDQUFDO0FBQzFEO0FBR08sU0FBUyxPQUFPRCxPQUFZLE9BQTZDO0FBQzlFLE1BQUksVUFBVSxFQUFHLFFBQU8sRUFBRSxNQUFNLEdBQUcsSUFBSSxFQUFFO0FBQ3pDLFNBQU87QUFBQSxJQUNMLE1BQU9BLE1BQUssU0FBUyxRQUFRLENBQUMsRUFBYSxRQUFRO0FBQUEsSUFDbkQsS0FBS0EsTUFBSyxTQUFTLFFBQVEsQ0FBQyxHQUFHLFNBQVNBLE1BQUssVUFBVTtBQUFBLEVBQ3pEO0FBQ0Y7QUFHTyxTQUFTLFdBQVdBLE9BQVksTUFBYyxJQUFrQjtBQUNyRSxRQUFNLFFBQVFBLE1BQUssU0FBUyxVQUFVLENBQUMsRUFBRSxPQUFBRSxPQUFNLE1BQU1BLFdBQVUsSUFBSTtBQUNuRSxNQUFJLFFBQVEsRUFBRyxRQUFPRjtBQUN0QixRQUFNLE9BQU8sT0FBT0EsT0FBTSxLQUFLO0FBQy9CLFFBQU0sUUFBUSxLQUFLLElBQUksS0FBSyxJQUFJLEtBQUssSUFBSSxLQUFLLE1BQU0sRUFBRSxDQUFDO0FBQ3ZELFNBQU87QUFBQSxJQUNMQTtBQUFBLElBQ0FBLE1BQUssU0FBUyxJQUFJLENBQUMsS0FBSyxPQUFRLE9BQU8sUUFBUSxFQUFFLEdBQUcsS0FBSyxNQUFNLElBQUksR0FBSTtBQUFBLEVBQ3pFO0FBQ0Y7QUFNTyxTQUFTLGFBQWFBLE9BQVksT0FBcUI7QUFDNUQsUUFBTSxPQUFPQSxNQUFLLFNBQVMsT0FBTyxDQUFDLFFBQVEsSUFBSSxVQUFVLEtBQUs7QUFDOUQsU0FBTyxLQUFLLFdBQVcsSUFBSUEsUUFBTyxhQUFhQSxPQUFNLElBQUk7QUFDM0Q7QUFHTyxTQUFTLGdCQUFnQkEsT0FBWSxPQUFlLFdBQTJCO0FBQ3BGLFFBQU0sUUFBUSxRQUFRQSxNQUFLLFVBQVUsS0FBSztBQUMxQyxNQUFJLGNBQWMsRUFBRyxRQUFPQSxNQUFLLFNBQVMsUUFBUSxDQUFDLEdBQUcsU0FBU0EsTUFBSyxTQUFTO0FBQzdFLFFBQU0sT0FBUUEsTUFBSyxTQUFTLEtBQUssRUFBYTtBQUM5QyxTQUFPLE9BQU8sUUFBUSxPQUFRQSxNQUFLLFNBQVMsUUFBUSxDQUFDLEdBQUcsU0FBUztBQUNuRTs7O0FDbEhPLElBQU0saUJBQWlCO0FBQ3ZCLElBQU0sZUFBZTtBQVM1QixTQUFTLE1BQU0sU0FBeUI7QUFDdEMsU0FBTyxPQUFPLFFBQVEsUUFBUSxDQUFDLENBQUM7QUFDbEM7QUFTTyxTQUFTLE1BQU0sRUFBRSxLQUFLLE9BQU8sR0FBMkM7QUFDN0UsTUFBSSxRQUFRLEtBQU0sUUFBTyxNQUFNLE1BQU07QUFDckMsUUFBTSxPQUFPLE9BQU8sR0FBRztBQUN2QixTQUFPLE1BQU0sVUFBVSxhQUFhLFFBQVEsSUFBSSxHQUFHLElBQUksQ0FBQztBQUMxRDtBQUdPLFNBQVMsT0FBT0csU0FBZ0IsTUFBa0I7QUFDdkQsUUFBTSxRQUFRLENBQUMsTUFBTUEsT0FBTTtBQUMzQixTQUFPO0FBQUEsSUFDTCxPQUFPLGVBQWUsT0FBTyxJQUFJO0FBQUEsSUFDakMsS0FBSyxlQUFlLFFBQVFBLFFBQU8sU0FBUyxJQUFJO0FBQUEsRUFDbEQ7QUFDRjtBQUVBLFNBQVMsUUFBUSxPQUE4QjtBQUM3QyxTQUFPO0FBQUEsSUFDTCxPQUFPLEtBQUssSUFBSSxHQUFHLE1BQU0sSUFBSSxDQUFDLEVBQUUsTUFBTSxNQUFNLEtBQUssQ0FBQztBQUFBLElBQ2xELEtBQUssS0FBSyxJQUFJLEdBQUcsTUFBTSxJQUFJLENBQUMsRUFBRSxJQUFJLE1BQU0sR0FBRyxDQUFDO0FBQUEsRUFDOUM7QUFDRjtBQUdPLFNBQVMsVUFBVUMsT0FBa0I7QUFDMUMsUUFBTSxRQUFRQSxNQUFLLFFBQVEsSUFBSSxDQUFDRCxZQUFXLE9BQU9BLFNBQVFDLE1BQUssSUFBSSxDQUFDO0FBQ3BFLFNBQU87QUFBQSxJQUNMLE9BQU8sS0FBSyxJQUFJLEdBQUcsTUFBTSxJQUFJLENBQUMsRUFBRSxNQUFNLE1BQU0sS0FBSyxDQUFDO0FBQUEsSUFDbEQsS0FBSyxLQUFLLElBQUksR0FBRyxNQUFNLElBQUksQ0FBQyxFQUFFLElBQUksTUFBTSxHQUFHLENBQUM7QUFBQSxFQUM5QztBQUNGO0FBR08sU0FBUyxXQUFXQSxPQUFrQjtBQUMzQyxRQUFNLFNBQVMsUUFBUUEsTUFBSyxRQUFRLElBQUksQ0FBQ0QsWUFBVyxPQUFPQSxTQUFRQyxNQUFLLElBQUksQ0FBQyxDQUFDO0FBQzlFLFNBQU8sT0FBTyxNQUFNLE9BQU8sUUFBUSxTQUFTLFVBQVVBLEtBQUk7QUFDNUQ7QUFRTyxTQUFTLEtBQUtBLE9BQVksRUFBRSxPQUFPLElBQUksR0FBZTtBQUMzRCxNQUFJLE9BQU8sU0FBVSxVQUFVLEtBQUssUUFBUUEsTUFBSyxPQUFTLFFBQU9BO0FBQ2pFLFFBQU0sS0FBSyxVQUFVLE9BQU9BLE1BQUssSUFBSTtBQUNyQyxRQUFNLFNBQVMsTUFBTTtBQUNyQixRQUFNLFFBQVFBLE1BQUssU0FBUyxJQUFJLENBQUMsRUFBRSxPQUFPLFFBQUFELFFBQU8sT0FBTyxFQUFFLE9BQU8sUUFBUSxPQUFPLFFBQUFBLFFBQU8sRUFBRTtBQUN6RixTQUFPO0FBQUEsSUFDTCxHQUFHQztBQUFBLElBQ0g7QUFBQSxJQUNBLFNBQVNBLE1BQUssUUFBUSxJQUFJLENBQUNELGFBQVksRUFBRSxHQUFHQSxTQUFRLFFBQVEsTUFBTUEsUUFBTyxTQUFTLEVBQUUsRUFBRSxFQUFFO0FBQUEsSUFDeEYsVUFBVSxPQUFPLE9BQU8sTUFBTTtBQUFBLEVBQ2hDO0FBQ0Y7QUFHTyxTQUFTLElBQUlDLE9BQWtCO0FBQ3BDLFNBQU8sS0FBS0EsT0FBTSxXQUFXQSxLQUFJLENBQUM7QUFDcEM7QUFPTyxTQUFTLFFBQVEsU0FBNEIsT0FBTyxZQUFrQjtBQUMzRSxRQUFNLENBQUMsS0FBSyxJQUFJO0FBQ2hCLE1BQUksQ0FBQyxTQUFTLFFBQVEsU0FBUyxrQkFBa0IsUUFBUSxTQUFTLGNBQWM7QUFDOUUsVUFBTSxJQUFJLFdBQVcsZUFBZSxjQUFjLE9BQU8sWUFBWSxXQUFXO0FBQUEsRUFDbEY7QUFDQSxRQUFNLE9BQU8sT0FBTyxNQUFNLEdBQUc7QUFDN0IsUUFBTSxTQUFTLEtBQUssSUFBSSxHQUFHLGVBQWUsTUFBTSxTQUFTLElBQUksQ0FBQztBQUM5RCxRQUFNLFdBQVcsQ0FBQyxFQUFFLE9BQU8sR0FBRyxRQUFRLE1BQU0sR0FBRyxDQUFDO0FBQ2hELFNBQU8sSUFBSSxFQUFFLFNBQVMsR0FBRyxNQUFNLE1BQU0sUUFBUSxTQUFTLFNBQVMsQ0FBQztBQUNsRTs7O0FDbkdPLFNBQVMsT0FBTyxNQUFzQjtBQUMzQyxNQUFJLFFBQVEsU0FBUztBQUNyQixTQUFPLE1BQU07QUFDWCxZQUFTLFFBQVEsZUFBZ0I7QUFDakMsUUFBSSxRQUFRLEtBQUssS0FBSyxRQUFTLFVBQVUsSUFBSyxRQUFRLENBQUM7QUFDdkQsYUFBUyxRQUFRLEtBQUssS0FBSyxRQUFTLFVBQVUsR0FBSSxRQUFRLEVBQUU7QUFDNUQsYUFBUyxRQUFTLFVBQVUsUUFBUyxLQUFLLEtBQUs7QUFBQSxFQUNqRDtBQUNGO0FBRU8sU0FBUyxNQUFNLFFBQWdCLE9BQWUsTUFBc0I7QUFDekUsU0FBTyxRQUFRLEtBQUssTUFBTSxPQUFPLEtBQUssT0FBTyxRQUFRLEVBQUU7QUFDekQ7QUFFTyxTQUFTLE1BQVMsUUFBZ0IsUUFBeUI7QUFDaEUsU0FBTyxPQUFPLE1BQU0sUUFBUSxHQUFHLE9BQU8sU0FBUyxDQUFDLENBQUM7QUFDbkQ7QUFFTyxJQUFNLE1BQU0sQ0FBQyxJQUFJLElBQUksSUFBSSxJQUFJLElBQUksb0JBQW9CLG1CQUFtQixpQkFBaUI7QUFNaEcsSUFBTSxRQUFRO0FBQUEsRUFDWixDQUFDLElBQUksSUFBSSxJQUFJLElBQUksRUFBRTtBQUFBLEVBQ25CLENBQUMsSUFBSSxJQUFJLG9CQUFvQixtQkFBbUIsaUJBQWlCO0FBQ25FO0FBRU8sU0FBUyxPQUFPLElBQVksVUFBMkIsQ0FBQyxHQUFXO0FBQ3hFLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxRQUFRLEdBQUcsRUFBRTtBQUFBLElBQ2IsTUFBTSxVQUFVLEVBQUU7QUFBQSxJQUNsQixTQUFTO0FBQUEsSUFDVCxPQUFPO0FBQUEsSUFDUCxRQUFRO0FBQUEsSUFDUixLQUFLO0FBQUEsSUFDTCxVQUFVO0FBQUEsSUFDVixRQUFRO0FBQUEsSUFDUixHQUFHO0FBQUEsRUFDTDtBQUNGO0FBR08sU0FBUyxjQUFjLFFBQWdCLFNBQTRCO0FBQ3hFLFFBQU0sTUFBTSxNQUFNLFFBQVEsR0FBRztBQUM3QixRQUFNLE1BQU0sTUFBTSxRQUFRLEtBQUs7QUFDL0IsU0FBTyxNQUFNLEtBQUssRUFBRSxRQUFRLE1BQU0sUUFBUSxHQUFHLENBQUMsRUFBRSxHQUFHLENBQUMsR0FBRyxVQUFVO0FBQy9ELFVBQU0sTUFBTSxVQUFVLE1BQU0sUUFBUSxHQUFHLElBQUk7QUFDM0MsV0FBTyxPQUFPLElBQUksUUFBUSxDQUFDLElBQUk7QUFBQSxNQUM3QixLQUFLO0FBQUEsTUFDTCxTQUFTLE1BQU0sUUFBUSxLQUFLLEdBQUcsSUFBSTtBQUFBLE1BQ25DLFFBQVEsT0FBTyxJQUFJLE1BQU0sSUFBSSxLQUFLLE9BQU8sT0FBTyxJQUFJLEtBQUssS0FBSyxHQUFHLElBQUk7QUFBQSxJQUN2RSxDQUFDO0FBQUEsRUFDSCxDQUFDO0FBQ0g7QUFFTyxTQUFTLFdBQVcsUUFBZ0IsVUFBVSxPQUFhO0FBQ2hFLFNBQU8sUUFBUSxjQUFjLFFBQVEsT0FBTyxHQUFHLFdBQVc7QUFDNUQ7OztBSmhEQSxJQUFNLE9BQU8sUUFBUSxDQUFDLE9BQU8sSUFBSSxHQUFHLE9BQU8sSUFBSSxHQUFHLE9BQU8sSUFBSSxDQUFDLENBQUM7QUFDL0QsSUFBTSxNQUFNLGFBQWEsTUFBTTtBQUFBLEVBQzdCLEVBQUUsT0FBTyxHQUFHLFFBQVEsS0FBSztBQUFBLEVBQ3pCLEVBQUUsT0FBTyxLQUFLLFFBQVEsS0FBSztBQUFBLEVBQzNCLEVBQUUsT0FBTyxLQUFLLFFBQVEsS0FBSztBQUM3QixDQUFDO0FBRUQsSUFBTSxTQUFTLENBQUMsUUFBYyxJQUFJLFNBQVMsSUFBSSxDQUFDLEVBQUUsT0FBTyxRQUFBQyxRQUFPLE1BQU0sR0FBRyxLQUFLLEdBQUdBLE9BQU0sRUFBRSxFQUFFLEtBQUssR0FBRztBQUVuRyxTQUFTLGFBQWEsRUFBRSxVQUFVLFFBQVEsUUFBUSxHQUFlO0FBQy9ELFFBQU0sTUFBTSxJQUFJLElBQUksUUFBUSxJQUFJLENBQUMsRUFBRSxHQUFHLE1BQU0sRUFBRSxDQUFDO0FBQy9DLFNBQU8sTUFBTSxTQUFTLENBQUMsR0FBRyxPQUFPLENBQUM7QUFDbEMsYUFBVyxDQUFDLE9BQU8sRUFBRSxPQUFPLFFBQVEsR0FBRyxDQUFDLEtBQUssU0FBUyxRQUFRLEdBQUc7QUFDL0QsVUFBTSxTQUFTLFNBQVMsUUFBUSxDQUFDO0FBQ2pDLFdBQU8sR0FBRyxPQUFPLFVBQVUsS0FBSyxLQUFLLFNBQVMsS0FBSyxRQUFRLE1BQU07QUFDakUsV0FBTyxHQUFHLElBQUksSUFBSSxFQUFFLENBQUM7QUFDckIsUUFBSSxPQUFRLFFBQU8sR0FBRyxPQUFPLFFBQVEsU0FBUyxPQUFPLFdBQVcsRUFBRTtBQUFBLEVBQ3BFO0FBQ0Y7QUFHQSxJQUFNLFVBQVUsQ0FBQyxRQUNmLE1BQU0sR0FBRyxFQUFFLFFBQVEsQ0FBQyxFQUFFLFFBQVEsSUFBSSxPQUFPLElBQUksTUFBTSxNQUFjLE1BQU0sS0FBSyxFQUFFLEtBQUssRUFBRSxDQUFDO0FBRXhGLFNBQVMsWUFBWSxNQUFNO0FBQ3pCLEtBQUcsMkJBQTJCLE1BQU07QUFDbEMsV0FBTyxNQUFNLE9BQU8sU0FBUyxLQUFLLElBQUksSUFBSSxDQUFDLEdBQUcsc0JBQXNCO0FBQ3BFLFdBQU8sTUFBTSxPQUFPLFNBQVMsS0FBSyxLQUFLLElBQUksQ0FBQyxHQUFHLFdBQVc7QUFDMUQsV0FBTyxNQUFNLE9BQU8sU0FBUyxLQUFLLEdBQUcsSUFBSSxDQUFDLEdBQUcsV0FBVztBQUFBLEVBQzFELENBQUM7QUFFRCxLQUFHLHlEQUF5RCxNQUFNO0FBQ2hFLFdBQU8sTUFBTSxPQUFPLFNBQVMsS0FBSyxJQUFJLE1BQU0sRUFBRSxDQUFDLEdBQUcsc0JBQXNCO0FBQ3hFLFdBQU8sTUFBTSxPQUFPLFNBQVMsS0FBSyxJQUFJLE1BQU0sR0FBRyxDQUFDLEdBQUcsVUFBVTtBQUM3RCxXQUFPLE1BQU0sT0FBTyxTQUFTLEtBQUssSUFBSSxNQUFNLEdBQUcsQ0FBQyxHQUFHLFdBQVc7QUFDOUQsV0FBTyxNQUFNLE9BQU8sU0FBUyxLQUFLLElBQUksTUFBTSxHQUFHLENBQUMsR0FBRyxnQkFBZ0I7QUFBQSxFQUNyRSxDQUFDO0FBRUQsS0FBRyx5RkFBeUYsTUFBTTtBQUNoRyxXQUFPLE1BQU0sU0FBUyxLQUFLLElBQUksSUFBSSxHQUFHLEdBQUc7QUFDekMsV0FBTyxNQUFNLFNBQVMsS0FBSyxJQUFJLElBQUksR0FBRyxHQUFHO0FBQ3pDLFdBQU8sTUFBTSxTQUFTLEtBQUssSUFBSSxRQUFRLElBQUksR0FBRyxHQUFHO0FBQ2pELFdBQU8sTUFBTSxXQUFXLEtBQUssS0FBSyxHQUFHLEdBQUcsR0FBRztBQUMzQyxXQUFPLE1BQU0sV0FBVyxLQUFLLEdBQUcsRUFBRSxHQUFHLEdBQUc7QUFDeEMsV0FBTyxNQUFNLFdBQVcsS0FBSyxLQUFLLEVBQUUsR0FBRyxHQUFHO0FBQzFDLFdBQU8sTUFBTSxhQUFhLEtBQUssQ0FBQyxHQUFHLEdBQUc7QUFBQSxFQUN4QyxDQUFDO0FBRUQsS0FBRyxpQ0FBaUMsTUFBTTtBQUN4QyxXQUFPLE1BQU0sT0FBTyxXQUFXLEtBQUssS0FBSyxHQUFHLENBQUMsR0FBRyxpQkFBaUI7QUFDakUsV0FBTyxNQUFNLE9BQU8sV0FBVyxLQUFLLEtBQUssR0FBRyxDQUFDLEdBQUcsaUJBQWlCO0FBQ2pFLFdBQU8sTUFBTSxPQUFPLFdBQVcsS0FBSyxLQUFLLEVBQUUsQ0FBQyxHQUFHLGVBQWU7QUFDOUQsV0FBTyxNQUFNLE9BQU8sV0FBVyxLQUFLLEtBQUssR0FBRyxDQUFDLEdBQUcsYUFBYSxJQUFJLFNBQVMsQ0FBQyxJQUFJO0FBQy9FLFdBQU8sVUFBVSxPQUFPLEtBQUssQ0FBQyxHQUFHLEVBQUUsTUFBTSxHQUFHLElBQUksSUFBSSxDQUFDO0FBQUEsRUFDdkQsQ0FBQztBQUVELEtBQUcsMERBQTBELE1BQU07QUFDakUsV0FBTyxNQUFNLE9BQU8sYUFBYSxLQUFLLEdBQUcsQ0FBQyxHQUFHLFdBQVc7QUFDeEQsV0FBTyxNQUFNLE9BQU8sYUFBYSxLQUFLLENBQUMsQ0FBQyxHQUFHLFdBQVc7QUFDdEQsVUFBTSxPQUFPLFNBQVMsS0FBSyxLQUFLLElBQUk7QUFDcEMsV0FBTyxNQUFNLE9BQU8sYUFBYSxNQUFNLEdBQUcsQ0FBQyxHQUFHLEtBQUs7QUFDbkQsV0FBTyxNQUFNLGFBQWEsTUFBTSxDQUFDLEdBQUcsSUFBSTtBQUFBLEVBQzFDLENBQUM7QUFFRCxLQUFHLDBDQUEwQyxNQUFNO0FBQ2pELFVBQU0sUUFBUTtBQUFBLE1BQ1osRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsTUFDMUIsRUFBRSxPQUFPLEtBQUssUUFBUSxLQUFLO0FBQUEsTUFDM0IsRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsTUFDMUIsRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsTUFDMUIsRUFBRSxPQUFPLEtBQUssUUFBUSxLQUFLO0FBQUEsTUFDM0IsRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsSUFDNUI7QUFDQSxXQUFPLFVBQVUsT0FBTyxPQUFPLEdBQUcsR0FBRztBQUFBLE1BQ25DLEVBQUUsT0FBTyxHQUFHLFFBQVEsS0FBSztBQUFBLE1BQ3pCLEVBQUUsT0FBTyxJQUFJLFFBQVEsS0FBSztBQUFBLElBQzVCLENBQUM7QUFBQSxFQUNILENBQUM7QUFFRCxLQUFHLDhCQUE4QixNQUFNO0FBQ3JDLFdBQU8sVUFBVSxDQUFDLEdBQUcsSUFBSSxLQUFLLEtBQUssS0FBSyxJQUFJLEVBQUUsSUFBSSxDQUFDLFVBQVUsUUFBUSxJQUFJLFVBQVUsS0FBSyxDQUFDLEdBQUc7QUFBQSxNQUMxRjtBQUFBLE1BQUc7QUFBQSxNQUFHO0FBQUEsTUFBRztBQUFBLE1BQUc7QUFBQSxNQUFHO0FBQUEsSUFDakIsQ0FBQztBQUNELFdBQU8sVUFBVSxPQUFPLEtBQUssR0FBRyxHQUFHLEVBQUUsUUFBUSxNQUFNLE9BQU8sS0FBSyxLQUFLLElBQUksQ0FBQztBQUN6RSxXQUFPLFVBQVUsT0FBTyxLQUFLLEdBQUksR0FBRyxFQUFFLFFBQVEsTUFBTSxPQUFPLEtBQUssS0FBSyxLQUFLLENBQUM7QUFDM0UsV0FBTyxNQUFNLGdCQUFnQixLQUFLLEtBQUssQ0FBQyxHQUFHLEdBQUc7QUFDOUMsV0FBTyxNQUFNLGdCQUFnQixLQUFLLEtBQUssRUFBRSxHQUFHLEdBQUc7QUFDL0MsV0FBTyxNQUFNLGdCQUFnQixLQUFLLEtBQUssRUFBRSxHQUFHLENBQUM7QUFDN0MsV0FBTyxNQUFNLGdCQUFnQixLQUFLLEtBQUssQ0FBQyxHQUFHLElBQUk7QUFBQSxFQUNqRCxDQUFDO0FBRUQsS0FBRyw4Q0FBOEMsTUFBTTtBQUNyRCxhQUFTLE9BQU8sR0FBRyxPQUFPLElBQUksUUFBUTtBQUNwQyxZQUFNLFNBQVMsT0FBTyxJQUFJO0FBQzFCLFVBQUksTUFBTSxXQUFXLE1BQU07QUFDM0IsWUFBTSxNQUFNLElBQUksUUFBUSxJQUFJLENBQUMsRUFBRSxHQUFHLE1BQU0sRUFBRTtBQUMxQyxlQUFTLE9BQU8sR0FBRyxPQUFPLElBQUksUUFBUTtBQUNwQyxjQUFNLFNBQVMsUUFBUSxHQUFHO0FBQzFCLGNBQU0sUUFBUSxNQUFNLFFBQVEsR0FBRyxJQUFJLFNBQVMsQ0FBQztBQUM3QyxjQUFNLEtBQUssTUFBTSxRQUFRLEdBQUc7QUFDNUIsY0FBTSxNQUFNLE1BQU0sUUFBUSxJQUFJLFFBQVE7QUFDdEMsZ0JBQVEsTUFBTSxRQUFRLEdBQUcsQ0FBQyxHQUFHO0FBQUEsVUFDM0IsS0FBSyxHQUFHO0FBQ04sa0JBQU0sTUFBTSxPQUFPLEtBQUssS0FBSyxFQUFFO0FBQy9CLGtCQUFNLFNBQVMsS0FBSyxPQUFPLEVBQUU7QUFDN0IsbUJBQU8sVUFBVSxRQUFRLEdBQUcsR0FBRyxPQUFPLEtBQUssSUFBSSxPQUFPLEdBQUcsQ0FBQztBQUMxRDtBQUFBLFVBQ0Y7QUFBQSxVQUNBLEtBQUssR0FBRztBQUNOLGtCQUFNLFFBQVEsS0FBSyxJQUFJLElBQUksU0FBUyxHQUFHLFFBQVEsTUFBTSxRQUFRLEdBQUcsR0FBRyxDQUFDO0FBQ3BFLGtCQUFNLE1BQU0sT0FBTyxLQUFLLEtBQUssRUFBRTtBQUMvQixrQkFBTSxTQUFTLEtBQUssT0FBTyxJQUFJLEtBQUs7QUFDcEMsbUJBQU8sVUFBVSxRQUFRLEdBQUcsR0FBRyxPQUFPLEtBQUssSUFBSSxPQUFPLEdBQUcsQ0FBQztBQUMxRDtBQUFBLFVBQ0Y7QUFBQSxVQUNBLEtBQUssR0FBRztBQUNOLGtCQUFNLFFBQVEsSUFBSSxTQUFTO0FBQzNCLGtCQUFNLFdBQVcsS0FBSyxJQUFJLE9BQU8sS0FBSztBQUN0QyxtQkFBTyxNQUFNLElBQUksU0FBUyxRQUFRLEtBQUs7QUFDdkMsZ0JBQUksSUFBSSxRQUFRLEVBQUcsUUFBTyxNQUFNLFNBQVMsS0FBSyxJQUFJLFNBQVMsUUFBUSxJQUFJLFVBQVUsS0FBSyxDQUFDLEdBQUcsU0FBUyxDQUFDLEdBQUcsU0FBUyxLQUFLLEtBQUssQ0FBQztBQUMzSDtBQUFBLFVBQ0Y7QUFBQSxVQUNBO0FBQ0Usa0JBQU0sYUFBYSxLQUFLLElBQUksS0FBSztBQUNqQyxnQkFBSSxJQUFJLFFBQVEsRUFBRyxRQUFPLE1BQU0sU0FBUyxLQUFLLElBQUksS0FBSyxHQUFHLE9BQU8sSUFBSSxRQUFRLENBQUMsQ0FBQztBQUFBLFFBQ25GO0FBQ0EscUJBQWEsR0FBRztBQUFBLE1BQ2xCO0FBQUEsSUFDRjtBQUFBLEVBQ0YsQ0FBQztBQUNILENBQUM7IiwKICAibmFtZXMiOiBbIndob2xlIiwgImVkaXQiLCAiY2FtZXJhIiwgImZyYW1lIiwgImNhbWVyYSIsICJlZGl0IiwgImNhbWVyYSJdCn0K
