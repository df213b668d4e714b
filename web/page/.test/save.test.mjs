// test/save.test.ts
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

// src/edit/history.ts
var MOST_STEPS = 500;
var History = class _History {
  constructor(past, present, future, most) {
    this.past = past;
    this.present = present;
    this.future = future;
    this.most = most;
  }
  past;
  present;
  future;
  most;
  static of(present, most = MOST_STEPS) {
    return new _History([], present, [], most);
  }
  get canUndo() {
    return this.past.length > 0;
  }
  get canRedo() {
    return this.future.length > 0;
  }
  /** A step further: what was undone before is gone. Nothing happens where nothing differs. */
  push(next) {
    if (next === this.present) return this;
    const past = [...this.past, this.present].slice(-this.most);
    return new _History(past, next, [], this.most);
  }
  /** The last step differently: one undo takes back both. */
  amend(next) {
    if (next === this.present) return this;
    return new _History(this.past, next, [], this.most);
  }
  undo() {
    if (!this.canUndo) return this;
    const past = this.past.slice(0, -1);
    const before = this.past.at(-1);
    return new _History(past, before, [this.present, ...this.future], this.most);
  }
  redo() {
    if (!this.canRedo) return this;
    const [next, ...future] = this.future;
    return new _History([...this.past, this.present], next, future, this.most);
  }
};

// src/edit/save.ts
var MOST_FRAMES = 24 * 3600 * 240;
var MOST_SWITCHES = 2e4;
var UnreadableEdit = class extends Error {
  constructor(message, place = "") {
    super(message);
    this.place = place;
    this.name = "UnreadableEdit";
  }
  place;
};
function save(edit2) {
  return `${JSON.stringify(edit2, null, 2)}
`;
}
function fileNameOf(edit2) {
  const safe = edit2.name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "_").trim();
  return `${safe.slice(0, 80) || "edit"}.cut.json`;
}
function load(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableEdit("This file is not a saved edit: it is not JSON.");
  }
  const edit2 = new Reader(value, "");
  const version = edit2.field("version").value;
  if (version === void 0) {
    throw new UnreadableEdit("This file is not a saved edit: it has no version.", "version");
  }
  if (version !== 1) {
    const message = `This edit was saved by another version (${JSON.stringify(version)}); this page reads version 1.`;
    throw new UnreadableEdit(message, "version");
  }
  const frames = edit2.field("frames").whole(1, MOST_FRAMES);
  const cameras = edit2.field("cameras").list(FEWEST_CAMERAS, MOST_CAMERAS).map(cameraFrom);
  const ids = new Set(cameras.map(({ id }) => id));
  if (ids.size < cameras.length) {
    throw new UnreadableEdit("This edit has two cameras with the same id.", "cameras");
  }
  const switches = edit2.field("switches").list(1, MOST_SWITCHES).map((one) => switchFrom(one, ids, frames));
  return {
    version: 1,
    name: edit2.field("name").text(),
    rate: rateFrom(edit2.field("rate")),
    frames,
    cameras,
    switches: normal(switches, frames)
  };
}
function cameraFrom(camera2) {
  return {
    id: camera2.field("id").text(),
    source: camera2.field("source").text(),
    name: camera2.field("name").text(),
    seconds: camera2.field("seconds").number(0),
    width: camera2.field("width").whole(1, 16384),
    height: camera2.field("height").whole(1, 16384),
    fps: camera2.field("fps").value === null ? null : camera2.field("fps").number(0, 1e3),
    hasSound: camera2.field("hasSound").truth(),
    offset: camera2.field("offset").number()
  };
}
function rateFrom(rate) {
  return { num: rate.field("num").whole(1, 1e9), den: rate.field("den").whole(1, 1e9) };
}
function switchFrom(one, cameras, frames) {
  const camera2 = one.field("camera");
  if (!cameras.has(camera2.text())) camera2.refuse("names no camera of this edit");
  return { frame: one.field("frame").whole(0, frames - 1), camera: camera2.text() };
}
var Reader = class _Reader {
  constructor(value, place) {
    this.value = value;
    this.place = place;
  }
  value;
  place;
  refuse(what) {
    const place = this.place || "The file";
    throw new UnreadableEdit(`This file is not a saved edit: ${place} ${what}.`, this.place);
  }
  field(name) {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.refuse("is not an object");
    }
    const place = this.place ? `${this.place}.${name}` : name;
    return new _Reader(value[name], place);
  }
  list(fewest, most) {
    const { value } = this;
    if (!Array.isArray(value)) return this.refuse("is not a list");
    if (value.length < fewest || value.length > most) {
      this.refuse(`has ${value.length} entries, not ${fewest} to ${most}`);
    }
    return value.map((one, index) => new _Reader(one, `${this.place}[${index}]`));
  }
  text() {
    return typeof this.value === "string" ? this.value : this.refuse("is not a text");
  }
  truth() {
    return typeof this.value === "boolean" ? this.value : this.refuse("is neither true nor false");
  }
  number(least = -1e9, most = 1e9) {
    const { value } = this;
    if (typeof value !== "number" || !Number.isFinite(value)) return this.refuse("is not a number");
    if (value < least || value > most) this.refuse(`is ${value}, not ${least} to ${most}`);
    return value;
  }
  whole(least, most) {
    const value = this.number(least, most);
    return Number.isInteger(value) ? value : this.refuse(`is ${value}, not a whole number`);
  }
};

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

// test/save.test.ts
var edit = switchAt(newEdit([camera("c1"), camera("c2")], "Folge 12"), 300, "c2");
function changed(path, value) {
  const copy = JSON.parse(save(edit));
  const names = path.split(".");
  const last = names.pop();
  let at = copy;
  for (const name of names) at = at[name];
  at[last] = value;
  return JSON.stringify(copy);
}
describe("a saved edit", () => {
  it("is the same when it is loaded", () => {
    assert.deepEqual(load(save(edit)), edit);
    for (let seed = 0; seed < 50; seed++) {
      const random = chance(seed);
      let one = randomEdit(random, true);
      for (let step = 0; step < 30; step++) {
        one = switchAt(one, whole(random, 0, one.frames - 1), `c${whole(random, 1, 2)}`);
      }
      assert.deepEqual(load(save(one)), one);
    }
  });
  it("is brought into order where somebody wrote it by hand", () => {
    const messy = [
      { frame: 20, camera: "c2" },
      { frame: 10, camera: "c1" },
      { frame: 5, camera: "c1" }
    ];
    assert.deepEqual(load(changed("switches", messy)).switches, [
      { frame: 0, camera: "c1" },
      { frame: 20, camera: "c2" }
    ]);
  });
  const wrong = [
    ["version", 2, "version"],
    ["version", void 0, "version"],
    ["frames", 0, "frames"],
    ["frames", 1.5, "frames"],
    ["name", 7, "name"],
    ["rate", null, "rate"],
    ["rate.den", 0, "rate.den"],
    ["cameras", [], "cameras"],
    ["cameras.1", 5, "cameras[1]"],
    ["cameras.1.id", "c1", "cameras"],
    ["cameras.0.offset", "1", "cameras[0].offset"],
    ["cameras.0.hasSound", 1, "cameras[0].hasSound"],
    ["cameras.0.fps", -1, "cameras[0].fps"],
    ["switches", {}, "switches"],
    ["switches.1.camera", "c9", "switches[1].camera"],
    ["switches.1.frame", 1800, "switches[1].frame"]
  ];
  for (const [path, value, place] of wrong) {
    it(`with ${path} ${JSON.stringify(value)} is refused with its place`, () => {
      assert.throws(
        () => load(changed(path, value)),
        (error) => {
          assert.ok(error instanceof UnreadableEdit);
          assert.equal(error.place, place);
          return true;
        }
      );
    });
  }
  it("has to be one", () => {
    assert.throws(() => load("hello"), /not JSON/);
    assert.throws(() => load("[1]"), /not a saved edit/);
    assert.throws(() => load("null"), /not a saved edit/);
    assert.throws(() => load("{}"), /has no version/);
  });
  it("gets a name that every file system takes", () => {
    assert.equal(fileNameOf(edit), "Folge 12.cut.json");
    assert.equal(fileNameOf({ ...edit, name: 'a/b\\c:"\xFC"' }), "a_b_c__\xFC_.cut.json");
    assert.equal(fileNameOf({ ...edit, name: "" }), "edit.cut.json");
  });
});
describe("a history", () => {
  it("goes back and forth", () => {
    const three = History.of(1).push(2).push(3);
    assert.equal(three.undo().present, 2);
    assert.equal(three.undo().undo().present, 1);
    assert.equal(three.undo().undo().undo().present, 1);
    assert.equal(three.undo().undo().redo().redo().present, 3);
    assert.equal(three.redo(), three);
    assert.equal(three.undo().push(4).canRedo, false);
    assert.equal(three.undo().push(4).undo().present, 2);
  });
  it("takes no step where nothing differs, and one for what is amended", () => {
    const two = History.of(1).push(2);
    assert.equal(two.push(2), two);
    assert.equal(two.amend(3).amend(4).undo().present, 1);
    assert.equal(two.amend(3).undo().redo().present, 3);
  });
  it("is bounded", () => {
    let long = History.of(0, 5);
    for (let step = 1; step <= 20; step++) long = long.push(step);
    for (let step = 0; step < 20; step++) long = long.undo();
    assert.equal(long.present, 15);
  });
});
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vdGVzdC9zYXZlLnRlc3QudHMiLCAiLi4vc3JjL2VkaXQvcmF0ZS50cyIsICIuLi9zcmMvZWRpdC9zd2l0Y2hlcy50cyIsICIuLi9zcmMvZWRpdC9jYW1lcmFzLnRzIiwgIi4uL3NyYy9lZGl0L2hpc3RvcnkudHMiLCAiLi4vc3JjL2VkaXQvc2F2ZS50cyIsICIuLi90ZXN0L3JhbmRvbS50cyJdLAogICJzb3VyY2VzQ29udGVudCI6IFsiaW1wb3J0IGFzc2VydCBmcm9tIFwibm9kZTphc3NlcnQvc3RyaWN0XCI7XG5pbXBvcnQgeyBkZXNjcmliZSwgaXQgfSBmcm9tIFwibm9kZTp0ZXN0XCI7XG5pbXBvcnQgeyBuZXdFZGl0IH0gZnJvbSBcIi4uL3NyYy9lZGl0L2NhbWVyYXNcIjtcbmltcG9ydCB7IEhpc3RvcnkgfSBmcm9tIFwiLi4vc3JjL2VkaXQvaGlzdG9yeVwiO1xuaW1wb3J0IHsgZmlsZU5hbWVPZiwgbG9hZCwgc2F2ZSwgVW5yZWFkYWJsZUVkaXQgfSBmcm9tIFwiLi4vc3JjL2VkaXQvc2F2ZVwiO1xuaW1wb3J0IHsgc3dpdGNoQXQgfSBmcm9tIFwiLi4vc3JjL2VkaXQvc3dpdGNoZXNcIjtcbmltcG9ydCB7IGNhbWVyYSwgY2hhbmNlLCByYW5kb21FZGl0LCB3aG9sZSB9IGZyb20gXCIuL3JhbmRvbVwiO1xuXG5jb25zdCBlZGl0ID0gc3dpdGNoQXQobmV3RWRpdChbY2FtZXJhKFwiYzFcIiksIGNhbWVyYShcImMyXCIpXSwgXCJGb2xnZSAxMlwiKSwgMzAwLCBcImMyXCIpO1xuXG5mdW5jdGlvbiBjaGFuZ2VkKHBhdGg6IHN0cmluZywgdmFsdWU6IHVua25vd24pOiBzdHJpbmcge1xuICBjb25zdCBjb3B5ID0gSlNPTi5wYXJzZShzYXZlKGVkaXQpKTtcbiAgY29uc3QgbmFtZXMgPSBwYXRoLnNwbGl0KFwiLlwiKTtcbiAgY29uc3QgbGFzdCA9IG5hbWVzLnBvcCgpIGFzIHN0cmluZztcbiAgbGV0IGF0ID0gY29weTtcbiAgZm9yIChjb25zdCBuYW1lIG9mIG5hbWVzKSBhdCA9IGF0W25hbWVdO1xuICBhdFtsYXN0XSA9IHZhbHVlO1xuICByZXR1cm4gSlNPTi5zdHJpbmdpZnkoY29weSk7XG59XG5cbmRlc2NyaWJlKFwiYSBzYXZlZCBlZGl0XCIsICgpID0+IHtcbiAgaXQoXCJpcyB0aGUgc2FtZSB3aGVuIGl0IGlzIGxvYWRlZFwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChsb2FkKHNhdmUoZWRpdCkpLCBlZGl0KTtcbiAgICBmb3IgKGxldCBzZWVkID0gMDsgc2VlZCA8IDUwOyBzZWVkKyspIHtcbiAgICAgIGNvbnN0IHJhbmRvbSA9IGNoYW5jZShzZWVkKTtcbiAgICAgIGxldCBvbmUgPSByYW5kb21FZGl0KHJhbmRvbSwgdHJ1ZSk7XG4gICAgICBmb3IgKGxldCBzdGVwID0gMDsgc3RlcCA8IDMwOyBzdGVwKyspIHtcbiAgICAgICAgb25lID0gc3dpdGNoQXQob25lLCB3aG9sZShyYW5kb20sIDAsIG9uZS5mcmFtZXMgLSAxKSwgYGMke3dob2xlKHJhbmRvbSwgMSwgMil9YCk7XG4gICAgICB9XG4gICAgICBhc3NlcnQuZGVlcEVxdWFsKGxvYWQoc2F2ZShvbmUpKSwgb25lKTtcbiAgICB9XG4gIH0pO1xuXG4gIGl0KFwiaXMgYnJvdWdodCBpbnRvIG9yZGVyIHdoZXJlIHNvbWVib2R5IHdyb3RlIGl0IGJ5IGhhbmRcIiwgKCkgPT4ge1xuICAgIGNvbnN0IG1lc3N5ID0gW1xuICAgICAgeyBmcmFtZTogMjAsIGNhbWVyYTogXCJjMlwiIH0sXG4gICAgICB7IGZyYW1lOiAxMCwgY2FtZXJhOiBcImMxXCIgfSxcbiAgICAgIHsgZnJhbWU6IDUsIGNhbWVyYTogXCJjMVwiIH0sXG4gICAgXTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGxvYWQoY2hhbmdlZChcInN3aXRjaGVzXCIsIG1lc3N5KSkuc3dpdGNoZXMsIFtcbiAgICAgIHsgZnJhbWU6IDAsIGNhbWVyYTogXCJjMVwiIH0sXG4gICAgICB7IGZyYW1lOiAyMCwgY2FtZXJhOiBcImMyXCIgfSxcbiAgICBdKTtcbiAgfSk7XG5cbiAgY29uc3Qgd3Jvbmc6IFtzdHJpbmcsIHVua25vd24sIHN0cmluZ11bXSA9IFtcbiAgICBbXCJ2ZXJzaW9uXCIsIDIsIFwidmVyc2lvblwiXSxcbiAgICBbXCJ2ZXJzaW9uXCIsIHVuZGVmaW5lZCwgXCJ2ZXJzaW9uXCJdLFxuICAgIFtcImZyYW1lc1wiLCAwLCBcImZyYW1lc1wiXSxcbiAgICBbXCJmcmFtZXNcIiwgMS41LCBcImZyYW1lc1wiXSxcbiAgICBbXCJuYW1lXCIsIDcsIFwibmFtZVwiXSxcbiAgICBbXCJyYXRlXCIsIG51bGwsIFwicmF0ZVwiXSxcbiAgICBbXCJyYXRlLmRlblwiLCAwLCBcInJhdGUuZGVuXCJdLFxuICAgIFtcImNhbWVyYXNcIiwgW10sIFwiY2FtZXJhc1wiXSxcbiAgICBbXCJjYW1lcmFzLjFcIiwgNSwgXCJjYW1lcmFzWzFdXCJdLFxuICAgIFtcImNhbWVyYXMuMS5pZFwiLCBcImMxXCIsIFwiY2FtZXJhc1wiXSxcbiAgICBbXCJjYW1lcmFzLjAub2Zmc2V0XCIsIFwiMVwiLCBcImNhbWVyYXNbMF0ub2Zmc2V0XCJdLFxuICAgIFtcImNhbWVyYXMuMC5oYXNTb3VuZFwiLCAxLCBcImNhbWVyYXNbMF0uaGFzU291bmRcIl0sXG4gICAgW1wiY2FtZXJhcy4wLmZwc1wiLCAtMSwgXCJjYW1lcmFzWzBdLmZwc1wiXSxcbiAgICBbXCJzd2l0Y2hlc1wiLCB7fSwgXCJzd2l0Y2hlc1wiXSxcbiAgICBbXCJzd2l0Y2hlcy4xLmNhbWVyYVwiLCBcImM5XCIsIFwic3dpdGNoZXNbMV0uY2FtZXJhXCJdLFxuICAgIFtcInN3aXRjaGVzLjEuZnJhbWVcIiwgMTgwMCwgXCJzd2l0Y2hlc1sxXS5mcmFtZVwiXSxcbiAgXTtcbiAgZm9yIChjb25zdCBbcGF0aCwgdmFsdWUsIHBsYWNlXSBvZiB3cm9uZykge1xuICAgIGl0KGB3aXRoICR7cGF0aH0gJHtKU09OLnN0cmluZ2lmeSh2YWx1ZSl9IGlzIHJlZnVzZWQgd2l0aCBpdHMgcGxhY2VgLCAoKSA9PiB7XG4gICAgICBhc3NlcnQudGhyb3dzKFxuICAgICAgICAoKSA9PiBsb2FkKGNoYW5nZWQocGF0aCwgdmFsdWUpKSxcbiAgICAgICAgKGVycm9yOiB1bmtub3duKSA9PiB7XG4gICAgICAgICAgYXNzZXJ0Lm9rKGVycm9yIGluc3RhbmNlb2YgVW5yZWFkYWJsZUVkaXQpO1xuICAgICAgICAgIGFzc2VydC5lcXVhbChlcnJvci5wbGFjZSwgcGxhY2UpO1xuICAgICAgICAgIHJldHVybiB0cnVlO1xuICAgICAgICB9LFxuICAgICAgKTtcbiAgICB9KTtcbiAgfVxuXG4gIGl0KFwiaGFzIHRvIGJlIG9uZVwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LnRocm93cygoKSA9PiBsb2FkKFwiaGVsbG9cIiksIC9ub3QgSlNPTi8pO1xuICAgIGFzc2VydC50aHJvd3MoKCkgPT4gbG9hZChcIlsxXVwiKSwgL25vdCBhIHNhdmVkIGVkaXQvKTtcbiAgICBhc3NlcnQudGhyb3dzKCgpID0+IGxvYWQoXCJudWxsXCIpLCAvbm90IGEgc2F2ZWQgZWRpdC8pO1xuICAgIGFzc2VydC50aHJvd3MoKCkgPT4gbG9hZChcInt9XCIpLCAvaGFzIG5vIHZlcnNpb24vKTtcbiAgfSk7XG5cbiAgaXQoXCJnZXRzIGEgbmFtZSB0aGF0IGV2ZXJ5IGZpbGUgc3lzdGVtIHRha2VzXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwoZmlsZU5hbWVPZihlZGl0KSwgXCJGb2xnZSAxMi5jdXQuanNvblwiKTtcbiAgICBhc3NlcnQuZXF1YWwoZmlsZU5hbWVPZih7IC4uLmVkaXQsIG5hbWU6ICdhL2JcXFxcYzpcIlx1MDBGQ1wiJyB9KSwgXCJhX2JfY19fXHUwMEZDXy5jdXQuanNvblwiKTtcbiAgICBhc3NlcnQuZXF1YWwoZmlsZU5hbWVPZih7IC4uLmVkaXQsIG5hbWU6IFwiXCIgfSksIFwiZWRpdC5jdXQuanNvblwiKTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJhIGhpc3RvcnlcIiwgKCkgPT4ge1xuICBpdChcImdvZXMgYmFjayBhbmQgZm9ydGhcIiwgKCkgPT4ge1xuICAgIGNvbnN0IHRocmVlID0gSGlzdG9yeS5vZigxKS5wdXNoKDIpLnB1c2goMyk7XG4gICAgYXNzZXJ0LmVxdWFsKHRocmVlLnVuZG8oKS5wcmVzZW50LCAyKTtcbiAgICBhc3NlcnQuZXF1YWwodGhyZWUudW5kbygpLnVuZG8oKS5wcmVzZW50LCAxKTtcbiAgICBhc3NlcnQuZXF1YWwodGhyZWUudW5kbygpLnVuZG8oKS51bmRvKCkucHJlc2VudCwgMSk7XG4gICAgYXNzZXJ0LmVxdWFsKHRocmVlLnVuZG8oKS51bmRvKCkucmVkbygpLnJlZG8oKS5wcmVzZW50LCAzKTtcbiAgICBhc3NlcnQuZXF1YWwodGhyZWUucmVkbygpLCB0aHJlZSk7XG4gICAgYXNzZXJ0LmVxdWFsKHRocmVlLnVuZG8oKS5wdXNoKDQpLmNhblJlZG8sIGZhbHNlKTtcbiAgICBhc3NlcnQuZXF1YWwodGhyZWUudW5kbygpLnB1c2goNCkudW5kbygpLnByZXNlbnQsIDIpO1xuICB9KTtcblxuICBpdChcInRha2VzIG5vIHN0ZXAgd2hlcmUgbm90aGluZyBkaWZmZXJzLCBhbmQgb25lIGZvciB3aGF0IGlzIGFtZW5kZWRcIiwgKCkgPT4ge1xuICAgIGNvbnN0IHR3byA9IEhpc3Rvcnkub2YoMSkucHVzaCgyKTtcbiAgICBhc3NlcnQuZXF1YWwodHdvLnB1c2goMiksIHR3byk7XG4gICAgYXNzZXJ0LmVxdWFsKHR3by5hbWVuZCgzKS5hbWVuZCg0KS51bmRvKCkucHJlc2VudCwgMSk7XG4gICAgYXNzZXJ0LmVxdWFsKHR3by5hbWVuZCgzKS51bmRvKCkucmVkbygpLnByZXNlbnQsIDMpO1xuICB9KTtcblxuICBpdChcImlzIGJvdW5kZWRcIiwgKCkgPT4ge1xuICAgIGxldCBsb25nID0gSGlzdG9yeS5vZigwLCA1KTtcbiAgICBmb3IgKGxldCBzdGVwID0gMTsgc3RlcCA8PSAyMDsgc3RlcCsrKSBsb25nID0gbG9uZy5wdXNoKHN0ZXApO1xuICAgIGZvciAobGV0IHN0ZXAgPSAwOyBzdGVwIDwgMjA7IHN0ZXArKykgbG9uZyA9IGxvbmcudW5kbygpO1xuICAgIGFzc2VydC5lcXVhbChsb25nLnByZXNlbnQsIDE1KTtcbiAgfSk7XG59KTtcbiIsICIvKiogRnJhbWUgcmF0ZXMgYXMgZnJhY3Rpb25zLCBhbmQgdGhlIG9ubHkgcGxhY2VzIHdoZXJlIGZyYW1lcyBiZWNvbWUgc2Vjb25kcyBvciBzZWNvbmRzIGZyYW1lcy4gKi9cbmltcG9ydCB0eXBlIHsgUmF0ZSB9IGZyb20gXCIuL2VkaXRcIjtcblxuLyoqIFJhdGVzIHdob3NlIHRydWUgdmFsdWUgaXMgbiAqIDEwMDAvMTAwMSBhbmQgd2hpY2ggcGVvcGxlIHdyaXRlIDIzLjk3NiwgMjkuOTcsIDU5Ljk0IC4uLiAqL1xuY29uc3QgTlRTQyA9IFsyNCwgMzAsIDQ4LCA2MCwgMTIwLCAyNDBdO1xuLyoqIFdoYXQgYW4gdW5rbm93biByYXRlIGlzIHRha2VuIHRvIGJlLiAqL1xuY29uc3QgVVNVQUw6IFJhdGUgPSB7IG51bTogMzAsIGRlbjogMSB9O1xuLyoqIENvbnRhaW5lcnMgYW5kIGVkaXRvcnMgcm91bmQ6IGEgdGltZSB0aGlzIGxpdHRsZSBiZWZvcmUgYSBmcmFtZSdzIHN0YXJ0IGJlbG9uZ3MgdG8gdGhhdCBmcmFtZS4gKi9cbmV4cG9ydCBjb25zdCBUT0xFUkFOQ0VfU0VDT05EUyA9IDAuMDAxO1xuXG4vKiogVGhlIHJhdGUgdGhhdCB0aGUgc2VydmljZSdzIGBmcHNgIHRlbGxzLCB3aGljaCBpcyBhIGRlY2ltYWw6IDI5Ljk3MDAzIGlzIDMwMDAwLzEwMDEuICovXG5leHBvcnQgZnVuY3Rpb24gcmF0ZU9mKGZwczogbnVtYmVyIHwgbnVsbCk6IFJhdGUge1xuICBpZiAoZnBzID09PSBudWxsIHx8ICFOdW1iZXIuaXNGaW5pdGUoZnBzKSB8fCBmcHMgPD0gMCkgcmV0dXJuIFVTVUFMO1xuICBmb3IgKGNvbnN0IG5hbWUgb2YgTlRTQykge1xuICAgIGlmIChNYXRoLmFicyhmcHMgLSAobmFtZSAqIDEwMDApIC8gMTAwMSkgPCAwLjAwMSkgcmV0dXJuIHsgbnVtOiBuYW1lICogMTAwMCwgZGVuOiAxMDAxIH07XG4gIH1cbiAgY29uc3Qgd2hvbGUgPSBNYXRoLnJvdW5kKGZwcyk7XG4gIGlmICh3aG9sZSA+IDAgJiYgTWF0aC5hYnMoZnBzIC0gd2hvbGUpIDwgMC4wMDEpIHJldHVybiB7IG51bTogd2hvbGUsIGRlbjogMSB9O1xuICByZXR1cm4gcmVkdWNlZChNYXRoLm1heCgxLCBNYXRoLnJvdW5kKGZwcyAqIDEwMDApKSwgMTAwMCk7XG59XG5cbmZ1bmN0aW9uIHJlZHVjZWQobnVtOiBudW1iZXIsIGRlbjogbnVtYmVyKTogUmF0ZSB7XG4gIGxldCBbYSwgYl0gPSBbbnVtLCBkZW5dO1xuICB3aGlsZSAoYiA+IDApIFthLCBiXSA9IFtiLCBhICUgYl07XG4gIHJldHVybiB7IG51bTogbnVtIC8gYSwgZGVuOiBkZW4gLyBhIH07XG59XG5cbi8qKiBGcmFtZXMgcGVyIHNlY29uZCBhcyBhIG51bWJlciB0byByZWNrb24gd2l0aC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBwZXJTZWNvbmQoeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgcmV0dXJuIG51bSAvIGRlbjtcbn1cblxuLyoqIFRoZSByYXRlIGFzIGEgY29uZmlnJ3MgYG91dHB1dC5mcHNgIGFuZCBwZW9wbGUgd3JpdGUgaXQ6IDI5Ljk3IG1lYW5zIDMwMDAwLzEwMDEgdGhlcmUuICovXG5leHBvcnQgZnVuY3Rpb24gd3JpdHRlbihyYXRlOiBSYXRlKTogbnVtYmVyIHtcbiAgY29uc3QgdmFsdWUgPSBwZXJTZWNvbmQocmF0ZSk7XG4gIHJldHVybiByYXRlLmRlbiA9PT0gMTAwMSA/IE51bWJlcih2YWx1ZS50b0ZpeGVkKDMpKSA6IHZhbHVlO1xufVxuXG4vKiogV2hlbiBhIGZyYW1lIGJlZ2lucy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzZWNvbmRzT2YoZnJhbWU6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgcmV0dXJuIChmcmFtZSAqIGRlbikgLyBudW07XG59XG5cbi8qKiBUaGUgZnJhbWUgbmVhcmVzdCB0byBhIHRpbWUuICovXG5leHBvcnQgZnVuY3Rpb24gbmVhcmVzdEZyYW1lKHNlY29uZHM6IG51bWJlciwgeyBudW0sIGRlbiB9OiBSYXRlKTogbnVtYmVyIHtcbiAgcmV0dXJuIE1hdGgucm91bmQoKHNlY29uZHMgKiBudW0pIC8gZGVuKSArIDA7XG59XG5cbi8qKiBUaGUgZnJhbWUgb24gc2NyZWVuIGF0IGEgdGltZSwgYXMgdGhlIHNlcnZpY2UgaGFzIGl0OiBsZXNzIHRoYW4gMSBtcyBiZWZvcmUgdGhlIG5leHQgaXQgaXMgdGhlIG5leHQuICovXG5leHBvcnQgZnVuY3Rpb24gZnJhbWVBdChzZWNvbmRzOiBudW1iZXIsIHsgbnVtLCBkZW4gfTogUmF0ZSk6IG51bWJlciB7XG4gIGNvbnN0IHBsYWNlID0gKChzZWNvbmRzICsgVE9MRVJBTkNFX1NFQ09ORFMpICogbnVtKSAvIGRlbjtcbiAgcmV0dXJuIE1hdGguY2VpbChwbGFjZSkgLSAxO1xufVxuXG4vKiogVGhlIGZpcnN0IGZyYW1lIHRoYXQgYmVnaW5zIGF0IGEgdGltZSBvciBhZnRlciBpdCwgZ2l2ZSBvciB0YWtlIHRoYXQgbWlsbGlzZWNvbmQuICovXG5leHBvcnQgZnVuY3Rpb24gZmlyc3RGcmFtZUZyb20oc2Vjb25kczogbnVtYmVyLCB7IG51bSwgZGVuIH06IFJhdGUpOiBudW1iZXIge1xuICByZXR1cm4gTWF0aC5jZWlsKCgoc2Vjb25kcyAtIFRPTEVSQU5DRV9TRUNPTkRTKSAqIG51bSkgLyBkZW4pICsgMDtcbn1cbiIsICIvKiogV2hvIGlzIG9uIHdoZW46IHN3aXRjaGVzIGFuZCB3aGF0IGJlY29tZXMgb2YgdGhlbS4gRXZlcnkgZWRpdCB0aGF0IGNvbWVzIG91dCBpcyBpbiBub3JtYWwgZm9ybS4gKi9cbmltcG9ydCB0eXBlIHsgRWRpdCwgU3dpdGNoIH0gZnJvbSBcIi4vZWRpdFwiO1xuXG4vKiogQSBjYW1lcmEgdGhhdCBpcyBvbiBmcm9tIGBzdGFydGAgdXAgdG8gYnV0IG5vdCBpbmNsdWRpbmcgYGVuZGAuICovXG5leHBvcnQgaW50ZXJmYWNlIFR1cm4ge1xuICByZWFkb25seSBjYW1lcmE6IHN0cmluZztcbiAgcmVhZG9ubHkgc3RhcnQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgZW5kOiBudW1iZXI7XG59XG5cbi8qKiBXaGljaCBvZiB0aGUgc3dpdGNoZXMgY291bnRzIGF0IGEgZnJhbWU6IGl0cyBwbGFjZSBpbiB0aGUgbGlzdCwgZm91bmQgaW4gdGhlIGxvZyBvZiB0aGVpciBudW1iZXIuICovXG5leHBvcnQgZnVuY3Rpb24gaW5kZXhBdChzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW10sIGZyYW1lOiBudW1iZXIpOiBudW1iZXIge1xuICBsZXQgW2xvdywgaGlnaF0gPSBbMCwgc3dpdGNoZXMubGVuZ3RoIC0gMV07XG4gIHdoaWxlIChsb3cgPCBoaWdoKSB7XG4gICAgY29uc3QgbWlkZGxlID0gKGxvdyArIGhpZ2ggKyAxKSA+PiAxO1xuICAgIGlmICgoc3dpdGNoZXNbbWlkZGxlXSBhcyBTd2l0Y2gpLmZyYW1lIDw9IGZyYW1lKSBsb3cgPSBtaWRkbGU7XG4gICAgZWxzZSBoaWdoID0gbWlkZGxlIC0gMTtcbiAgfVxuICByZXR1cm4gbG93O1xufVxuXG4vKiogVGhlIGlkIG9mIHRoZSBjYW1lcmEgdGhhdCBpcyBvbiBhdCBhIGZyYW1lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNhbWVyYUF0KGVkaXQ6IEVkaXQsIGZyYW1lOiBudW1iZXIpOiBzdHJpbmcge1xuICByZXR1cm4gKGVkaXQuc3dpdGNoZXNbaW5kZXhBdChlZGl0LnN3aXRjaGVzLCBmcmFtZSldIGFzIFN3aXRjaCkuY2FtZXJhO1xufVxuXG4vKiogQWxsIHR1cm5zIGluIG9yZGVyOyB0aGV5IGZpbGwgdGhlIHByb2dyYW1tZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiB0dXJucyhlZGl0OiBFZGl0KTogVHVybltdIHtcbiAgcmV0dXJuIGVkaXQuc3dpdGNoZXMubWFwKCh7IGZyYW1lLCBjYW1lcmEgfSwgaW5kZXgpID0+ICh7XG4gICAgY2FtZXJhLFxuICAgIHN0YXJ0OiBmcmFtZSxcbiAgICBlbmQ6IGVkaXQuc3dpdGNoZXNbaW5kZXggKyAxXT8uZnJhbWUgPz8gZWRpdC5mcmFtZXMsXG4gIH0pKTtcbn1cblxuLyoqIFRoZSB0dXJuIHRoYXQgYSBmcmFtZSBpcyBpbi4gKi9cbmV4cG9ydCBmdW5jdGlvbiB0dXJuQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IFR1cm4ge1xuICBjb25zdCBpbmRleCA9IGluZGV4QXQoZWRpdC5zd2l0Y2hlcywgZnJhbWUpO1xuICBjb25zdCB7IGNhbWVyYSwgZnJhbWU6IHN0YXJ0IH0gPSBlZGl0LnN3aXRjaGVzW2luZGV4XSBhcyBTd2l0Y2g7XG4gIHJldHVybiB7IGNhbWVyYSwgc3RhcnQsIGVuZDogZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcyB9O1xufVxuXG4vKipcbiAqIFN3aXRjaGVzIGluIG5vcm1hbCBmb3JtOiBhc2NlbmRpbmcsIG9mIHNldmVyYWwgYXQgb25lIGZyYW1lIHRoZSBsYXN0LCBub25lIGF0IHRoZSBlbmQgb3IgYmV5b25kIGl0LCBhbmRcbiAqIG5vbmUgdG8gdGhlIGNhbWVyYSB0aGF0IGlzIG9uIGFueXdheS4gVGhlIGVhcmxpZXN0IGNvdW50cyBmcm9tIGZyYW1lIDAgb24uXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBub3JtYWwoc3dpdGNoZXM6IHJlYWRvbmx5IFN3aXRjaFtdLCBmcmFtZXM6IG51bWJlcik6IFN3aXRjaFtdIHtcbiAgY29uc3Qgc29ydGVkID0gc3dpdGNoZXMudG9Tb3J0ZWQoKG9uZSwgb3RoZXIpID0+IG9uZS5mcmFtZSAtIG90aGVyLmZyYW1lKTtcbiAgY29uc3QgZWFybGllc3QgPSBzb3J0ZWRbMF0/LmZyYW1lID8/IDA7XG4gIGNvbnN0IGtlcHQ6IFN3aXRjaFtdID0gW107XG4gIGZvciAoY29uc3QgeyBmcmFtZSwgY2FtZXJhIH0gb2Ygc29ydGVkKSB7XG4gICAgY29uc3QgYXQgPSBmcmFtZSA9PT0gZWFybGllc3QgPyAwIDogTWF0aC5tYXgoMCwgZnJhbWUpO1xuICAgIGlmIChhdCA+PSBmcmFtZXMpIGJyZWFrO1xuICAgIHdoaWxlIChrZXB0Lmxlbmd0aCA+IDAgJiYgKGtlcHQuYXQoLTEpIGFzIFN3aXRjaCkuZnJhbWUgPj0gYXQpIGtlcHQucG9wKCk7XG4gICAgaWYgKGtlcHQuYXQoLTEpPy5jYW1lcmEgIT09IGNhbWVyYSkga2VwdC5wdXNoKHsgZnJhbWU6IGF0LCBjYW1lcmEgfSk7XG4gIH1cbiAgcmV0dXJuIGtlcHQ7XG59XG5cbi8qKiBUaGUgZWRpdCB3aXRoIG90aGVyIHN3aXRjaGVzOyB0aGUgc2FtZSBvYmplY3Qgd2hlcmUgbm90aGluZyBkaWZmZXJzLCBzbyB0aGF0IG5vdGhpbmcgaXMgdG8gYmUgdW5kb25lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHdpdGhTd2l0Y2hlcyhlZGl0OiBFZGl0LCBzd2l0Y2hlczogcmVhZG9ubHkgU3dpdGNoW10pOiBFZGl0IHtcbiAgY29uc3QgbmV4dCA9IG5vcm1hbChzd2l0Y2hlcywgZWRpdC5mcmFtZXMpO1xuICByZXR1cm4gaXNTYW1lKG5leHQsIGVkaXQuc3dpdGNoZXMpID8gZWRpdCA6IHsgLi4uZWRpdCwgc3dpdGNoZXM6IG5leHQgfTtcbn1cblxuZnVuY3Rpb24gaXNTYW1lKG9uZTogcmVhZG9ubHkgU3dpdGNoW10sIG90aGVyOiByZWFkb25seSBTd2l0Y2hbXSk6IGJvb2xlYW4ge1xuICByZXR1cm4gKFxuICAgIG9uZS5sZW5ndGggPT09IG90aGVyLmxlbmd0aCAmJlxuICAgIG9uZS5ldmVyeSgoeyBmcmFtZSwgY2FtZXJhIH0sIGluZGV4KSA9PiB7XG4gICAgICBjb25zdCB0d2luID0gb3RoZXJbaW5kZXhdIGFzIFN3aXRjaDtcbiAgICAgIHJldHVybiBmcmFtZSA9PT0gdHdpbi5mcmFtZSAmJiBjYW1lcmEgPT09IHR3aW4uY2FtZXJhO1xuICAgIH0pXG4gICk7XG59XG5cbi8qKlxuICogVGhlIGNhbWVyYSBpcyBvbiBmcm9tIGBmcmFtZWAgdXAgdG8gdGhlIG5leHQgc3dpdGNoLlxuICpcbiAqIFdoaWxlIGEgdGFrZSBpcyByZWNvcmRlZCB0aGUgcGxheWhlYWQgaGFzIGNvbWUgdG8gYHVudGlsYDogc3dpdGNoZXMgdXAgdG8gYW5kIGF0IGl0IGFyZSBvdmVyd3JpdHRlbiwgYW5kXG4gKiB3aGF0IGxpZXMgYWhlYWQgc3RheXMsIGFzIHdpdGggYSBsaXZlIHN3aXRjaGVyLlxuICovXG5leHBvcnQgZnVuY3Rpb24gc3dpdGNoQXQoZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlciwgY2FtZXJhOiBzdHJpbmcsIHVudGlsID0gZnJhbWUpOiBFZGl0IHtcbiAgaWYgKGZyYW1lIDwgMCB8fCBmcmFtZSA+PSBlZGl0LmZyYW1lcykgcmV0dXJuIGVkaXQ7XG4gIGNvbnN0IGxhc3QgPSBNYXRoLm1heChmcmFtZSwgdW50aWwpO1xuICBjb25zdCBvdGhlcnMgPSBlZGl0LnN3aXRjaGVzLmZpbHRlcigob25lKSA9PiBvbmUuZnJhbWUgPCBmcmFtZSB8fCBvbmUuZnJhbWUgPiBsYXN0KTtcbiAgcmV0dXJuIHdpdGhTd2l0Y2hlcyhlZGl0LCBbLi4ub3RoZXJzLCB7IGZyYW1lLCBjYW1lcmEgfV0pO1xufVxuXG4vKiogSG93IGZhciB0aGUgc3dpdGNoIGF0IGBpbmRleGAgY2FuIGJlIG1vdmVkOiBiZXR3ZWVuIGl0cyBuZWlnaGJvdXJzLiBUaGUgZmlyc3Qgc3RheXMgYXQgZnJhbWUgMC4gKi9cbmV4cG9ydCBmdW5jdGlvbiByb29tT2YoZWRpdDogRWRpdCwgaW5kZXg6IG51bWJlcik6IHsgZnJvbTogbnVtYmVyOyB0bzogbnVtYmVyIH0ge1xuICBpZiAoaW5kZXggPT09IDApIHJldHVybiB7IGZyb206IDAsIHRvOiAwIH07XG4gIHJldHVybiB7XG4gICAgZnJvbTogKGVkaXQuc3dpdGNoZXNbaW5kZXggLSAxXSBhcyBTd2l0Y2gpLmZyYW1lICsgMSxcbiAgICB0bzogKGVkaXQuc3dpdGNoZXNbaW5kZXggKyAxXT8uZnJhbWUgPz8gZWRpdC5mcmFtZXMpIC0gMSxcbiAgfTtcbn1cblxuLyoqIFRoZSBzd2l0Y2ggYXQgYGZyb21gIG1vdmVkIHRvIGB0b2AsIG9yIGFzIG5lYXIgYXMgaXRzIG5laWdoYm91cnMgbGV0IGl0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIG1vdmVTd2l0Y2goZWRpdDogRWRpdCwgZnJvbTogbnVtYmVyLCB0bzogbnVtYmVyKTogRWRpdCB7XG4gIGNvbnN0IGluZGV4ID0gZWRpdC5zd2l0Y2hlcy5maW5kSW5kZXgoKHsgZnJhbWUgfSkgPT4gZnJhbWUgPT09IGZyb20pO1xuICBpZiAoaW5kZXggPCAxKSByZXR1cm4gZWRpdDtcbiAgY29uc3Qgcm9vbSA9IHJvb21PZihlZGl0LCBpbmRleCk7XG4gIGNvbnN0IGZyYW1lID0gTWF0aC5taW4ocm9vbS50bywgTWF0aC5tYXgocm9vbS5mcm9tLCB0bykpO1xuICByZXR1cm4gd2l0aFN3aXRjaGVzKFxuICAgIGVkaXQsXG4gICAgZWRpdC5zd2l0Y2hlcy5tYXAoKG9uZSwgYXQpID0+IChhdCA9PT0gaW5kZXggPyB7IC4uLm9uZSwgZnJhbWUgfSA6IG9uZSkpLFxuICApO1xufVxuXG4vKipcbiAqIFRoZSBlZGl0IHdpdGhvdXQgdGhlIHN3aXRjaCBhdCBgZnJhbWVgOiB3aG8gd2FzIG9uIGJlZm9yZSBnb2VzIG9uLiBPZiB0aGUgZmlyc3Qgc3dpdGNoLCB3aG8gaXMgb24gbmV4dCBpc1xuICogb24gZnJvbSB0aGUgc3RhcnQuIFRoZSBsYXN0IG9uZSB0aGF0IGlzIGxlZnQgc3RheXMuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBkZWxldGVTd2l0Y2goZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlcik6IEVkaXQge1xuICBjb25zdCBsZWZ0ID0gZWRpdC5zd2l0Y2hlcy5maWx0ZXIoKG9uZSkgPT4gb25lLmZyYW1lICE9PSBmcmFtZSk7XG4gIHJldHVybiBsZWZ0Lmxlbmd0aCA9PT0gMCA/IGVkaXQgOiB3aXRoU3dpdGNoZXMoZWRpdCwgbGVmdCk7XG59XG5cbi8qKiBUaGUgZnJhbWUgb2YgdGhlIG5leHQgc3dpdGNoIGluIGEgZGlyZWN0aW9uLCBvciB0aGUgcHJvZ3JhbW1lJ3MgZWRnZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZWlnaGJvdXJTd2l0Y2goZWRpdDogRWRpdCwgZnJhbWU6IG51bWJlciwgZGlyZWN0aW9uOiAxIHwgLTEpOiBudW1iZXIge1xuICBjb25zdCBpbmRleCA9IGluZGV4QXQoZWRpdC5zd2l0Y2hlcywgZnJhbWUpO1xuICBpZiAoZGlyZWN0aW9uID09PSAxKSByZXR1cm4gZWRpdC5zd2l0Y2hlc1tpbmRleCArIDFdPy5mcmFtZSA/PyBlZGl0LmZyYW1lcyAtIDE7XG4gIGNvbnN0IGhlcmUgPSAoZWRpdC5zd2l0Y2hlc1tpbmRleF0gYXMgU3dpdGNoKS5mcmFtZTtcbiAgcmV0dXJuIGhlcmUgPCBmcmFtZSA/IGhlcmUgOiAoZWRpdC5zd2l0Y2hlc1tpbmRleCAtIDFdPy5mcmFtZSA/PyAwKTtcbn1cbiIsICIvKiogSG93IGNhbWVyYXMgbGllIG9uIHRoZSBwcm9ncmFtbWUncyB0aW1lLCBhbmQgd2hlcmUgdGhlIHByb2dyYW1tZSBiZWdpbnMgYW5kIGVuZHMuICovXG5pbXBvcnQgdHlwZSB7IENhbWVyYSwgRWRpdCwgUmF0ZSB9IGZyb20gXCIuL2VkaXRcIjtcbmltcG9ydCB7XG4gIGZpcnN0RnJhbWVGcm9tLFxuICBuZWFyZXN0RnJhbWUsXG4gIHJhdGVPZixcbiAgc2Vjb25kc09mLFxufSBmcm9tIFwiLi9yYXRlXCI7XG5pbXBvcnQgeyBub3JtYWwgfSBmcm9tIFwiLi9zd2l0Y2hlc1wiO1xuXG5leHBvcnQgY29uc3QgRkVXRVNUX0NBTUVSQVMgPSAyO1xuZXhwb3J0IGNvbnN0IE1PU1RfQ0FNRVJBUyA9IDY7XG5cbi8qKiBGcmFtZXMgb2YgdGhlIHByb2dyYW1tZSwgW3N0YXJ0LCBlbmQpLiAqL1xuZXhwb3J0IGludGVyZmFjZSBTcGFuIHtcbiAgcmVhZG9ubHkgc3RhcnQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgZW5kOiBudW1iZXI7XG59XG5cbi8qKiBUaW1lcyBhcmUga2VwdCB0byB0aGUgbmFub3NlY29uZCwgYXMgdGhlIGNsaWVudCB3cml0ZXMgdGhlbSBpbnRvIGEgY29uZmlnLiAqL1xuZnVuY3Rpb24gZXhhY3Qoc2Vjb25kczogbnVtYmVyKTogbnVtYmVyIHtcbiAgcmV0dXJuIE51bWJlcihzZWNvbmRzLnRvRml4ZWQoOSkpO1xufVxuXG4vKipcbiAqIFRoZSBvZmZzZXQgdGhhdCBjb3VudHM6IHRvIHRoZSBuZWFyZXN0IGZyYW1lIG9mIHRoZSBjYW1lcmEuXG4gKlxuICogVGhlIHNlcnZpY2Ugc2hvd3Mgd2hvbGUgZnJhbWVzIG9mIGEgc291cmNlIGFuZCB0YWtlcyB0aGUgb25lIHRoYXQgaGFzIGJlZ3VuLiBXaXRob3V0IHRoaXMgYSBjYW1lcmEgdGhhdFxuICogYmVnaW5zIDAuOSBmcmFtZXMgbGF0ZXIgd291bGQgYmUgc2hvd24gYWxtb3N0IGEgd2hvbGUgZnJhbWUgb2ZmOyBzbyBpdCBpcyBoYWxmIG9mIG9uZSBhdCBtb3N0LCBhbmQgZXZlcnlcbiAqIGZyYW1lIG9mIHRoZSBwcmV2aWV3IGlzIHRoZSB2ZXJ5IGZyYW1lIG9mIHRoZSBleHBvcnQuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzaGlmdCh7IGZwcywgb2Zmc2V0IH06IFBpY2s8Q2FtZXJhLCBcImZwc1wiIHwgXCJvZmZzZXRcIj4pOiBudW1iZXIge1xuICBpZiAoZnBzID09PSBudWxsKSByZXR1cm4gZXhhY3Qob2Zmc2V0KTtcbiAgY29uc3QgcmF0ZSA9IHJhdGVPZihmcHMpO1xuICByZXR1cm4gZXhhY3Qoc2Vjb25kc09mKG5lYXJlc3RGcmFtZShvZmZzZXQsIHJhdGUpLCByYXRlKSk7XG59XG5cbi8qKiBUaGUgcHJvZ3JhbW1lJ3MgZnJhbWVzIG9mIHdoaWNoIHRoZSBjYW1lcmEgaGFzIGEgcGljdHVyZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzcGFuT2YoY2FtZXJhOiBDYW1lcmEsIHJhdGU6IFJhdGUpOiBTcGFuIHtcbiAgY29uc3QgYmVnaW4gPSAtc2hpZnQoY2FtZXJhKTtcbiAgcmV0dXJuIHtcbiAgICBzdGFydDogZmlyc3RGcmFtZUZyb20oYmVnaW4sIHJhdGUpLFxuICAgIGVuZDogZmlyc3RGcmFtZUZyb20oYmVnaW4gKyBjYW1lcmEuc2Vjb25kcywgcmF0ZSksXG4gIH07XG59XG5cbmZ1bmN0aW9uIG92ZXJsYXAoc3BhbnM6IHJlYWRvbmx5IFNwYW5bXSk6IFNwYW4ge1xuICByZXR1cm4ge1xuICAgIHN0YXJ0OiBNYXRoLm1heCguLi5zcGFucy5tYXAoKHsgc3RhcnQgfSkgPT4gc3RhcnQpKSxcbiAgICBlbmQ6IE1hdGgubWluKC4uLnNwYW5zLm1hcCgoeyBlbmQgfSkgPT4gZW5kKSksXG4gIH07XG59XG5cbi8qKiBGcm9tIHRoZSBmaXJzdCBwaWN0dXJlIG9mIGFueSBjYW1lcmEgdG8gdGhlIGxhc3Qgb25lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHdob2xlU3BhbihlZGl0OiBFZGl0KTogU3BhbiB7XG4gIGNvbnN0IHNwYW5zID0gZWRpdC5jYW1lcmFzLm1hcCgoY2FtZXJhKSA9PiBzcGFuT2YoY2FtZXJhLCBlZGl0LnJhdGUpKTtcbiAgcmV0dXJuIHtcbiAgICBzdGFydDogTWF0aC5taW4oLi4uc3BhbnMubWFwKCh7IHN0YXJ0IH0pID0+IHN0YXJ0KSksXG4gICAgZW5kOiBNYXRoLm1heCguLi5zcGFucy5tYXAoKHsgZW5kIH0pID0+IGVuZCkpLFxuICB9O1xufVxuXG4vKiogV2hlcmUgYWxsIGNhbWVyYXMgaGF2ZSBhIHBpY3R1cmU7IHdoZXJlIHRoYXQgaXMgbm93aGVyZSwgd2hlcmUgYW55IGhhcyBvbmUuICovXG5leHBvcnQgZnVuY3Rpb24gY29tbW9uU3BhbihlZGl0OiBFZGl0KTogU3BhbiB7XG4gIGNvbnN0IGNvbW1vbiA9IG92ZXJsYXAoZWRpdC5jYW1lcmFzLm1hcCgoY2FtZXJhKSA9PiBzcGFuT2YoY2FtZXJhLCBlZGl0LnJhdGUpKSk7XG4gIHJldHVybiBjb21tb24uZW5kID4gY29tbW9uLnN0YXJ0ID8gY29tbW9uIDogd2hvbGVTcGFuKGVkaXQpO1xufVxuXG4vKipcbiAqIFRoZSBwcm9ncmFtbWUgYmVnaW5zIGFuZCBlbmRzIGVsc2V3aGVyZTogZnJhbWUgYHN0YXJ0YCBiZWNvbWVzIGZyYW1lIDAuXG4gKlxuICogU3dpdGNoZXMgc3RheSB3aXRoIHRoZSBwaWN0dXJlcy4gVGhvc2UgdGhhdCBhcmUgY3V0IG9mZiBhcmUgZ29uZSwgd2hvIGlzIG9uIGF0IHRoZSBuZXcgc3RhcnQgaXMgb24gZnJvbVxuICogdGhlcmU7IHdoZXJlIHRoZSBwcm9ncmFtbWUgYmVjb21lcyBsb25nZXIsIGl0cyBmaXJzdCBhbmQgbGFzdCBjYW1lcmEgZ28gb24uXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiB0cmltKGVkaXQ6IEVkaXQsIHsgc3RhcnQsIGVuZCB9OiBTcGFuKTogRWRpdCB7XG4gIGlmIChlbmQgPD0gc3RhcnQgfHwgKHN0YXJ0ID09PSAwICYmIGVuZCA9PT0gZWRpdC5mcmFtZXMpKSByZXR1cm4gZWRpdDtcbiAgY29uc3QgYnkgPSBzZWNvbmRzT2Yoc3RhcnQsIGVkaXQucmF0ZSk7XG4gIGNvbnN0IGZyYW1lcyA9IGVuZCAtIHN0YXJ0O1xuICBjb25zdCBtb3ZlZCA9IGVkaXQuc3dpdGNoZXMubWFwKCh7IGZyYW1lLCBjYW1lcmEgfSkgPT4gKHsgZnJhbWU6IGZyYW1lIC0gc3RhcnQsIGNhbWVyYSB9KSk7XG4gIHJldHVybiB7XG4gICAgLi4uZWRpdCxcbiAgICBmcmFtZXMsXG4gICAgY2FtZXJhczogZWRpdC5jYW1lcmFzLm1hcCgoY2FtZXJhKSA9PiAoeyAuLi5jYW1lcmEsIG9mZnNldDogZXhhY3QoY2FtZXJhLm9mZnNldCArIGJ5KSB9KSksXG4gICAgc3dpdGNoZXM6IG5vcm1hbChtb3ZlZCwgZnJhbWVzKSxcbiAgfTtcbn1cblxuLyoqIFRoZSBwcm9ncmFtbWUgd2hlcmUgYWxsIGNhbWVyYXMgaGF2ZSBhIHBpY3R1cmUuICovXG5leHBvcnQgZnVuY3Rpb24gZml0KGVkaXQ6IEVkaXQpOiBFZGl0IHtcbiAgcmV0dXJuIHRyaW0oZWRpdCwgY29tbW9uU3BhbihlZGl0KSk7XG59XG5cbi8qKlxuICogQSBuZXcgZWRpdDogdGhlIGZpcnN0IGNhbWVyYSBpcyBvbiB0aHJvdWdob3V0LCBhdCBpdHMgcmF0ZS5cbiAqXG4gKiBUaGUgcHJvZ3JhbW1lIHNwYW5zIHdoYXQgYWxsIGNhbWVyYXMgaGF2ZSwgc28gdGhhdCB3aG9ldmVyIGlzIHN3aXRjaGVkIHRvIGlzIHRoZXJlLlxuICovXG5leHBvcnQgZnVuY3Rpb24gbmV3RWRpdChjYW1lcmFzOiByZWFkb25seSBDYW1lcmFbXSwgbmFtZSA9IFwiVW50aXRsZWRcIik6IEVkaXQge1xuICBjb25zdCBbZmlyc3RdID0gY2FtZXJhcztcbiAgaWYgKCFmaXJzdCB8fCBjYW1lcmFzLmxlbmd0aCA8IEZFV0VTVF9DQU1FUkFTIHx8IGNhbWVyYXMubGVuZ3RoID4gTU9TVF9DQU1FUkFTKSB7XG4gICAgdGhyb3cgbmV3IFJhbmdlRXJyb3IoYEFuIGVkaXQgaGFzICR7RkVXRVNUX0NBTUVSQVN9IHRvICR7TU9TVF9DQU1FUkFTfSBjYW1lcmFzLmApO1xuICB9XG4gIGNvbnN0IHJhdGUgPSByYXRlT2YoZmlyc3QuZnBzKTtcbiAgY29uc3QgZnJhbWVzID0gTWF0aC5tYXgoMSwgZmlyc3RGcmFtZUZyb20oZmlyc3Quc2Vjb25kcywgcmF0ZSkpO1xuICBjb25zdCBzd2l0Y2hlcyA9IFt7IGZyYW1lOiAwLCBjYW1lcmE6IGZpcnN0LmlkIH1dO1xuICByZXR1cm4gZml0KHsgdmVyc2lvbjogMSwgbmFtZSwgcmF0ZSwgZnJhbWVzLCBjYW1lcmFzLCBzd2l0Y2hlcyB9KTtcbn1cblxuLyoqIE9uZSBjYW1lcmEncyBvZmZzZXQsIGFuZCBub3RoaW5nIGVsc2UuICovXG5leHBvcnQgZnVuY3Rpb24gc2V0T2Zmc2V0KGVkaXQ6IEVkaXQsIGNhbWVyYTogc3RyaW5nLCBvZmZzZXQ6IG51bWJlcik6IEVkaXQge1xuICBpZiAoIU51bWJlci5pc0Zpbml0ZShvZmZzZXQpKSByZXR1cm4gZWRpdDtcbiAgcmV0dXJuIHtcbiAgICAuLi5lZGl0LFxuICAgIGNhbWVyYXM6IGVkaXQuY2FtZXJhcy5tYXAoKG9uZSkgPT5cbiAgICAgIG9uZS5pZCA9PT0gY2FtZXJhID8geyAuLi5vbmUsIG9mZnNldDogZXhhY3Qob2Zmc2V0KSB9IDogb25lLFxuICAgICksXG4gIH07XG59XG5cbi8qKiBIb3cgbWFueSBzZWNvbmRzIGxhdGVyIHRoYW4gdGhlIGZpcnN0IGNhbWVyYSB0aGlzIG9uZSBiZWdhbjsgbmVnYXRpdmU6IGVhcmxpZXIuICovXG5leHBvcnQgZnVuY3Rpb24gbGFnT2YoZWRpdDogRWRpdCwgY2FtZXJhOiBDYW1lcmEpOiBudW1iZXIge1xuICByZXR1cm4gZXhhY3QoKGVkaXQuY2FtZXJhc1swXSBhcyBDYW1lcmEpLm9mZnNldCAtIGNhbWVyYS5vZmZzZXQpO1xufVxuXG4vKipcbiAqIENhbWVyYXMgdGhhdCBiZWdhbiBzbyBtYW55IHNlY29uZHMgYWZ0ZXIgdGhlIGZpcnN0IG9uZSwgYnkgdGhlaXIgaWRzOyBvdGhlcnMgc3RheSB3aGVyZSB0aGV5IGFyZS5cbiAqXG4gKiBUaGUgZmlyc3QgY2FtZXJhIHN0YXlzIG9uIHRoZSBwcm9ncmFtbWUncyB0aW1lLCBhbmQgc3dpdGNoZXMgd2l0aCBpdC4gQSBwcm9ncmFtbWUgdGhhdCBzcGFubmVkIHdoYXQgYWxsXG4gKiBjYW1lcmFzIGhhdmUgZG9lcyBzbyBhZ2Fpbjsgb25lIHRoYXQgd2FzIHRyaW1tZWQgYnkgaGFuZCBzdGF5cy5cbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNldExhZ3MoZWRpdDogRWRpdCwgbGFnczogUmVhZG9ubHk8UmVjb3JkPHN0cmluZywgbnVtYmVyPj4pOiBFZGl0IHtcbiAgY29uc3QgW2ZpcnN0XSA9IGVkaXQuY2FtZXJhcyBhcyByZWFkb25seSBbQ2FtZXJhXTtcbiAgY29uc3QgY29tbW9uID0gY29tbW9uU3BhbihlZGl0KTtcbiAgY29uc3Qgd2FzV2hvbGUgPSBjb21tb24uc3RhcnQgPT09IDAgJiYgY29tbW9uLmVuZCA9PT0gZWRpdC5mcmFtZXM7XG4gIGNvbnN0IG1vdmVkID0ge1xuICAgIC4uLmVkaXQsXG4gICAgY2FtZXJhczogZWRpdC5jYW1lcmFzLm1hcCgoY2FtZXJhKSA9PiB7XG4gICAgICBjb25zdCBsYWcgPSBjYW1lcmEgPT09IGZpcnN0ID8gdW5kZWZpbmVkIDogbGFnc1tjYW1lcmEuaWRdO1xuICAgICAgaWYgKGxhZyA9PT0gdW5kZWZpbmVkIHx8ICFOdW1iZXIuaXNGaW5pdGUobGFnKSkgcmV0dXJuIGNhbWVyYTtcbiAgICAgIHJldHVybiB7IC4uLmNhbWVyYSwgb2Zmc2V0OiBleGFjdChmaXJzdC5vZmZzZXQgLSBsYWcpIH07XG4gICAgfSksXG4gIH07XG4gIHJldHVybiB3YXNXaG9sZSA/IGZpdChtb3ZlZCkgOiBtb3ZlZDtcbn1cblxuLyoqIFdoZXRoZXIgc29tZSBjYW1lcmEgaGFzIGZld2VyIG9yIG1vcmUgZnJhbWVzIGEgc2Vjb25kIHRoYW4gdGhlIHByb2dyYW1tZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBoYXNPdGhlclJhdGVzKGVkaXQ6IEVkaXQpOiBib29sZWFuIHtcbiAgcmV0dXJuIGVkaXQuY2FtZXJhcy5zb21lKCh7IGZwcyB9KSA9PiB7XG4gICAgaWYgKGZwcyA9PT0gbnVsbCkgcmV0dXJuIHRydWU7XG4gICAgY29uc3QgeyBudW0sIGRlbiB9ID0gcmF0ZU9mKGZwcyk7XG4gICAgcmV0dXJuIG51bSAhPT0gZWRpdC5yYXRlLm51bSB8fCBkZW4gIT09IGVkaXQucmF0ZS5kZW47XG4gIH0pO1xufVxuIiwgIi8qKiBVbmRvIGFuZCByZWRvOiBldmVyeSBlZGl0IHRoYXQgdGhlcmUgd2FzLCB1cCB0byBhIGJvdW5kLiAqL1xuXG5jb25zdCBNT1NUX1NURVBTID0gNTAwO1xuXG4vKiogV2hhdCBpcyBhbmQgd2hhdCB3YXMuIEltbXV0YWJsZSwgYXMgdGhlIHZhbHVlcyBpbiBpdCBhcmUuICovXG5leHBvcnQgY2xhc3MgSGlzdG9yeTxUPiB7XG4gIHByaXZhdGUgY29uc3RydWN0b3IoXG4gICAgcHJpdmF0ZSByZWFkb25seSBwYXN0OiByZWFkb25seSBUW10sXG4gICAgcmVhZG9ubHkgcHJlc2VudDogVCxcbiAgICBwcml2YXRlIHJlYWRvbmx5IGZ1dHVyZTogcmVhZG9ubHkgVFtdLFxuICAgIHByaXZhdGUgcmVhZG9ubHkgbW9zdDogbnVtYmVyLFxuICApIHt9XG5cbiAgc3RhdGljIG9mPFQ+KHByZXNlbnQ6IFQsIG1vc3QgPSBNT1NUX1NURVBTKTogSGlzdG9yeTxUPiB7XG4gICAgcmV0dXJuIG5ldyBIaXN0b3J5KFtdLCBwcmVzZW50LCBbXSwgbW9zdCk7XG4gIH1cblxuICBnZXQgY2FuVW5kbygpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy5wYXN0Lmxlbmd0aCA+IDA7XG4gIH1cblxuICBnZXQgY2FuUmVkbygpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy5mdXR1cmUubGVuZ3RoID4gMDtcbiAgfVxuXG4gIC8qKiBBIHN0ZXAgZnVydGhlcjogd2hhdCB3YXMgdW5kb25lIGJlZm9yZSBpcyBnb25lLiBOb3RoaW5nIGhhcHBlbnMgd2hlcmUgbm90aGluZyBkaWZmZXJzLiAqL1xuICBwdXNoKG5leHQ6IFQpOiBIaXN0b3J5PFQ+IHtcbiAgICBpZiAobmV4dCA9PT0gdGhpcy5wcmVzZW50KSByZXR1cm4gdGhpcztcbiAgICBjb25zdCBwYXN0ID0gWy4uLnRoaXMucGFzdCwgdGhpcy5wcmVzZW50XS5zbGljZSgtdGhpcy5tb3N0KTtcbiAgICByZXR1cm4gbmV3IEhpc3RvcnkocGFzdCwgbmV4dCwgW10sIHRoaXMubW9zdCk7XG4gIH1cblxuICAvKiogVGhlIGxhc3Qgc3RlcCBkaWZmZXJlbnRseTogb25lIHVuZG8gdGFrZXMgYmFjayBib3RoLiAqL1xuICBhbWVuZChuZXh0OiBUKTogSGlzdG9yeTxUPiB7XG4gICAgaWYgKG5leHQgPT09IHRoaXMucHJlc2VudCkgcmV0dXJuIHRoaXM7XG4gICAgcmV0dXJuIG5ldyBIaXN0b3J5KHRoaXMucGFzdCwgbmV4dCwgW10sIHRoaXMubW9zdCk7XG4gIH1cblxuICB1bmRvKCk6IEhpc3Rvcnk8VD4ge1xuICAgIGlmICghdGhpcy5jYW5VbmRvKSByZXR1cm4gdGhpcztcbiAgICBjb25zdCBwYXN0ID0gdGhpcy5wYXN0LnNsaWNlKDAsIC0xKTtcbiAgICBjb25zdCBiZWZvcmUgPSB0aGlzLnBhc3QuYXQoLTEpIGFzIFQ7XG4gICAgcmV0dXJuIG5ldyBIaXN0b3J5KHBhc3QsIGJlZm9yZSwgW3RoaXMucHJlc2VudCwgLi4udGhpcy5mdXR1cmVdLCB0aGlzLm1vc3QpO1xuICB9XG5cbiAgcmVkbygpOiBIaXN0b3J5PFQ+IHtcbiAgICBpZiAoIXRoaXMuY2FuUmVkbykgcmV0dXJuIHRoaXM7XG4gICAgY29uc3QgW25leHQsIC4uLmZ1dHVyZV0gPSB0aGlzLmZ1dHVyZSBhcyBbVCwgLi4uVFtdXTtcbiAgICByZXR1cm4gbmV3IEhpc3RvcnkoWy4uLnRoaXMucGFzdCwgdGhpcy5wcmVzZW50XSwgbmV4dCwgZnV0dXJlLCB0aGlzLm1vc3QpO1xuICB9XG59XG4iLCAiLyoqIEFuIGVkaXQgYXMgYSBmaWxlLCBhbmQgYmFjay4gV2hhdCBjYW5ub3QgYmUgdW5kZXJzdG9vZCBpcyBzYWlkIHdpdGggaXRzIHBsYWNlLiAqL1xuaW1wb3J0IHsgRkVXRVNUX0NBTUVSQVMsIE1PU1RfQ0FNRVJBUyB9IGZyb20gXCIuL2NhbWVyYXNcIjtcbmltcG9ydCB0eXBlIHsgQ2FtZXJhLCBFZGl0LCBSYXRlLCBTd2l0Y2ggfSBmcm9tIFwiLi9lZGl0XCI7XG5pbXBvcnQgeyBub3JtYWwgfSBmcm9tIFwiLi9zd2l0Y2hlc1wiO1xuXG4vKiogQSBkYXkgYXQgMjQwIGZyYW1lcyBhIHNlY29uZDogd2hhdCB0aGUgc2VydmljZSBleHBvcnRzIGF0IG1vc3QuICovXG5jb25zdCBNT1NUX0ZSQU1FUyA9IDI0ICogMzYwMCAqIDI0MDtcbmNvbnN0IE1PU1RfU1dJVENIRVMgPSAyMF8wMDA7XG5cbi8qKiBBIGZpbGUgdGhhdCBpcyBubyBlZGl0OyB0aGUgbWVzc2FnZSBpcyBhIHNlbnRlbmNlIGZvciBhIHBlcnNvbi4gKi9cbmV4cG9ydCBjbGFzcyBVbnJlYWRhYmxlRWRpdCBleHRlbmRzIEVycm9yIHtcbiAgY29uc3RydWN0b3IoXG4gICAgbWVzc2FnZTogc3RyaW5nLFxuICAgIHJlYWRvbmx5IHBsYWNlID0gXCJcIixcbiAgKSB7XG4gICAgc3VwZXIobWVzc2FnZSk7XG4gICAgdGhpcy5uYW1lID0gXCJVbnJlYWRhYmxlRWRpdFwiO1xuICB9XG59XG5cbi8qKiBUaGUgdGV4dCBvZiBhIGZpbGUgdGhhdCBgbG9hZGAgcmVhZHMuICovXG5leHBvcnQgZnVuY3Rpb24gc2F2ZShlZGl0OiBFZGl0KTogc3RyaW5nIHtcbiAgcmV0dXJuIGAke0pTT04uc3RyaW5naWZ5KGVkaXQsIG51bGwsIDIpfVxcbmA7XG59XG5cbi8qKiBUaGUgbmFtZSBvZiB0aGF0IGZpbGUuICovXG5leHBvcnQgZnVuY3Rpb24gZmlsZU5hbWVPZihlZGl0OiBFZGl0KTogc3RyaW5nIHtcbiAgY29uc3Qgc2FmZSA9IGVkaXQubmFtZS5yZXBsYWNlQWxsKC9bXlxccHtMfVxccHtOfSAuXy1dL2d1LCBcIl9cIikudHJpbSgpO1xuICByZXR1cm4gYCR7c2FmZS5zbGljZSgwLCA4MCkgfHwgXCJlZGl0XCJ9LmN1dC5qc29uYDtcbn1cblxuLyoqIFRoZSBlZGl0IG9mIGEgdGV4dC4gVGhyb3dzIFVucmVhZGFibGVFZGl0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGxvYWQodGV4dDogc3RyaW5nKTogRWRpdCB7XG4gIGxldCB2YWx1ZTogdW5rbm93bjtcbiAgdHJ5IHtcbiAgICB2YWx1ZSA9IEpTT04ucGFyc2UodGV4dCk7XG4gIH0gY2F0Y2gge1xuICAgIHRocm93IG5ldyBVbnJlYWRhYmxlRWRpdChcIlRoaXMgZmlsZSBpcyBub3QgYSBzYXZlZCBlZGl0OiBpdCBpcyBub3QgSlNPTi5cIik7XG4gIH1cbiAgY29uc3QgZWRpdCA9IG5ldyBSZWFkZXIodmFsdWUsIFwiXCIpO1xuICBjb25zdCB2ZXJzaW9uID0gZWRpdC5maWVsZChcInZlcnNpb25cIikudmFsdWU7XG4gIGlmICh2ZXJzaW9uID09PSB1bmRlZmluZWQpIHtcbiAgICB0aHJvdyBuZXcgVW5yZWFkYWJsZUVkaXQoXCJUaGlzIGZpbGUgaXMgbm90IGEgc2F2ZWQgZWRpdDogaXQgaGFzIG5vIHZlcnNpb24uXCIsIFwidmVyc2lvblwiKTtcbiAgfVxuICBpZiAodmVyc2lvbiAhPT0gMSkge1xuICAgIGNvbnN0IG1lc3NhZ2UgPSBgVGhpcyBlZGl0IHdhcyBzYXZlZCBieSBhbm90aGVyIHZlcnNpb24gKCR7SlNPTi5zdHJpbmdpZnkodmVyc2lvbil9KTsgdGhpcyBwYWdlIHJlYWRzIHZlcnNpb24gMS5gO1xuICAgIHRocm93IG5ldyBVbnJlYWRhYmxlRWRpdChtZXNzYWdlLCBcInZlcnNpb25cIik7XG4gIH1cbiAgY29uc3QgZnJhbWVzID0gZWRpdC5maWVsZChcImZyYW1lc1wiKS53aG9sZSgxLCBNT1NUX0ZSQU1FUyk7XG4gIGNvbnN0IGNhbWVyYXMgPSBlZGl0LmZpZWxkKFwiY2FtZXJhc1wiKS5saXN0KEZFV0VTVF9DQU1FUkFTLCBNT1NUX0NBTUVSQVMpLm1hcChjYW1lcmFGcm9tKTtcbiAgY29uc3QgaWRzID0gbmV3IFNldChjYW1lcmFzLm1hcCgoeyBpZCB9KSA9PiBpZCkpO1xuICBpZiAoaWRzLnNpemUgPCBjYW1lcmFzLmxlbmd0aCkge1xuICAgIHRocm93IG5ldyBVbnJlYWRhYmxlRWRpdChcIlRoaXMgZWRpdCBoYXMgdHdvIGNhbWVyYXMgd2l0aCB0aGUgc2FtZSBpZC5cIiwgXCJjYW1lcmFzXCIpO1xuICB9XG4gIGNvbnN0IHN3aXRjaGVzID0gZWRpdFxuICAgIC5maWVsZChcInN3aXRjaGVzXCIpXG4gICAgLmxpc3QoMSwgTU9TVF9TV0lUQ0hFUylcbiAgICAubWFwKChvbmUpID0+IHN3aXRjaEZyb20ob25lLCBpZHMsIGZyYW1lcykpO1xuICByZXR1cm4ge1xuICAgIHZlcnNpb246IDEsXG4gICAgbmFtZTogZWRpdC5maWVsZChcIm5hbWVcIikudGV4dCgpLFxuICAgIHJhdGU6IHJhdGVGcm9tKGVkaXQuZmllbGQoXCJyYXRlXCIpKSxcbiAgICBmcmFtZXMsXG4gICAgY2FtZXJhcyxcbiAgICBzd2l0Y2hlczogbm9ybWFsKHN3aXRjaGVzLCBmcmFtZXMpLFxuICB9O1xufVxuXG5mdW5jdGlvbiBjYW1lcmFGcm9tKGNhbWVyYTogUmVhZGVyKTogQ2FtZXJhIHtcbiAgcmV0dXJuIHtcbiAgICBpZDogY2FtZXJhLmZpZWxkKFwiaWRcIikudGV4dCgpLFxuICAgIHNvdXJjZTogY2FtZXJhLmZpZWxkKFwic291cmNlXCIpLnRleHQoKSxcbiAgICBuYW1lOiBjYW1lcmEuZmllbGQoXCJuYW1lXCIpLnRleHQoKSxcbiAgICBzZWNvbmRzOiBjYW1lcmEuZmllbGQoXCJzZWNvbmRzXCIpLm51bWJlcigwKSxcbiAgICB3aWR0aDogY2FtZXJhLmZpZWxkKFwid2lkdGhcIikud2hvbGUoMSwgMTZfMzg0KSxcbiAgICBoZWlnaHQ6IGNhbWVyYS5maWVsZChcImhlaWdodFwiKS53aG9sZSgxLCAxNl8zODQpLFxuICAgIGZwczogY2FtZXJhLmZpZWxkKFwiZnBzXCIpLnZhbHVlID09PSBudWxsID8gbnVsbCA6IGNhbWVyYS5maWVsZChcImZwc1wiKS5udW1iZXIoMCwgMTAwMCksXG4gICAgaGFzU291bmQ6IGNhbWVyYS5maWVsZChcImhhc1NvdW5kXCIpLnRydXRoKCksXG4gICAgb2Zmc2V0OiBjYW1lcmEuZmllbGQoXCJvZmZzZXRcIikubnVtYmVyKCksXG4gIH07XG59XG5cbmZ1bmN0aW9uIHJhdGVGcm9tKHJhdGU6IFJlYWRlcik6IFJhdGUge1xuICByZXR1cm4geyBudW06IHJhdGUuZmllbGQoXCJudW1cIikud2hvbGUoMSwgMWU5KSwgZGVuOiByYXRlLmZpZWxkKFwiZGVuXCIpLndob2xlKDEsIDFlOSkgfTtcbn1cblxuZnVuY3Rpb24gc3dpdGNoRnJvbShvbmU6IFJlYWRlciwgY2FtZXJhczogUmVhZG9ubHlTZXQ8c3RyaW5nPiwgZnJhbWVzOiBudW1iZXIpOiBTd2l0Y2gge1xuICBjb25zdCBjYW1lcmEgPSBvbmUuZmllbGQoXCJjYW1lcmFcIik7XG4gIGlmICghY2FtZXJhcy5oYXMoY2FtZXJhLnRleHQoKSkpIGNhbWVyYS5yZWZ1c2UoXCJuYW1lcyBubyBjYW1lcmEgb2YgdGhpcyBlZGl0XCIpO1xuICByZXR1cm4geyBmcmFtZTogb25lLmZpZWxkKFwiZnJhbWVcIikud2hvbGUoMCwgZnJhbWVzIC0gMSksIGNhbWVyYTogY2FtZXJhLnRleHQoKSB9O1xufVxuXG4vKiogQSB2YWx1ZSBvZiB0aGUgZmlsZSB0b2dldGhlciB3aXRoIGl0cyBwbGFjZS4gKi9cbmNsYXNzIFJlYWRlciB7XG4gIGNvbnN0cnVjdG9yKFxuICAgIHJlYWRvbmx5IHZhbHVlOiB1bmtub3duLFxuICAgIHByaXZhdGUgcmVhZG9ubHkgcGxhY2U6IHN0cmluZyxcbiAgKSB7fVxuXG4gIHJlZnVzZSh3aGF0OiBzdHJpbmcpOiBuZXZlciB7XG4gICAgY29uc3QgcGxhY2UgPSB0aGlzLnBsYWNlIHx8IFwiVGhlIGZpbGVcIjtcbiAgICB0aHJvdyBuZXcgVW5yZWFkYWJsZUVkaXQoYFRoaXMgZmlsZSBpcyBub3QgYSBzYXZlZCBlZGl0OiAke3BsYWNlfSAke3doYXR9LmAsIHRoaXMucGxhY2UpO1xuICB9XG5cbiAgZmllbGQobmFtZTogc3RyaW5nKTogUmVhZGVyIHtcbiAgICBjb25zdCB7IHZhbHVlIH0gPSB0aGlzO1xuICAgIGlmICh0eXBlb2YgdmFsdWUgIT09IFwib2JqZWN0XCIgfHwgdmFsdWUgPT09IG51bGwgfHwgQXJyYXkuaXNBcnJheSh2YWx1ZSkpIHtcbiAgICAgIHJldHVybiB0aGlzLnJlZnVzZShcImlzIG5vdCBhbiBvYmplY3RcIik7XG4gICAgfVxuICAgIGNvbnN0IHBsYWNlID0gdGhpcy5wbGFjZSA/IGAke3RoaXMucGxhY2V9LiR7bmFtZX1gIDogbmFtZTtcbiAgICByZXR1cm4gbmV3IFJlYWRlcigodmFsdWUgYXMgUmVjb3JkPHN0cmluZywgdW5rbm93bj4pW25hbWVdLCBwbGFjZSk7XG4gIH1cblxuICBsaXN0KGZld2VzdDogbnVtYmVyLCBtb3N0OiBudW1iZXIpOiBSZWFkZXJbXSB7XG4gICAgY29uc3QgeyB2YWx1ZSB9ID0gdGhpcztcbiAgICBpZiAoIUFycmF5LmlzQXJyYXkodmFsdWUpKSByZXR1cm4gdGhpcy5yZWZ1c2UoXCJpcyBub3QgYSBsaXN0XCIpO1xuICAgIGlmICh2YWx1ZS5sZW5ndGggPCBmZXdlc3QgfHwgdmFsdWUubGVuZ3RoID4gbW9zdCkge1xuICAgICAgdGhpcy5yZWZ1c2UoYGhhcyAke3ZhbHVlLmxlbmd0aH0gZW50cmllcywgbm90ICR7ZmV3ZXN0fSB0byAke21vc3R9YCk7XG4gICAgfVxuICAgIHJldHVybiB2YWx1ZS5tYXAoKG9uZSwgaW5kZXgpID0+IG5ldyBSZWFkZXIob25lLCBgJHt0aGlzLnBsYWNlfVske2luZGV4fV1gKSk7XG4gIH1cblxuICB0ZXh0KCk6IHN0cmluZyB7XG4gICAgcmV0dXJuIHR5cGVvZiB0aGlzLnZhbHVlID09PSBcInN0cmluZ1wiID8gdGhpcy52YWx1ZSA6IHRoaXMucmVmdXNlKFwiaXMgbm90IGEgdGV4dFwiKTtcbiAgfVxuXG4gIHRydXRoKCk6IGJvb2xlYW4ge1xuICAgIHJldHVybiB0eXBlb2YgdGhpcy52YWx1ZSA9PT0gXCJib29sZWFuXCIgPyB0aGlzLnZhbHVlIDogdGhpcy5yZWZ1c2UoXCJpcyBuZWl0aGVyIHRydWUgbm9yIGZhbHNlXCIpO1xuICB9XG5cbiAgbnVtYmVyKGxlYXN0ID0gLTFlOSwgbW9zdCA9IDFlOSk6IG51bWJlciB7XG4gICAgY29uc3QgeyB2YWx1ZSB9ID0gdGhpcztcbiAgICBpZiAodHlwZW9mIHZhbHVlICE9PSBcIm51bWJlclwiIHx8ICFOdW1iZXIuaXNGaW5pdGUodmFsdWUpKSByZXR1cm4gdGhpcy5yZWZ1c2UoXCJpcyBub3QgYSBudW1iZXJcIik7XG4gICAgaWYgKHZhbHVlIDwgbGVhc3QgfHwgdmFsdWUgPiBtb3N0KSB0aGlzLnJlZnVzZShgaXMgJHt2YWx1ZX0sIG5vdCAke2xlYXN0fSB0byAke21vc3R9YCk7XG4gICAgcmV0dXJuIHZhbHVlO1xuICB9XG5cbiAgd2hvbGUobGVhc3Q6IG51bWJlciwgbW9zdDogbnVtYmVyKTogbnVtYmVyIHtcbiAgICBjb25zdCB2YWx1ZSA9IHRoaXMubnVtYmVyKGxlYXN0LCBtb3N0KTtcbiAgICByZXR1cm4gTnVtYmVyLmlzSW50ZWdlcih2YWx1ZSkgPyB2YWx1ZSA6IHRoaXMucmVmdXNlKGBpcyAke3ZhbHVlfSwgbm90IGEgd2hvbGUgbnVtYmVyYCk7XG4gIH1cbn1cbiIsICIvKiogTnVtYmVycyBieSBjaGFuY2UgdGhhdCBhcmUgdGhlIHNhbWUgZXZlcnkgdGltZSwgYW5kIGVkaXRzIG1hZGUgb2YgdGhlbS4gKi9cbmltcG9ydCB7IG5ld0VkaXQgfSBmcm9tIFwiLi4vc3JjL2VkaXQvY2FtZXJhc1wiO1xuaW1wb3J0IHR5cGUgeyBDYW1lcmEsIEVkaXQgfSBmcm9tIFwiLi4vc3JjL2VkaXQvZWRpdFwiO1xuXG5leHBvcnQgdHlwZSBDaGFuY2UgPSAoKSA9PiBudW1iZXI7XG5cbi8qKiBNdWxiZXJyeTMyOiAwIHVwIHRvIGJ1dCBub3QgaW5jbHVkaW5nIDEuICovXG5leHBvcnQgZnVuY3Rpb24gY2hhbmNlKHNlZWQ6IG51bWJlcik6IENoYW5jZSB7XG4gIGxldCBzdGF0ZSA9IHNlZWQgPj4+IDA7XG4gIHJldHVybiAoKSA9PiB7XG4gICAgc3RhdGUgPSAoc3RhdGUgKyAweDZkMmI3OWY1KSA+Pj4gMDtcbiAgICBsZXQgbWl4ZWQgPSBNYXRoLmltdWwoc3RhdGUgXiAoc3RhdGUgPj4+IDE1KSwgc3RhdGUgfCAxKTtcbiAgICBtaXhlZCBePSBtaXhlZCArIE1hdGguaW11bChtaXhlZCBeIChtaXhlZCA+Pj4gNyksIG1peGVkIHwgNjEpO1xuICAgIHJldHVybiAoKG1peGVkIF4gKG1peGVkID4+PiAxNCkpID4+PiAwKSAvIDIgKiogMzI7XG4gIH07XG59XG5cbmV4cG9ydCBmdW5jdGlvbiB3aG9sZShyYW5kb206IENoYW5jZSwgbGVhc3Q6IG51bWJlciwgbW9zdDogbnVtYmVyKTogbnVtYmVyIHtcbiAgcmV0dXJuIGxlYXN0ICsgTWF0aC5mbG9vcihyYW5kb20oKSAqIChtb3N0IC0gbGVhc3QgKyAxKSk7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBvbmVPZjxUPihyYW5kb206IENoYW5jZSwgdmFsdWVzOiByZWFkb25seSBUW10pOiBUIHtcbiAgcmV0dXJuIHZhbHVlc1t3aG9sZShyYW5kb20sIDAsIHZhbHVlcy5sZW5ndGggLSAxKV0gYXMgVDtcbn1cblxuZXhwb3J0IGNvbnN0IEZQUyA9IFsyNCwgMjUsIDMwLCA1MCwgNjAsIDIzLjk3NjAyMzk3NjAyMzk3OCwgMjkuOTcwMDI5OTcwMDI5OTcsIDU5Ljk0MDA1OTk0MDA1OTk0XTtcblxuLyoqXG4gKiBSYXRlcyB0aGF0IG9uZSBlZGl0IG1heSBtaXguIE5vdCAzMCBhbmQgMjkuOTc6IGEgd2hvbGUgcmF0ZSB0aGF0IGlzIHRoZSBuYW1lIG9mIGFub3RoZXIgaW4gdGhlIHByb2dyYW1tZVxuICogbWVhbnMgdGhhdCBvbmUgdG8gdGhlIHNlcnZpY2UuXG4gKi9cbmNvbnN0IE1JWEVTID0gW1xuICBbMjQsIDI1LCAzMCwgNTAsIDYwXSxcbiAgWzI1LCA1MCwgMjMuOTc2MDIzOTc2MDIzOTc4LCAyOS45NzAwMjk5NzAwMjk5NywgNTkuOTQwMDU5OTQwMDU5OTRdLFxuXTtcblxuZXhwb3J0IGZ1bmN0aW9uIGNhbWVyYShpZDogc3RyaW5nLCBjaGFuZ2VzOiBQYXJ0aWFsPENhbWVyYT4gPSB7fSk6IENhbWVyYSB7XG4gIHJldHVybiB7XG4gICAgaWQsXG4gICAgc291cmNlOiBgJHtpZH0ubXA0YCxcbiAgICBuYW1lOiBgQ2FtZXJhICR7aWR9YCxcbiAgICBzZWNvbmRzOiA2MCxcbiAgICB3aWR0aDogMTkyMCxcbiAgICBoZWlnaHQ6IDEwODAsXG4gICAgZnBzOiAzMCxcbiAgICBoYXNTb3VuZDogdHJ1ZSxcbiAgICBvZmZzZXQ6IDAsXG4gICAgLi4uY2hhbmdlcyxcbiAgfTtcbn1cblxuLyoqIENhbWVyYXMgb2Ygb25lIHJhdGUsIG9yIG9mIHNldmVyYWwsIHRoYXQgYmVnYW4gdXAgdG8gZml2ZSBzZWNvbmRzIGFwYXJ0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHJhbmRvbUNhbWVyYXMocmFuZG9tOiBDaGFuY2UsIGlzTWl4ZWQ6IGJvb2xlYW4pOiBDYW1lcmFbXSB7XG4gIGNvbnN0IGZwcyA9IG9uZU9mKHJhbmRvbSwgRlBTKTtcbiAgY29uc3QgbWl4ID0gb25lT2YocmFuZG9tLCBNSVhFUyk7XG4gIHJldHVybiBBcnJheS5mcm9tKHsgbGVuZ3RoOiB3aG9sZShyYW5kb20sIDIsIDYpIH0sIChfLCBpbmRleCkgPT4ge1xuICAgIGNvbnN0IG93biA9IGlzTWl4ZWQgPyBvbmVPZihyYW5kb20sIG1peCkgOiBmcHM7XG4gICAgcmV0dXJuIGNhbWVyYShgYyR7aW5kZXggKyAxfWAsIHtcbiAgICAgIGZwczogb3duLFxuICAgICAgc2Vjb25kczogd2hvbGUocmFuZG9tLCAyMDAsIDcwMCkgLyBvd24sXG4gICAgICBvZmZzZXQ6IHJhbmRvbSgpIDwgMC4zID8gMCA6IE1hdGgucm91bmQoKHJhbmRvbSgpICogMTAgLSA1KSAqIDFlNikgLyAxZTYsXG4gICAgfSk7XG4gIH0pO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gcmFuZG9tRWRpdChyYW5kb206IENoYW5jZSwgaXNNaXhlZCA9IGZhbHNlKTogRWRpdCB7XG4gIHJldHVybiBuZXdFZGl0KHJhbmRvbUNhbWVyYXMocmFuZG9tLCBpc01peGVkKSwgXCJCeSBjaGFuY2VcIik7XG59XG4iXSwKICAibWFwcGluZ3MiOiAiO0FBQUEsT0FBTyxZQUFZO0FBQ25CLFNBQVMsVUFBVSxVQUFVOzs7QUNHN0IsSUFBTSxPQUFPLENBQUMsSUFBSSxJQUFJLElBQUksSUFBSSxLQUFLLEdBQUc7QUFFdEMsSUFBTSxRQUFjLEVBQUUsS0FBSyxJQUFJLEtBQUssRUFBRTtBQUUvQixJQUFNLG9CQUFvQjtBQUcxQixTQUFTLE9BQU8sS0FBMEI7QUFDL0MsTUFBSSxRQUFRLFFBQVEsQ0FBQyxPQUFPLFNBQVMsR0FBRyxLQUFLLE9BQU8sRUFBRyxRQUFPO0FBQzlELGFBQVcsUUFBUSxNQUFNO0FBQ3ZCLFFBQUksS0FBSyxJQUFJLE1BQU8sT0FBTyxNQUFRLElBQUksSUFBSSxLQUFPLFFBQU8sRUFBRSxLQUFLLE9BQU8sS0FBTSxLQUFLLEtBQUs7QUFBQSxFQUN6RjtBQUNBLFFBQU1BLFNBQVEsS0FBSyxNQUFNLEdBQUc7QUFDNUIsTUFBSUEsU0FBUSxLQUFLLEtBQUssSUFBSSxNQUFNQSxNQUFLLElBQUksS0FBTyxRQUFPLEVBQUUsS0FBS0EsUUFBTyxLQUFLLEVBQUU7QUFDNUUsU0FBTyxRQUFRLEtBQUssSUFBSSxHQUFHLEtBQUssTUFBTSxNQUFNLEdBQUksQ0FBQyxHQUFHLEdBQUk7QUFDMUQ7QUFFQSxTQUFTLFFBQVEsS0FBYSxLQUFtQjtBQUMvQyxNQUFJLENBQUMsR0FBRyxDQUFDLElBQUksQ0FBQyxLQUFLLEdBQUc7QUFDdEIsU0FBTyxJQUFJLEVBQUcsRUFBQyxHQUFHLENBQUMsSUFBSSxDQUFDLEdBQUcsSUFBSSxDQUFDO0FBQ2hDLFNBQU8sRUFBRSxLQUFLLE1BQU0sR0FBRyxLQUFLLE1BQU0sRUFBRTtBQUN0QztBQWNPLFNBQVMsVUFBVSxPQUFlLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQ25FLFNBQVEsUUFBUSxNQUFPO0FBQ3pCO0FBR08sU0FBUyxhQUFhLFNBQWlCLEVBQUUsS0FBSyxJQUFJLEdBQWlCO0FBQ3hFLFNBQU8sS0FBSyxNQUFPLFVBQVUsTUFBTyxHQUFHLElBQUk7QUFDN0M7QUFTTyxTQUFTLGVBQWUsU0FBaUIsRUFBRSxLQUFLLElBQUksR0FBaUI7QUFDMUUsU0FBTyxLQUFLLE1BQU8sVUFBVSxxQkFBcUIsTUFBTyxHQUFHLElBQUk7QUFDbEU7OztBQ1hPLFNBQVMsT0FBTyxVQUE2QixRQUEwQjtBQUM1RSxRQUFNLFNBQVMsU0FBUyxTQUFTLENBQUMsS0FBSyxVQUFVLElBQUksUUFBUSxNQUFNLEtBQUs7QUFDeEUsUUFBTSxXQUFXLE9BQU8sQ0FBQyxHQUFHLFNBQVM7QUFDckMsUUFBTSxPQUFpQixDQUFDO0FBQ3hCLGFBQVcsRUFBRSxPQUFPLFFBQUFDLFFBQU8sS0FBSyxRQUFRO0FBQ3RDLFVBQU0sS0FBSyxVQUFVLFdBQVcsSUFBSSxLQUFLLElBQUksR0FBRyxLQUFLO0FBQ3JELFFBQUksTUFBTSxPQUFRO0FBQ2xCLFdBQU8sS0FBSyxTQUFTLEtBQU0sS0FBSyxHQUFHLEVBQUUsRUFBYSxTQUFTLEdBQUksTUFBSyxJQUFJO0FBQ3hFLFFBQUksS0FBSyxHQUFHLEVBQUUsR0FBRyxXQUFXQSxRQUFRLE1BQUssS0FBSyxFQUFFLE9BQU8sSUFBSSxRQUFBQSxRQUFPLENBQUM7QUFBQSxFQUNyRTtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsYUFBYUMsT0FBWSxVQUFtQztBQUMxRSxRQUFNLE9BQU8sT0FBTyxVQUFVQSxNQUFLLE1BQU07QUFDekMsU0FBTyxPQUFPLE1BQU1BLE1BQUssUUFBUSxJQUFJQSxRQUFPLEVBQUUsR0FBR0EsT0FBTSxVQUFVLEtBQUs7QUFDeEU7QUFFQSxTQUFTLE9BQU8sS0FBd0IsT0FBbUM7QUFDekUsU0FDRSxJQUFJLFdBQVcsTUFBTSxVQUNyQixJQUFJLE1BQU0sQ0FBQyxFQUFFLE9BQU8sUUFBQUQsUUFBTyxHQUFHLFVBQVU7QUFDdEMsVUFBTSxPQUFPLE1BQU0sS0FBSztBQUN4QixXQUFPLFVBQVUsS0FBSyxTQUFTQSxZQUFXLEtBQUs7QUFBQSxFQUNqRCxDQUFDO0FBRUw7QUFRTyxTQUFTLFNBQVNDLE9BQVksT0FBZUQsU0FBZ0IsUUFBUSxPQUFhO0FBQ3ZGLE1BQUksUUFBUSxLQUFLLFNBQVNDLE1BQUssT0FBUSxRQUFPQTtBQUM5QyxRQUFNLE9BQU8sS0FBSyxJQUFJLE9BQU8sS0FBSztBQUNsQyxRQUFNLFNBQVNBLE1BQUssU0FBUyxPQUFPLENBQUMsUUFBUSxJQUFJLFFBQVEsU0FBUyxJQUFJLFFBQVEsSUFBSTtBQUNsRixTQUFPLGFBQWFBLE9BQU0sQ0FBQyxHQUFHLFFBQVEsRUFBRSxPQUFPLFFBQUFELFFBQU8sQ0FBQyxDQUFDO0FBQzFEOzs7QUM1RU8sSUFBTSxpQkFBaUI7QUFDdkIsSUFBTSxlQUFlO0FBUzVCLFNBQVMsTUFBTSxTQUF5QjtBQUN0QyxTQUFPLE9BQU8sUUFBUSxRQUFRLENBQUMsQ0FBQztBQUNsQztBQVNPLFNBQVMsTUFBTSxFQUFFLEtBQUssT0FBTyxHQUEyQztBQUM3RSxNQUFJLFFBQVEsS0FBTSxRQUFPLE1BQU0sTUFBTTtBQUNyQyxRQUFNLE9BQU8sT0FBTyxHQUFHO0FBQ3ZCLFNBQU8sTUFBTSxVQUFVLGFBQWEsUUFBUSxJQUFJLEdBQUcsSUFBSSxDQUFDO0FBQzFEO0FBR08sU0FBUyxPQUFPRSxTQUFnQixNQUFrQjtBQUN2RCxRQUFNLFFBQVEsQ0FBQyxNQUFNQSxPQUFNO0FBQzNCLFNBQU87QUFBQSxJQUNMLE9BQU8sZUFBZSxPQUFPLElBQUk7QUFBQSxJQUNqQyxLQUFLLGVBQWUsUUFBUUEsUUFBTyxTQUFTLElBQUk7QUFBQSxFQUNsRDtBQUNGO0FBRUEsU0FBUyxRQUFRLE9BQThCO0FBQzdDLFNBQU87QUFBQSxJQUNMLE9BQU8sS0FBSyxJQUFJLEdBQUcsTUFBTSxJQUFJLENBQUMsRUFBRSxNQUFNLE1BQU0sS0FBSyxDQUFDO0FBQUEsSUFDbEQsS0FBSyxLQUFLLElBQUksR0FBRyxNQUFNLElBQUksQ0FBQyxFQUFFLElBQUksTUFBTSxHQUFHLENBQUM7QUFBQSxFQUM5QztBQUNGO0FBR08sU0FBUyxVQUFVQyxPQUFrQjtBQUMxQyxRQUFNLFFBQVFBLE1BQUssUUFBUSxJQUFJLENBQUNELFlBQVcsT0FBT0EsU0FBUUMsTUFBSyxJQUFJLENBQUM7QUFDcEUsU0FBTztBQUFBLElBQ0wsT0FBTyxLQUFLLElBQUksR0FBRyxNQUFNLElBQUksQ0FBQyxFQUFFLE1BQU0sTUFBTSxLQUFLLENBQUM7QUFBQSxJQUNsRCxLQUFLLEtBQUssSUFBSSxHQUFHLE1BQU0sSUFBSSxDQUFDLEVBQUUsSUFBSSxNQUFNLEdBQUcsQ0FBQztBQUFBLEVBQzlDO0FBQ0Y7QUFHTyxTQUFTLFdBQVdBLE9BQWtCO0FBQzNDLFFBQU0sU0FBUyxRQUFRQSxNQUFLLFFBQVEsSUFBSSxDQUFDRCxZQUFXLE9BQU9BLFNBQVFDLE1BQUssSUFBSSxDQUFDLENBQUM7QUFDOUUsU0FBTyxPQUFPLE1BQU0sT0FBTyxRQUFRLFNBQVMsVUFBVUEsS0FBSTtBQUM1RDtBQVFPLFNBQVMsS0FBS0EsT0FBWSxFQUFFLE9BQU8sSUFBSSxHQUFlO0FBQzNELE1BQUksT0FBTyxTQUFVLFVBQVUsS0FBSyxRQUFRQSxNQUFLLE9BQVMsUUFBT0E7QUFDakUsUUFBTSxLQUFLLFVBQVUsT0FBT0EsTUFBSyxJQUFJO0FBQ3JDLFFBQU0sU0FBUyxNQUFNO0FBQ3JCLFFBQU0sUUFBUUEsTUFBSyxTQUFTLElBQUksQ0FBQyxFQUFFLE9BQU8sUUFBQUQsUUFBTyxPQUFPLEVBQUUsT0FBTyxRQUFRLE9BQU8sUUFBQUEsUUFBTyxFQUFFO0FBQ3pGLFNBQU87QUFBQSxJQUNMLEdBQUdDO0FBQUEsSUFDSDtBQUFBLElBQ0EsU0FBU0EsTUFBSyxRQUFRLElBQUksQ0FBQ0QsYUFBWSxFQUFFLEdBQUdBLFNBQVEsUUFBUSxNQUFNQSxRQUFPLFNBQVMsRUFBRSxFQUFFLEVBQUU7QUFBQSxJQUN4RixVQUFVLE9BQU8sT0FBTyxNQUFNO0FBQUEsRUFDaEM7QUFDRjtBQUdPLFNBQVMsSUFBSUMsT0FBa0I7QUFDcEMsU0FBTyxLQUFLQSxPQUFNLFdBQVdBLEtBQUksQ0FBQztBQUNwQztBQU9PLFNBQVMsUUFBUSxTQUE0QixPQUFPLFlBQWtCO0FBQzNFLFFBQU0sQ0FBQyxLQUFLLElBQUk7QUFDaEIsTUFBSSxDQUFDLFNBQVMsUUFBUSxTQUFTLGtCQUFrQixRQUFRLFNBQVMsY0FBYztBQUM5RSxVQUFNLElBQUksV0FBVyxlQUFlLGNBQWMsT0FBTyxZQUFZLFdBQVc7QUFBQSxFQUNsRjtBQUNBLFFBQU0sT0FBTyxPQUFPLE1BQU0sR0FBRztBQUM3QixRQUFNLFNBQVMsS0FBSyxJQUFJLEdBQUcsZUFBZSxNQUFNLFNBQVMsSUFBSSxDQUFDO0FBQzlELFFBQU0sV0FBVyxDQUFDLEVBQUUsT0FBTyxHQUFHLFFBQVEsTUFBTSxHQUFHLENBQUM7QUFDaEQsU0FBTyxJQUFJLEVBQUUsU0FBUyxHQUFHLE1BQU0sTUFBTSxRQUFRLFNBQVMsU0FBUyxDQUFDO0FBQ2xFOzs7QUN4R0EsSUFBTSxhQUFhO0FBR1osSUFBTSxVQUFOLE1BQU0sU0FBVztBQUFBLEVBQ2QsWUFDVyxNQUNSLFNBQ1EsUUFDQSxNQUNqQjtBQUppQjtBQUNSO0FBQ1E7QUFDQTtBQUFBLEVBQ2hCO0FBQUEsRUFKZ0I7QUFBQSxFQUNSO0FBQUEsRUFDUTtBQUFBLEVBQ0E7QUFBQSxFQUduQixPQUFPLEdBQU0sU0FBWSxPQUFPLFlBQXdCO0FBQ3RELFdBQU8sSUFBSSxTQUFRLENBQUMsR0FBRyxTQUFTLENBQUMsR0FBRyxJQUFJO0FBQUEsRUFDMUM7QUFBQSxFQUVBLElBQUksVUFBbUI7QUFDckIsV0FBTyxLQUFLLEtBQUssU0FBUztBQUFBLEVBQzVCO0FBQUEsRUFFQSxJQUFJLFVBQW1CO0FBQ3JCLFdBQU8sS0FBSyxPQUFPLFNBQVM7QUFBQSxFQUM5QjtBQUFBO0FBQUEsRUFHQSxLQUFLLE1BQXFCO0FBQ3hCLFFBQUksU0FBUyxLQUFLLFFBQVMsUUFBTztBQUNsQyxVQUFNLE9BQU8sQ0FBQyxHQUFHLEtBQUssTUFBTSxLQUFLLE9BQU8sRUFBRSxNQUFNLENBQUMsS0FBSyxJQUFJO0FBQzFELFdBQU8sSUFBSSxTQUFRLE1BQU0sTUFBTSxDQUFDLEdBQUcsS0FBSyxJQUFJO0FBQUEsRUFDOUM7QUFBQTtBQUFBLEVBR0EsTUFBTSxNQUFxQjtBQUN6QixRQUFJLFNBQVMsS0FBSyxRQUFTLFFBQU87QUFDbEMsV0FBTyxJQUFJLFNBQVEsS0FBSyxNQUFNLE1BQU0sQ0FBQyxHQUFHLEtBQUssSUFBSTtBQUFBLEVBQ25EO0FBQUEsRUFFQSxPQUFtQjtBQUNqQixRQUFJLENBQUMsS0FBSyxRQUFTLFFBQU87QUFDMUIsVUFBTSxPQUFPLEtBQUssS0FBSyxNQUFNLEdBQUcsRUFBRTtBQUNsQyxVQUFNLFNBQVMsS0FBSyxLQUFLLEdBQUcsRUFBRTtBQUM5QixXQUFPLElBQUksU0FBUSxNQUFNLFFBQVEsQ0FBQyxLQUFLLFNBQVMsR0FBRyxLQUFLLE1BQU0sR0FBRyxLQUFLLElBQUk7QUFBQSxFQUM1RTtBQUFBLEVBRUEsT0FBbUI7QUFDakIsUUFBSSxDQUFDLEtBQUssUUFBUyxRQUFPO0FBQzFCLFVBQU0sQ0FBQyxNQUFNLEdBQUcsTUFBTSxJQUFJLEtBQUs7QUFDL0IsV0FBTyxJQUFJLFNBQVEsQ0FBQyxHQUFHLEtBQUssTUFBTSxLQUFLLE9BQU8sR0FBRyxNQUFNLFFBQVEsS0FBSyxJQUFJO0FBQUEsRUFDMUU7QUFDRjs7O0FDNUNBLElBQU0sY0FBYyxLQUFLLE9BQU87QUFDaEMsSUFBTSxnQkFBZ0I7QUFHZixJQUFNLGlCQUFOLGNBQTZCLE1BQU07QUFBQSxFQUN4QyxZQUNFLFNBQ1MsUUFBUSxJQUNqQjtBQUNBLFVBQU0sT0FBTztBQUZKO0FBR1QsU0FBSyxPQUFPO0FBQUEsRUFDZDtBQUFBLEVBSlc7QUFLYjtBQUdPLFNBQVMsS0FBS0MsT0FBb0I7QUFDdkMsU0FBTyxHQUFHLEtBQUssVUFBVUEsT0FBTSxNQUFNLENBQUMsQ0FBQztBQUFBO0FBQ3pDO0FBR08sU0FBUyxXQUFXQSxPQUFvQjtBQUM3QyxRQUFNLE9BQU9BLE1BQUssS0FBSyxXQUFXLHVCQUF1QixHQUFHLEVBQUUsS0FBSztBQUNuRSxTQUFPLEdBQUcsS0FBSyxNQUFNLEdBQUcsRUFBRSxLQUFLLE1BQU07QUFDdkM7QUFHTyxTQUFTLEtBQUssTUFBb0I7QUFDdkMsTUFBSTtBQUNKLE1BQUk7QUFDRixZQUFRLEtBQUssTUFBTSxJQUFJO0FBQUEsRUFDekIsUUFBUTtBQUNOLFVBQU0sSUFBSSxlQUFlLGdEQUFnRDtBQUFBLEVBQzNFO0FBQ0EsUUFBTUEsUUFBTyxJQUFJLE9BQU8sT0FBTyxFQUFFO0FBQ2pDLFFBQU0sVUFBVUEsTUFBSyxNQUFNLFNBQVMsRUFBRTtBQUN0QyxNQUFJLFlBQVksUUFBVztBQUN6QixVQUFNLElBQUksZUFBZSxxREFBcUQsU0FBUztBQUFBLEVBQ3pGO0FBQ0EsTUFBSSxZQUFZLEdBQUc7QUFDakIsVUFBTSxVQUFVLDJDQUEyQyxLQUFLLFVBQVUsT0FBTyxDQUFDO0FBQ2xGLFVBQU0sSUFBSSxlQUFlLFNBQVMsU0FBUztBQUFBLEVBQzdDO0FBQ0EsUUFBTSxTQUFTQSxNQUFLLE1BQU0sUUFBUSxFQUFFLE1BQU0sR0FBRyxXQUFXO0FBQ3hELFFBQU0sVUFBVUEsTUFBSyxNQUFNLFNBQVMsRUFBRSxLQUFLLGdCQUFnQixZQUFZLEVBQUUsSUFBSSxVQUFVO0FBQ3ZGLFFBQU0sTUFBTSxJQUFJLElBQUksUUFBUSxJQUFJLENBQUMsRUFBRSxHQUFHLE1BQU0sRUFBRSxDQUFDO0FBQy9DLE1BQUksSUFBSSxPQUFPLFFBQVEsUUFBUTtBQUM3QixVQUFNLElBQUksZUFBZSwrQ0FBK0MsU0FBUztBQUFBLEVBQ25GO0FBQ0EsUUFBTSxXQUFXQSxNQUNkLE1BQU0sVUFBVSxFQUNoQixLQUFLLEdBQUcsYUFBYSxFQUNyQixJQUFJLENBQUMsUUFBUSxXQUFXLEtBQUssS0FBSyxNQUFNLENBQUM7QUFDNUMsU0FBTztBQUFBLElBQ0wsU0FBUztBQUFBLElBQ1QsTUFBTUEsTUFBSyxNQUFNLE1BQU0sRUFBRSxLQUFLO0FBQUEsSUFDOUIsTUFBTSxTQUFTQSxNQUFLLE1BQU0sTUFBTSxDQUFDO0FBQUEsSUFDakM7QUFBQSxJQUNBO0FBQUEsSUFDQSxVQUFVLE9BQU8sVUFBVSxNQUFNO0FBQUEsRUFDbkM7QUFDRjtBQUVBLFNBQVMsV0FBV0MsU0FBd0I7QUFDMUMsU0FBTztBQUFBLElBQ0wsSUFBSUEsUUFBTyxNQUFNLElBQUksRUFBRSxLQUFLO0FBQUEsSUFDNUIsUUFBUUEsUUFBTyxNQUFNLFFBQVEsRUFBRSxLQUFLO0FBQUEsSUFDcEMsTUFBTUEsUUFBTyxNQUFNLE1BQU0sRUFBRSxLQUFLO0FBQUEsSUFDaEMsU0FBU0EsUUFBTyxNQUFNLFNBQVMsRUFBRSxPQUFPLENBQUM7QUFBQSxJQUN6QyxPQUFPQSxRQUFPLE1BQU0sT0FBTyxFQUFFLE1BQU0sR0FBRyxLQUFNO0FBQUEsSUFDNUMsUUFBUUEsUUFBTyxNQUFNLFFBQVEsRUFBRSxNQUFNLEdBQUcsS0FBTTtBQUFBLElBQzlDLEtBQUtBLFFBQU8sTUFBTSxLQUFLLEVBQUUsVUFBVSxPQUFPLE9BQU9BLFFBQU8sTUFBTSxLQUFLLEVBQUUsT0FBTyxHQUFHLEdBQUk7QUFBQSxJQUNuRixVQUFVQSxRQUFPLE1BQU0sVUFBVSxFQUFFLE1BQU07QUFBQSxJQUN6QyxRQUFRQSxRQUFPLE1BQU0sUUFBUSxFQUFFLE9BQU87QUFBQSxFQUN4QztBQUNGO0FBRUEsU0FBUyxTQUFTLE1BQW9CO0FBQ3BDLFNBQU8sRUFBRSxLQUFLLEtBQUssTUFBTSxLQUFLLEVBQUUsTUFBTSxHQUFHLEdBQUcsR0FBRyxLQUFLLEtBQUssTUFBTSxLQUFLLEVBQUUsTUFBTSxHQUFHLEdBQUcsRUFBRTtBQUN0RjtBQUVBLFNBQVMsV0FBVyxLQUFhLFNBQThCLFFBQXdCO0FBQ3JGLFFBQU1BLFVBQVMsSUFBSSxNQUFNLFFBQVE7QUFDakMsTUFBSSxDQUFDLFFBQVEsSUFBSUEsUUFBTyxLQUFLLENBQUMsRUFBRyxDQUFBQSxRQUFPLE9BQU8sOEJBQThCO0FBQzdFLFNBQU8sRUFBRSxPQUFPLElBQUksTUFBTSxPQUFPLEVBQUUsTUFBTSxHQUFHLFNBQVMsQ0FBQyxHQUFHLFFBQVFBLFFBQU8sS0FBSyxFQUFFO0FBQ2pGO0FBR0EsSUFBTSxTQUFOLE1BQU0sUUFBTztBQUFBLEVBQ1gsWUFDVyxPQUNRLE9BQ2pCO0FBRlM7QUFDUTtBQUFBLEVBQ2hCO0FBQUEsRUFGUTtBQUFBLEVBQ1E7QUFBQSxFQUduQixPQUFPLE1BQXFCO0FBQzFCLFVBQU0sUUFBUSxLQUFLLFNBQVM7QUFDNUIsVUFBTSxJQUFJLGVBQWUsa0NBQWtDLEtBQUssSUFBSSxJQUFJLEtBQUssS0FBSyxLQUFLO0FBQUEsRUFDekY7QUFBQSxFQUVBLE1BQU0sTUFBc0I7QUFDMUIsVUFBTSxFQUFFLE1BQU0sSUFBSTtBQUNsQixRQUFJLE9BQU8sVUFBVSxZQUFZLFVBQVUsUUFBUSxNQUFNLFFBQVEsS0FBSyxHQUFHO0FBQ3ZFLGFBQU8sS0FBSyxPQUFPLGtCQUFrQjtBQUFBLElBQ3ZDO0FBQ0EsVUFBTSxRQUFRLEtBQUssUUFBUSxHQUFHLEtBQUssS0FBSyxJQUFJLElBQUksS0FBSztBQUNyRCxXQUFPLElBQUksUUFBUSxNQUFrQyxJQUFJLEdBQUcsS0FBSztBQUFBLEVBQ25FO0FBQUEsRUFFQSxLQUFLLFFBQWdCLE1BQXdCO0FBQzNDLFVBQU0sRUFBRSxNQUFNLElBQUk7QUFDbEIsUUFBSSxDQUFDLE1BQU0sUUFBUSxLQUFLLEVBQUcsUUFBTyxLQUFLLE9BQU8sZUFBZTtBQUM3RCxRQUFJLE1BQU0sU0FBUyxVQUFVLE1BQU0sU0FBUyxNQUFNO0FBQ2hELFdBQUssT0FBTyxPQUFPLE1BQU0sTUFBTSxpQkFBaUIsTUFBTSxPQUFPLElBQUksRUFBRTtBQUFBLElBQ3JFO0FBQ0EsV0FBTyxNQUFNLElBQUksQ0FBQyxLQUFLLFVBQVUsSUFBSSxRQUFPLEtBQUssR0FBRyxLQUFLLEtBQUssSUFBSSxLQUFLLEdBQUcsQ0FBQztBQUFBLEVBQzdFO0FBQUEsRUFFQSxPQUFlO0FBQ2IsV0FBTyxPQUFPLEtBQUssVUFBVSxXQUFXLEtBQUssUUFBUSxLQUFLLE9BQU8sZUFBZTtBQUFBLEVBQ2xGO0FBQUEsRUFFQSxRQUFpQjtBQUNmLFdBQU8sT0FBTyxLQUFLLFVBQVUsWUFBWSxLQUFLLFFBQVEsS0FBSyxPQUFPLDJCQUEyQjtBQUFBLEVBQy9GO0FBQUEsRUFFQSxPQUFPLFFBQVEsTUFBTSxPQUFPLEtBQWE7QUFDdkMsVUFBTSxFQUFFLE1BQU0sSUFBSTtBQUNsQixRQUFJLE9BQU8sVUFBVSxZQUFZLENBQUMsT0FBTyxTQUFTLEtBQUssRUFBRyxRQUFPLEtBQUssT0FBTyxpQkFBaUI7QUFDOUYsUUFBSSxRQUFRLFNBQVMsUUFBUSxLQUFNLE1BQUssT0FBTyxNQUFNLEtBQUssU0FBUyxLQUFLLE9BQU8sSUFBSSxFQUFFO0FBQ3JGLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxNQUFNLE9BQWUsTUFBc0I7QUFDekMsVUFBTSxRQUFRLEtBQUssT0FBTyxPQUFPLElBQUk7QUFDckMsV0FBTyxPQUFPLFVBQVUsS0FBSyxJQUFJLFFBQVEsS0FBSyxPQUFPLE1BQU0sS0FBSyxzQkFBc0I7QUFBQSxFQUN4RjtBQUNGOzs7QUN0SU8sU0FBUyxPQUFPLE1BQXNCO0FBQzNDLE1BQUksUUFBUSxTQUFTO0FBQ3JCLFNBQU8sTUFBTTtBQUNYLFlBQVMsUUFBUSxlQUFnQjtBQUNqQyxRQUFJLFFBQVEsS0FBSyxLQUFLLFFBQVMsVUFBVSxJQUFLLFFBQVEsQ0FBQztBQUN2RCxhQUFTLFFBQVEsS0FBSyxLQUFLLFFBQVMsVUFBVSxHQUFJLFFBQVEsRUFBRTtBQUM1RCxhQUFTLFFBQVMsVUFBVSxRQUFTLEtBQUssS0FBSztBQUFBLEVBQ2pEO0FBQ0Y7QUFFTyxTQUFTLE1BQU0sUUFBZ0IsT0FBZSxNQUFzQjtBQUN6RSxTQUFPLFFBQVEsS0FBSyxNQUFNLE9BQU8sS0FBSyxPQUFPLFFBQVEsRUFBRTtBQUN6RDtBQUVPLFNBQVMsTUFBUyxRQUFnQixRQUF5QjtBQUNoRSxTQUFPLE9BQU8sTUFBTSxRQUFRLEdBQUcsT0FBTyxTQUFTLENBQUMsQ0FBQztBQUNuRDtBQUVPLElBQU0sTUFBTSxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksSUFBSSxvQkFBb0IsbUJBQW1CLGlCQUFpQjtBQU1oRyxJQUFNLFFBQVE7QUFBQSxFQUNaLENBQUMsSUFBSSxJQUFJLElBQUksSUFBSSxFQUFFO0FBQUEsRUFDbkIsQ0FBQyxJQUFJLElBQUksb0JBQW9CLG1CQUFtQixpQkFBaUI7QUFDbkU7QUFFTyxTQUFTLE9BQU8sSUFBWSxVQUEyQixDQUFDLEdBQVc7QUFDeEUsU0FBTztBQUFBLElBQ0w7QUFBQSxJQUNBLFFBQVEsR0FBRyxFQUFFO0FBQUEsSUFDYixNQUFNLFVBQVUsRUFBRTtBQUFBLElBQ2xCLFNBQVM7QUFBQSxJQUNULE9BQU87QUFBQSxJQUNQLFFBQVE7QUFBQSxJQUNSLEtBQUs7QUFBQSxJQUNMLFVBQVU7QUFBQSxJQUNWLFFBQVE7QUFBQSxJQUNSLEdBQUc7QUFBQSxFQUNMO0FBQ0Y7QUFHTyxTQUFTLGNBQWMsUUFBZ0IsU0FBNEI7QUFDeEUsUUFBTSxNQUFNLE1BQU0sUUFBUSxHQUFHO0FBQzdCLFFBQU0sTUFBTSxNQUFNLFFBQVEsS0FBSztBQUMvQixTQUFPLE1BQU0sS0FBSyxFQUFFLFFBQVEsTUFBTSxRQUFRLEdBQUcsQ0FBQyxFQUFFLEdBQUcsQ0FBQyxHQUFHLFVBQVU7QUFDL0QsVUFBTSxNQUFNLFVBQVUsTUFBTSxRQUFRLEdBQUcsSUFBSTtBQUMzQyxXQUFPLE9BQU8sSUFBSSxRQUFRLENBQUMsSUFBSTtBQUFBLE1BQzdCLEtBQUs7QUFBQSxNQUNMLFNBQVMsTUFBTSxRQUFRLEtBQUssR0FBRyxJQUFJO0FBQUEsTUFDbkMsUUFBUSxPQUFPLElBQUksTUFBTSxJQUFJLEtBQUssT0FBTyxPQUFPLElBQUksS0FBSyxLQUFLLEdBQUcsSUFBSTtBQUFBLElBQ3ZFLENBQUM7QUFBQSxFQUNILENBQUM7QUFDSDtBQUVPLFNBQVMsV0FBVyxRQUFnQixVQUFVLE9BQWE7QUFDaEUsU0FBTyxRQUFRLGNBQWMsUUFBUSxPQUFPLEdBQUcsV0FBVztBQUM1RDs7O0FOM0RBLElBQU0sT0FBTyxTQUFTLFFBQVEsQ0FBQyxPQUFPLElBQUksR0FBRyxPQUFPLElBQUksQ0FBQyxHQUFHLFVBQVUsR0FBRyxLQUFLLElBQUk7QUFFbEYsU0FBUyxRQUFRLE1BQWMsT0FBd0I7QUFDckQsUUFBTSxPQUFPLEtBQUssTUFBTSxLQUFLLElBQUksQ0FBQztBQUNsQyxRQUFNLFFBQVEsS0FBSyxNQUFNLEdBQUc7QUFDNUIsUUFBTSxPQUFPLE1BQU0sSUFBSTtBQUN2QixNQUFJLEtBQUs7QUFDVCxhQUFXLFFBQVEsTUFBTyxNQUFLLEdBQUcsSUFBSTtBQUN0QyxLQUFHLElBQUksSUFBSTtBQUNYLFNBQU8sS0FBSyxVQUFVLElBQUk7QUFDNUI7QUFFQSxTQUFTLGdCQUFnQixNQUFNO0FBQzdCLEtBQUcsaUNBQWlDLE1BQU07QUFDeEMsV0FBTyxVQUFVLEtBQUssS0FBSyxJQUFJLENBQUMsR0FBRyxJQUFJO0FBQ3ZDLGFBQVMsT0FBTyxHQUFHLE9BQU8sSUFBSSxRQUFRO0FBQ3BDLFlBQU0sU0FBUyxPQUFPLElBQUk7QUFDMUIsVUFBSSxNQUFNLFdBQVcsUUFBUSxJQUFJO0FBQ2pDLGVBQVMsT0FBTyxHQUFHLE9BQU8sSUFBSSxRQUFRO0FBQ3BDLGNBQU0sU0FBUyxLQUFLLE1BQU0sUUFBUSxHQUFHLElBQUksU0FBUyxDQUFDLEdBQUcsSUFBSSxNQUFNLFFBQVEsR0FBRyxDQUFDLENBQUMsRUFBRTtBQUFBLE1BQ2pGO0FBQ0EsYUFBTyxVQUFVLEtBQUssS0FBSyxHQUFHLENBQUMsR0FBRyxHQUFHO0FBQUEsSUFDdkM7QUFBQSxFQUNGLENBQUM7QUFFRCxLQUFHLHlEQUF5RCxNQUFNO0FBQ2hFLFVBQU0sUUFBUTtBQUFBLE1BQ1osRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsTUFDMUIsRUFBRSxPQUFPLElBQUksUUFBUSxLQUFLO0FBQUEsTUFDMUIsRUFBRSxPQUFPLEdBQUcsUUFBUSxLQUFLO0FBQUEsSUFDM0I7QUFDQSxXQUFPLFVBQVUsS0FBSyxRQUFRLFlBQVksS0FBSyxDQUFDLEVBQUUsVUFBVTtBQUFBLE1BQzFELEVBQUUsT0FBTyxHQUFHLFFBQVEsS0FBSztBQUFBLE1BQ3pCLEVBQUUsT0FBTyxJQUFJLFFBQVEsS0FBSztBQUFBLElBQzVCLENBQUM7QUFBQSxFQUNILENBQUM7QUFFRCxRQUFNLFFBQXFDO0FBQUEsSUFDekMsQ0FBQyxXQUFXLEdBQUcsU0FBUztBQUFBLElBQ3hCLENBQUMsV0FBVyxRQUFXLFNBQVM7QUFBQSxJQUNoQyxDQUFDLFVBQVUsR0FBRyxRQUFRO0FBQUEsSUFDdEIsQ0FBQyxVQUFVLEtBQUssUUFBUTtBQUFBLElBQ3hCLENBQUMsUUFBUSxHQUFHLE1BQU07QUFBQSxJQUNsQixDQUFDLFFBQVEsTUFBTSxNQUFNO0FBQUEsSUFDckIsQ0FBQyxZQUFZLEdBQUcsVUFBVTtBQUFBLElBQzFCLENBQUMsV0FBVyxDQUFDLEdBQUcsU0FBUztBQUFBLElBQ3pCLENBQUMsYUFBYSxHQUFHLFlBQVk7QUFBQSxJQUM3QixDQUFDLGdCQUFnQixNQUFNLFNBQVM7QUFBQSxJQUNoQyxDQUFDLG9CQUFvQixLQUFLLG1CQUFtQjtBQUFBLElBQzdDLENBQUMsc0JBQXNCLEdBQUcscUJBQXFCO0FBQUEsSUFDL0MsQ0FBQyxpQkFBaUIsSUFBSSxnQkFBZ0I7QUFBQSxJQUN0QyxDQUFDLFlBQVksQ0FBQyxHQUFHLFVBQVU7QUFBQSxJQUMzQixDQUFDLHFCQUFxQixNQUFNLG9CQUFvQjtBQUFBLElBQ2hELENBQUMsb0JBQW9CLE1BQU0sbUJBQW1CO0FBQUEsRUFDaEQ7QUFDQSxhQUFXLENBQUMsTUFBTSxPQUFPLEtBQUssS0FBSyxPQUFPO0FBQ3hDLE9BQUcsUUFBUSxJQUFJLElBQUksS0FBSyxVQUFVLEtBQUssQ0FBQyw4QkFBOEIsTUFBTTtBQUMxRSxhQUFPO0FBQUEsUUFDTCxNQUFNLEtBQUssUUFBUSxNQUFNLEtBQUssQ0FBQztBQUFBLFFBQy9CLENBQUMsVUFBbUI7QUFDbEIsaUJBQU8sR0FBRyxpQkFBaUIsY0FBYztBQUN6QyxpQkFBTyxNQUFNLE1BQU0sT0FBTyxLQUFLO0FBQy9CLGlCQUFPO0FBQUEsUUFDVDtBQUFBLE1BQ0Y7QUFBQSxJQUNGLENBQUM7QUFBQSxFQUNIO0FBRUEsS0FBRyxpQkFBaUIsTUFBTTtBQUN4QixXQUFPLE9BQU8sTUFBTSxLQUFLLE9BQU8sR0FBRyxVQUFVO0FBQzdDLFdBQU8sT0FBTyxNQUFNLEtBQUssS0FBSyxHQUFHLGtCQUFrQjtBQUNuRCxXQUFPLE9BQU8sTUFBTSxLQUFLLE1BQU0sR0FBRyxrQkFBa0I7QUFDcEQsV0FBTyxPQUFPLE1BQU0sS0FBSyxJQUFJLEdBQUcsZ0JBQWdCO0FBQUEsRUFDbEQsQ0FBQztBQUVELEtBQUcsNENBQTRDLE1BQU07QUFDbkQsV0FBTyxNQUFNLFdBQVcsSUFBSSxHQUFHLG1CQUFtQjtBQUNsRCxXQUFPLE1BQU0sV0FBVyxFQUFFLEdBQUcsTUFBTSxNQUFNLGdCQUFhLENBQUMsR0FBRyx1QkFBb0I7QUFDOUUsV0FBTyxNQUFNLFdBQVcsRUFBRSxHQUFHLE1BQU0sTUFBTSxHQUFHLENBQUMsR0FBRyxlQUFlO0FBQUEsRUFDakUsQ0FBQztBQUNILENBQUM7QUFFRCxTQUFTLGFBQWEsTUFBTTtBQUMxQixLQUFHLHVCQUF1QixNQUFNO0FBQzlCLFVBQU0sUUFBUSxRQUFRLEdBQUcsQ0FBQyxFQUFFLEtBQUssQ0FBQyxFQUFFLEtBQUssQ0FBQztBQUMxQyxXQUFPLE1BQU0sTUFBTSxLQUFLLEVBQUUsU0FBUyxDQUFDO0FBQ3BDLFdBQU8sTUFBTSxNQUFNLEtBQUssRUFBRSxLQUFLLEVBQUUsU0FBUyxDQUFDO0FBQzNDLFdBQU8sTUFBTSxNQUFNLEtBQUssRUFBRSxLQUFLLEVBQUUsS0FBSyxFQUFFLFNBQVMsQ0FBQztBQUNsRCxXQUFPLE1BQU0sTUFBTSxLQUFLLEVBQUUsS0FBSyxFQUFFLEtBQUssRUFBRSxLQUFLLEVBQUUsU0FBUyxDQUFDO0FBQ3pELFdBQU8sTUFBTSxNQUFNLEtBQUssR0FBRyxLQUFLO0FBQ2hDLFdBQU8sTUFBTSxNQUFNLEtBQUssRUFBRSxLQUFLLENBQUMsRUFBRSxTQUFTLEtBQUs7QUFDaEQsV0FBTyxNQUFNLE1BQU0sS0FBSyxFQUFFLEtBQUssQ0FBQyxFQUFFLEtBQUssRUFBRSxTQUFTLENBQUM7QUFBQSxFQUNyRCxDQUFDO0FBRUQsS0FBRyxvRUFBb0UsTUFBTTtBQUMzRSxVQUFNLE1BQU0sUUFBUSxHQUFHLENBQUMsRUFBRSxLQUFLLENBQUM7QUFDaEMsV0FBTyxNQUFNLElBQUksS0FBSyxDQUFDLEdBQUcsR0FBRztBQUM3QixXQUFPLE1BQU0sSUFBSSxNQUFNLENBQUMsRUFBRSxNQUFNLENBQUMsRUFBRSxLQUFLLEVBQUUsU0FBUyxDQUFDO0FBQ3BELFdBQU8sTUFBTSxJQUFJLE1BQU0sQ0FBQyxFQUFFLEtBQUssRUFBRSxLQUFLLEVBQUUsU0FBUyxDQUFDO0FBQUEsRUFDcEQsQ0FBQztBQUVELEtBQUcsY0FBYyxNQUFNO0FBQ3JCLFFBQUksT0FBTyxRQUFRLEdBQUcsR0FBRyxDQUFDO0FBQzFCLGFBQVMsT0FBTyxHQUFHLFFBQVEsSUFBSSxPQUFRLFFBQU8sS0FBSyxLQUFLLElBQUk7QUFDNUQsYUFBUyxPQUFPLEdBQUcsT0FBTyxJQUFJLE9BQVEsUUFBTyxLQUFLLEtBQUs7QUFDdkQsV0FBTyxNQUFNLEtBQUssU0FBUyxFQUFFO0FBQUEsRUFDL0IsQ0FBQztBQUNILENBQUM7IiwKICAibmFtZXMiOiBbIndob2xlIiwgImNhbWVyYSIsICJlZGl0IiwgImNhbWVyYSIsICJlZGl0IiwgImVkaXQiLCAiY2FtZXJhIl0KfQo=
