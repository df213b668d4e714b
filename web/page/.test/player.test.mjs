// test/player.test.ts
import assert from "node:assert/strict";
import { describe, it } from "node:test";

// src/player/clock.ts
var LEAP_SECONDS = 0.25;
var SHARE = 0.1;
function standing(at, now) {
  return { at, since: now, speed: 0 };
}
function timeOf({ at, since, speed }, now) {
  return at + (now - since) / 1e3 * speed;
}
function atSpeed(clock, now, speed) {
  return { at: timeOf(clock, now), since: now, speed };
}
function ledBy(clock, now, heard) {
  const error = heard - timeOf(clock, now);
  const step = Math.abs(error) > LEAP_SECONDS ? error : error * SHARE;
  return { ...clock, at: timeOf(clock, now) + step, since: now };
}
function shuttle(speed, direction, most = 8) {
  if (Math.sign(speed) !== direction) return direction;
  return direction * Math.min(most, Math.abs(speed) * 2);
}

// src/player/follow.ts
var FAR_SECONDS = 0.5;
var CATCH_UP_SECONDS = 0.6;
var MOST_HASTE = 0.25;
var SEEK_SECONDS = 0.15;
var CLOSE = 0.4;
var SETTLED_SECONDS = 1;
function follow({ ahead, frame, speed, sinceSeek }) {
  const off = Math.abs(ahead);
  if (off <= frame * CLOSE) return { kind: "rate", rate: speed };
  if (off > FAR_SECONDS * Math.max(1, speed) && sinceSeek > SETTLED_SECONDS) {
    return { kind: "seek", further: SEEK_SECONDS * speed };
  }
  const haste = Math.min(MOST_HASTE, Math.max(-MOST_HASTE, -ahead / CATCH_UP_SECONDS));
  return { kind: "rate", rate: speed * (1 + haste) };
}
function mustWait(lacks) {
  return lacks.some(({ isWanted, seconds }) => seconds > (isWanted ? 0.12 : 0.6));
}
function middleOf(frame, fps) {
  return (frame + 0.5) / fps;
}
function frameOf(mediaTime, fps) {
  return Math.round(mediaTime * fps);
}

// src/player/keys.ts
var PLAIN = {
  " ": { do: "play" },
  j: { do: "back" },
  k: { do: "stop" },
  l: { do: "forward" },
  ArrowLeft: { do: "step", frames: -1 },
  ArrowRight: { do: "step", frames: 1 },
  ArrowUp: { do: "jump", to: "previous" },
  ArrowDown: { do: "jump", to: "next" },
  Home: { do: "jump", to: "start" },
  End: { do: "jump", to: "end" },
  Delete: { do: "delete" },
  Backspace: { do: "delete" },
  "+": { do: "zoom", by: 1 },
  "=": { do: "zoom", by: 1 },
  "-": { do: "zoom", by: -1 },
  "0": { do: "fit" },
  "?": { do: "help" },
  Escape: { do: "endTake" }
};
var SHIFTED = {
  ArrowLeft: { do: "step", seconds: -1 },
  ArrowRight: { do: "step", seconds: 1 },
  "?": { do: "help" },
  "+": { do: "zoom", by: 1 },
  "=": { do: "zoom", by: 1 }
};
function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (name === "z") return { do: shiftKey ? "redo" : "undo" };
    return name === "y" && !shiftKey ? { do: "redo" } : null;
  }
  if (/^[1-9]$/.test(name)) return { do: "camera", number: Number(name) };
  return shiftKey ? SHIFTED[name] ?? null : PLAIN[name] ?? null;
}
var FIELDS = /* @__PURE__ */ new Set(["INPUT", "TEXTAREA", "SELECT"]);
var TEXTLESS = /* @__PURE__ */ new Set(["button", "checkbox", "radio", "submit", "reset", "file", "range"]);
var BUTTONS = /* @__PURE__ */ new Set(["button", "tab", "link", "menuitem", "option", "checkbox", "radio"]);
function isTakenBy(focus, key) {
  if (!focus) return false;
  if (focus.isEditable) return true;
  const isTextless = focus.tag === "INPUT" && TEXTLESS.has(focus.type ?? "text");
  if (FIELDS.has(focus.tag) && !isTextless) return true;
  if (isTextless && focus.type === "range") return key.startsWith("Arrow") || key === "Home" || key === "End";
  const isPressed = isTextless || ["BUTTON", "A", "SUMMARY"].includes(focus.tag) || focus.role !== null && BUTTONS.has(focus.role);
  return isPressed && (key === " " || key === "Enter");
}
var HELP = [
  {
    title: "Play",
    rows: [
      ["Space", "Play or pause"],
      ["L", "Play; again: twice as fast"],
      ["J", "Play backwards; again: twice as fast"],
      ["K", "Stop"],
      ["\u2190 \u2192", "One frame back or on"],
      ["Shift + \u2190 \u2192", "One second back or on"],
      ["\u2191 \u2193", "To the switch before or after"],
      ["Home, End", "To the start, to the end"]
    ]
  },
  {
    title: "Cut",
    rows: [
      ["1 to 6", "Switch to that camera, also while it plays"],
      ["Esc", "End the take: what comes after is kept, and it plays on"],
      ["Delete", "Delete the chosen switch, or the one the playhead is behind"],
      ["Ctrl + Z", "Undo"],
      ["Ctrl + Shift + Z", "Redo"]
    ]
  },
  {
    title: "Look",
    rows: [
      ["+ \u2212", "Zoom in or out"],
      ["0", "See everything"],
      ["?", "This help"]
    ]
  }
];

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
var FPS = [24, 25, 30, 50, 60, 23.976023976023978, 29.97002997002997, 59.94005994005994];

// test/player.test.ts
describe("the clock", () => {
  it("stands, goes, and goes faster, from where it is", () => {
    const stands = standing(5, 1e3);
    assert.equal(timeOf(stands, 9e3), 5);
    const goes = atSpeed(stands, 9e3, 1);
    assert.equal(timeOf(goes, 9500), 5.5);
    assert.equal(timeOf(atSpeed(goes, 9500, -2), 1e4), 4.5);
  });
  it("is led by what is heard: gently, and at once where it is far off", () => {
    const goes = atSpeed(standing(0, 0), 0, 1);
    assert.ok(Math.abs(timeOf(ledBy(goes, 1e3, 1.05), 1e3) - 1.005) < 1e-9);
    assert.equal(timeOf(ledBy(goes, 1e3, 3), 1e3), 3);
    let clock = goes;
    for (let now = 0; now <= 3e3; now += 16) clock = ledBy(clock, now, now / 1e3 + 0.04);
    assert.ok(Math.abs(timeOf(clock, 3e3) - 3.04) < 5e-3);
  });
  it("has the speeds of J and L", () => {
    assert.deepEqual([shuttle(0, 1), shuttle(1, 1), shuttle(2, 1), shuttle(8, 1)], [1, 2, 4, 8]);
    assert.deepEqual([shuttle(1, -1), shuttle(-1, -1), shuttle(-2, 1)], [-1, -2, 1]);
  });
});
describe("a video", () => {
  const look = { frame: 1 / 30, speed: 1, sinceSeek: 10 };
  it("is left alone within half a frame", () => {
    assert.deepEqual(follow({ ...look, ahead: 0.013 }), { kind: "rate", rate: 1 });
    assert.deepEqual(follow({ ...look, ahead: -0.013, speed: 2 }), { kind: "rate", rate: 2 });
  });
  it("is hurried when behind, held back when ahead, and sought when far off", () => {
    const behind = follow({ ...look, ahead: -0.1 });
    assert.ok(behind.kind === "rate" && behind.rate > 1 && behind.rate <= 1.25);
    const ahead = follow({ ...look, ahead: 0.1 });
    assert.ok(ahead.kind === "rate" && ahead.rate < 1 && ahead.rate >= 0.75);
    assert.equal(follow({ ...look, ahead: -0.8 }).kind, "seek");
    assert.equal(follow({ ...look, ahead: -0.8, sinceSeek: 0.2 }).kind, "rate");
  });
  it("comes within a frame in two seconds from wherever it is not sought, and stays", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = chance(seed);
      const frame = 1 / FPS[seed % FPS.length];
      const drift = 1 + (random() - 0.5) * 2e-4;
      let ahead = random() - 0.5;
      for (let now = 0; now < 12; now += 1 / 60) {
        const move = follow({ ahead, frame, speed: 1, sinceSeek: 0 });
        assert.equal(move.kind, "rate");
        if (move.kind === "rate") ahead += ((move.rate - 1) * drift + (drift - 1)) / 60;
        if (now > 3) assert.ok(Math.abs(ahead) <= frame, `${ahead} at ${now}`);
      }
    }
  });
  it("is waited for: at once where it is seen or heard, else after a moment", () => {
    assert.equal(mustWait([]), false);
    assert.equal(mustWait([{ isWanted: true, seconds: 0.05 }]), false);
    assert.equal(mustWait([{ isWanted: true, seconds: 0.2 }]), true);
    assert.equal(mustWait([{ isWanted: false, seconds: 0.2 }]), false);
    assert.equal(mustWait([{ isWanted: false, seconds: 0.7 }]), true);
  });
  it("is sought in the middle of a frame and says which frame it shows", () => {
    for (const fps of FPS) {
      for (const frame of [0, 1, 1799, 324e3]) {
        assert.equal(Math.floor(middleOf(frame, fps) * fps), frame);
        assert.equal(frameOf(Math.floor(frame / fps * 1e6) / 1e6, fps), frame);
      }
    }
  });
});
describe("keys", () => {
  const key = (name, changes = {}) => commandOf({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...changes });
  it("do what the help says", () => {
    assert.deepEqual(key(" "), { do: "play" });
    assert.deepEqual(key("3"), { do: "camera", number: 3 });
    assert.deepEqual(key("ArrowLeft"), { do: "step", frames: -1 });
    assert.deepEqual(key("ArrowRight", { shiftKey: true }), { do: "step", seconds: 1 });
    assert.deepEqual(key("L"), { do: "forward" });
    assert.deepEqual(key("?", { shiftKey: true }), { do: "help" });
    assert.deepEqual(key("z", { ctrlKey: true }), { do: "undo" });
    assert.deepEqual(key("Z", { metaKey: true, shiftKey: true }), { do: "redo" });
    assert.deepEqual(key("y", { ctrlKey: true }), { do: "redo" });
    assert.ok(HELP.every(({ rows }) => rows.length > 0));
  });
  it("of the browser stay the browser's", () => {
    assert.equal(key("l", { ctrlKey: true }), null);
    assert.equal(key("1", { ctrlKey: true }), null);
    assert.equal(key("ArrowLeft", { altKey: true }), null);
    assert.equal(key("q"), null);
    assert.equal(key("Tab"), null);
  });
  it("belong to a field while one types, and to a button those that press it", () => {
    const field = { tag: "INPUT", role: null, type: "text", isEditable: false };
    assert.equal(isTakenBy(field, "1"), true);
    assert.equal(isTakenBy({ ...field, type: "number" }, "ArrowUp"), true);
    assert.equal(isTakenBy({ ...field, type: "checkbox" }, "1"), false);
    assert.equal(isTakenBy({ ...field, type: "checkbox" }, " "), true);
    assert.equal(isTakenBy({ ...field, type: "range" }, "ArrowUp"), true);
    assert.equal(isTakenBy({ tag: "BUTTON", role: null, type: null, isEditable: false }, " "), true);
    assert.equal(isTakenBy({ tag: "BUTTON", role: null, type: null, isEditable: false }, "2"), false);
    assert.equal(isTakenBy({ tag: "DIV", role: "option", type: null, isEditable: false }, "Enter"), true);
    assert.equal(isTakenBy({ tag: "DIV", role: null, type: null, isEditable: true }, "1"), true);
    assert.equal(isTakenBy(null, "1"), false);
  });
});
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vdGVzdC9wbGF5ZXIudGVzdC50cyIsICIuLi9zcmMvcGxheWVyL2Nsb2NrLnRzIiwgIi4uL3NyYy9wbGF5ZXIvZm9sbG93LnRzIiwgIi4uL3NyYy9wbGF5ZXIva2V5cy50cyIsICIuLi90ZXN0L3JhbmRvbS50cyJdLAogICJzb3VyY2VzQ29udGVudCI6IFsiaW1wb3J0IGFzc2VydCBmcm9tIFwibm9kZTphc3NlcnQvc3RyaWN0XCI7XG5pbXBvcnQgeyBkZXNjcmliZSwgaXQgfSBmcm9tIFwibm9kZTp0ZXN0XCI7XG5pbXBvcnQgeyBhdFNwZWVkLCBsZWRCeSwgc2h1dHRsZSwgc3RhbmRpbmcsIHRpbWVPZiB9IGZyb20gXCIuLi9zcmMvcGxheWVyL2Nsb2NrXCI7XG5pbXBvcnQgeyBmb2xsb3csIGZyYW1lT2YsIG1pZGRsZU9mLCBtdXN0V2FpdCB9IGZyb20gXCIuLi9zcmMvcGxheWVyL2ZvbGxvd1wiO1xuaW1wb3J0IHsgY29tbWFuZE9mLCBIRUxQLCBpc1Rha2VuQnkgfSBmcm9tIFwiLi4vc3JjL3BsYXllci9rZXlzXCI7XG5pbXBvcnQgeyBjaGFuY2UsIEZQUyB9IGZyb20gXCIuL3JhbmRvbVwiO1xuXG5kZXNjcmliZShcInRoZSBjbG9ja1wiLCAoKSA9PiB7XG4gIGl0KFwic3RhbmRzLCBnb2VzLCBhbmQgZ29lcyBmYXN0ZXIsIGZyb20gd2hlcmUgaXQgaXNcIiwgKCkgPT4ge1xuICAgIGNvbnN0IHN0YW5kcyA9IHN0YW5kaW5nKDUsIDEwMDApO1xuICAgIGFzc2VydC5lcXVhbCh0aW1lT2Yoc3RhbmRzLCA5MDAwKSwgNSk7XG4gICAgY29uc3QgZ29lcyA9IGF0U3BlZWQoc3RhbmRzLCA5MDAwLCAxKTtcbiAgICBhc3NlcnQuZXF1YWwodGltZU9mKGdvZXMsIDk1MDApLCA1LjUpO1xuICAgIGFzc2VydC5lcXVhbCh0aW1lT2YoYXRTcGVlZChnb2VzLCA5NTAwLCAtMiksIDEwXzAwMCksIDQuNSk7XG4gIH0pO1xuXG4gIGl0KFwiaXMgbGVkIGJ5IHdoYXQgaXMgaGVhcmQ6IGdlbnRseSwgYW5kIGF0IG9uY2Ugd2hlcmUgaXQgaXMgZmFyIG9mZlwiLCAoKSA9PiB7XG4gICAgY29uc3QgZ29lcyA9IGF0U3BlZWQoc3RhbmRpbmcoMCwgMCksIDAsIDEpO1xuICAgIGFzc2VydC5vayhNYXRoLmFicyh0aW1lT2YobGVkQnkoZ29lcywgMTAwMCwgMS4wNSksIDEwMDApIC0gMS4wMDUpIDwgMWUtOSk7XG4gICAgYXNzZXJ0LmVxdWFsKHRpbWVPZihsZWRCeShnb2VzLCAxMDAwLCAzKSwgMTAwMCksIDMpO1xuICAgIGxldCBjbG9jayA9IGdvZXM7XG4gICAgZm9yIChsZXQgbm93ID0gMDsgbm93IDw9IDMwMDA7IG5vdyArPSAxNikgY2xvY2sgPSBsZWRCeShjbG9jaywgbm93LCBub3cgLyAxMDAwICsgMC4wNCk7XG4gICAgYXNzZXJ0Lm9rKE1hdGguYWJzKHRpbWVPZihjbG9jaywgMzAwMCkgLSAzLjA0KSA8IDAuMDA1KTtcbiAgfSk7XG5cbiAgaXQoXCJoYXMgdGhlIHNwZWVkcyBvZiBKIGFuZCBMXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKFtzaHV0dGxlKDAsIDEpLCBzaHV0dGxlKDEsIDEpLCBzaHV0dGxlKDIsIDEpLCBzaHV0dGxlKDgsIDEpXSwgWzEsIDIsIDQsIDhdKTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKFtzaHV0dGxlKDEsIC0xKSwgc2h1dHRsZSgtMSwgLTEpLCBzaHV0dGxlKC0yLCAxKV0sIFstMSwgLTIsIDFdKTtcbiAgfSk7XG59KTtcblxuZGVzY3JpYmUoXCJhIHZpZGVvXCIsICgpID0+IHtcbiAgY29uc3QgbG9vayA9IHsgZnJhbWU6IDEgLyAzMCwgc3BlZWQ6IDEsIHNpbmNlU2VlazogMTAgfTtcblxuICBpdChcImlzIGxlZnQgYWxvbmUgd2l0aGluIGhhbGYgYSBmcmFtZVwiLCAoKSA9PiB7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChmb2xsb3coeyAuLi5sb29rLCBhaGVhZDogMC4wMTMgfSksIHsga2luZDogXCJyYXRlXCIsIHJhdGU6IDEgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChmb2xsb3coeyAuLi5sb29rLCBhaGVhZDogLTAuMDEzLCBzcGVlZDogMiB9KSwgeyBraW5kOiBcInJhdGVcIiwgcmF0ZTogMiB9KTtcbiAgfSk7XG5cbiAgaXQoXCJpcyBodXJyaWVkIHdoZW4gYmVoaW5kLCBoZWxkIGJhY2sgd2hlbiBhaGVhZCwgYW5kIHNvdWdodCB3aGVuIGZhciBvZmZcIiwgKCkgPT4ge1xuICAgIGNvbnN0IGJlaGluZCA9IGZvbGxvdyh7IC4uLmxvb2ssIGFoZWFkOiAtMC4xIH0pO1xuICAgIGFzc2VydC5vayhiZWhpbmQua2luZCA9PT0gXCJyYXRlXCIgJiYgYmVoaW5kLnJhdGUgPiAxICYmIGJlaGluZC5yYXRlIDw9IDEuMjUpO1xuICAgIGNvbnN0IGFoZWFkID0gZm9sbG93KHsgLi4ubG9vaywgYWhlYWQ6IDAuMSB9KTtcbiAgICBhc3NlcnQub2soYWhlYWQua2luZCA9PT0gXCJyYXRlXCIgJiYgYWhlYWQucmF0ZSA8IDEgJiYgYWhlYWQucmF0ZSA+PSAwLjc1KTtcbiAgICBhc3NlcnQuZXF1YWwoZm9sbG93KHsgLi4ubG9vaywgYWhlYWQ6IC0wLjggfSkua2luZCwgXCJzZWVrXCIpO1xuICAgIGFzc2VydC5lcXVhbChmb2xsb3coeyAuLi5sb29rLCBhaGVhZDogLTAuOCwgc2luY2VTZWVrOiAwLjIgfSkua2luZCwgXCJyYXRlXCIpO1xuICB9KTtcblxuICBpdChcImNvbWVzIHdpdGhpbiBhIGZyYW1lIGluIHR3byBzZWNvbmRzIGZyb20gd2hlcmV2ZXIgaXQgaXMgbm90IHNvdWdodCwgYW5kIHN0YXlzXCIsICgpID0+IHtcbiAgICBmb3IgKGxldCBzZWVkID0gMDsgc2VlZCA8IDIwMDsgc2VlZCsrKSB7XG4gICAgICBjb25zdCByYW5kb20gPSBjaGFuY2Uoc2VlZCk7XG4gICAgICBjb25zdCBmcmFtZSA9IDEgLyAoRlBTW3NlZWQgJSBGUFMubGVuZ3RoXSBhcyBudW1iZXIpO1xuICAgICAgLy8gQSBjcnlzdGFsIHRoYXQgaXMgb2ZmIGJ5IDEwMCBwcG0sIGFuZCBhIHN0YXJ0IHVwIHRvIGhhbGYgYSBzZWNvbmQgb2ZmLlxuICAgICAgY29uc3QgZHJpZnQgPSAxICsgKHJhbmRvbSgpIC0gMC41KSAqIDJlLTQ7XG4gICAgICBsZXQgYWhlYWQgPSByYW5kb20oKSAtIDAuNTtcbiAgICAgIGZvciAobGV0IG5vdyA9IDA7IG5vdyA8IDEyOyBub3cgKz0gMSAvIDYwKSB7XG4gICAgICAgIGNvbnN0IG1vdmUgPSBmb2xsb3coeyBhaGVhZCwgZnJhbWUsIHNwZWVkOiAxLCBzaW5jZVNlZWs6IDAgfSk7XG4gICAgICAgIGFzc2VydC5lcXVhbChtb3ZlLmtpbmQsIFwicmF0ZVwiKTtcbiAgICAgICAgaWYgKG1vdmUua2luZCA9PT0gXCJyYXRlXCIpIGFoZWFkICs9ICgobW92ZS5yYXRlIC0gMSkgKiBkcmlmdCArIChkcmlmdCAtIDEpKSAvIDYwO1xuICAgICAgICBpZiAobm93ID4gMykgYXNzZXJ0Lm9rKE1hdGguYWJzKGFoZWFkKSA8PSBmcmFtZSwgYCR7YWhlYWR9IGF0ICR7bm93fWApO1xuICAgICAgfVxuICAgIH1cbiAgfSk7XG5cbiAgaXQoXCJpcyB3YWl0ZWQgZm9yOiBhdCBvbmNlIHdoZXJlIGl0IGlzIHNlZW4gb3IgaGVhcmQsIGVsc2UgYWZ0ZXIgYSBtb21lbnRcIiwgKCkgPT4ge1xuICAgIGFzc2VydC5lcXVhbChtdXN0V2FpdChbXSksIGZhbHNlKTtcbiAgICBhc3NlcnQuZXF1YWwobXVzdFdhaXQoW3sgaXNXYW50ZWQ6IHRydWUsIHNlY29uZHM6IDAuMDUgfV0pLCBmYWxzZSk7XG4gICAgYXNzZXJ0LmVxdWFsKG11c3RXYWl0KFt7IGlzV2FudGVkOiB0cnVlLCBzZWNvbmRzOiAwLjIgfV0pLCB0cnVlKTtcbiAgICBhc3NlcnQuZXF1YWwobXVzdFdhaXQoW3sgaXNXYW50ZWQ6IGZhbHNlLCBzZWNvbmRzOiAwLjIgfV0pLCBmYWxzZSk7XG4gICAgYXNzZXJ0LmVxdWFsKG11c3RXYWl0KFt7IGlzV2FudGVkOiBmYWxzZSwgc2Vjb25kczogMC43IH1dKSwgdHJ1ZSk7XG4gIH0pO1xuXG4gIGl0KFwiaXMgc291Z2h0IGluIHRoZSBtaWRkbGUgb2YgYSBmcmFtZSBhbmQgc2F5cyB3aGljaCBmcmFtZSBpdCBzaG93c1wiLCAoKSA9PiB7XG4gICAgZm9yIChjb25zdCBmcHMgb2YgRlBTKSB7XG4gICAgICBmb3IgKGNvbnN0IGZyYW1lIG9mIFswLCAxLCAxNzk5LCAzMjRfMDAwXSkge1xuICAgICAgICBhc3NlcnQuZXF1YWwoTWF0aC5mbG9vcihtaWRkbGVPZihmcmFtZSwgZnBzKSAqIGZwcyksIGZyYW1lKTtcbiAgICAgICAgLy8gQnJvd3NlcnMgdGVsbCBtaWNyb3NlY29uZHMuXG4gICAgICAgIGFzc2VydC5lcXVhbChmcmFtZU9mKE1hdGguZmxvb3IoKGZyYW1lIC8gZnBzKSAqIDFlNikgLyAxZTYsIGZwcyksIGZyYW1lKTtcbiAgICAgIH1cbiAgICB9XG4gIH0pO1xufSk7XG5cbmRlc2NyaWJlKFwia2V5c1wiLCAoKSA9PiB7XG4gIGNvbnN0IGtleSA9IChuYW1lOiBzdHJpbmcsIGNoYW5nZXMgPSB7fSkgPT5cbiAgICBjb21tYW5kT2YoeyBrZXk6IG5hbWUsIGN0cmxLZXk6IGZhbHNlLCBtZXRhS2V5OiBmYWxzZSwgc2hpZnRLZXk6IGZhbHNlLCBhbHRLZXk6IGZhbHNlLCAuLi5jaGFuZ2VzIH0pO1xuXG4gIGl0KFwiZG8gd2hhdCB0aGUgaGVscCBzYXlzXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGtleShcIiBcIiksIHsgZG86IFwicGxheVwiIH0pO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoa2V5KFwiM1wiKSwgeyBkbzogXCJjYW1lcmFcIiwgbnVtYmVyOiAzIH0pO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoa2V5KFwiQXJyb3dMZWZ0XCIpLCB7IGRvOiBcInN0ZXBcIiwgZnJhbWVzOiAtMSB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGtleShcIkFycm93UmlnaHRcIiwgeyBzaGlmdEtleTogdHJ1ZSB9KSwgeyBkbzogXCJzdGVwXCIsIHNlY29uZHM6IDEgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChrZXkoXCJMXCIpLCB7IGRvOiBcImZvcndhcmRcIiB9KTtcbiAgICBhc3NlcnQuZGVlcEVxdWFsKGtleShcIj9cIiwgeyBzaGlmdEtleTogdHJ1ZSB9KSwgeyBkbzogXCJoZWxwXCIgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChrZXkoXCJ6XCIsIHsgY3RybEtleTogdHJ1ZSB9KSwgeyBkbzogXCJ1bmRvXCIgfSk7XG4gICAgYXNzZXJ0LmRlZXBFcXVhbChrZXkoXCJaXCIsIHsgbWV0YUtleTogdHJ1ZSwgc2hpZnRLZXk6IHRydWUgfSksIHsgZG86IFwicmVkb1wiIH0pO1xuICAgIGFzc2VydC5kZWVwRXF1YWwoa2V5KFwieVwiLCB7IGN0cmxLZXk6IHRydWUgfSksIHsgZG86IFwicmVkb1wiIH0pO1xuICAgIGFzc2VydC5vayhIRUxQLmV2ZXJ5KCh7IHJvd3MgfSkgPT4gcm93cy5sZW5ndGggPiAwKSk7XG4gIH0pO1xuXG4gIGl0KFwib2YgdGhlIGJyb3dzZXIgc3RheSB0aGUgYnJvd3NlcidzXCIsICgpID0+IHtcbiAgICBhc3NlcnQuZXF1YWwoa2V5KFwibFwiLCB7IGN0cmxLZXk6IHRydWUgfSksIG51bGwpO1xuICAgIGFzc2VydC5lcXVhbChrZXkoXCIxXCIsIHsgY3RybEtleTogdHJ1ZSB9KSwgbnVsbCk7XG4gICAgYXNzZXJ0LmVxdWFsKGtleShcIkFycm93TGVmdFwiLCB7IGFsdEtleTogdHJ1ZSB9KSwgbnVsbCk7XG4gICAgYXNzZXJ0LmVxdWFsKGtleShcInFcIiksIG51bGwpO1xuICAgIGFzc2VydC5lcXVhbChrZXkoXCJUYWJcIiksIG51bGwpO1xuICB9KTtcblxuICBpdChcImJlbG9uZyB0byBhIGZpZWxkIHdoaWxlIG9uZSB0eXBlcywgYW5kIHRvIGEgYnV0dG9uIHRob3NlIHRoYXQgcHJlc3MgaXRcIiwgKCkgPT4ge1xuICAgIGNvbnN0IGZpZWxkID0geyB0YWc6IFwiSU5QVVRcIiwgcm9sZTogbnVsbCwgdHlwZTogXCJ0ZXh0XCIsIGlzRWRpdGFibGU6IGZhbHNlIH07XG4gICAgYXNzZXJ0LmVxdWFsKGlzVGFrZW5CeShmaWVsZCwgXCIxXCIpLCB0cnVlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgLi4uZmllbGQsIHR5cGU6IFwibnVtYmVyXCIgfSwgXCJBcnJvd1VwXCIpLCB0cnVlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgLi4uZmllbGQsIHR5cGU6IFwiY2hlY2tib3hcIiB9LCBcIjFcIiksIGZhbHNlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgLi4uZmllbGQsIHR5cGU6IFwiY2hlY2tib3hcIiB9LCBcIiBcIiksIHRydWUpO1xuICAgIGFzc2VydC5lcXVhbChpc1Rha2VuQnkoeyAuLi5maWVsZCwgdHlwZTogXCJyYW5nZVwiIH0sIFwiQXJyb3dVcFwiKSwgdHJ1ZSk7XG4gICAgYXNzZXJ0LmVxdWFsKGlzVGFrZW5CeSh7IHRhZzogXCJCVVRUT05cIiwgcm9sZTogbnVsbCwgdHlwZTogbnVsbCwgaXNFZGl0YWJsZTogZmFsc2UgfSwgXCIgXCIpLCB0cnVlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgdGFnOiBcIkJVVFRPTlwiLCByb2xlOiBudWxsLCB0eXBlOiBudWxsLCBpc0VkaXRhYmxlOiBmYWxzZSB9LCBcIjJcIiksIGZhbHNlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgdGFnOiBcIkRJVlwiLCByb2xlOiBcIm9wdGlvblwiLCB0eXBlOiBudWxsLCBpc0VkaXRhYmxlOiBmYWxzZSB9LCBcIkVudGVyXCIpLCB0cnVlKTtcbiAgICBhc3NlcnQuZXF1YWwoaXNUYWtlbkJ5KHsgdGFnOiBcIkRJVlwiLCByb2xlOiBudWxsLCB0eXBlOiBudWxsLCBpc0VkaXRhYmxlOiB0cnVlIH0sIFwiMVwiKSwgdHJ1ZSk7XG4gICAgYXNzZXJ0LmVxdWFsKGlzVGFrZW5CeShudWxsLCBcIjFcIiksIGZhbHNlKTtcbiAgfSk7XG59KTtcbiIsICIvKiogVGhlIG9uZSB0aW1lIHRoYXQgYWxsIGNhbWVyYXMgYXJlIHNob3duIGF0OiBzZWNvbmRzIG9mIHRoZSBwcm9ncmFtbWUsIHRvbGQgYnkgdGhlIHBhZ2UncyBjbG9jay4gKi9cblxuLyoqIEF0IGBzaW5jZWAgKG1pbGxpc2Vjb25kcyBvZiB0aGUgcGFnZSkgaXQgd2FzIGBhdGA7IGl0IGdvZXMgb24gYHNwZWVkYCB0aW1lcyBhcyBmYXN0OyAwOiBpdCBzdGFuZHMuICovXG5leHBvcnQgaW50ZXJmYWNlIENsb2NrIHtcbiAgcmVhZG9ubHkgYXQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgc2luY2U6IG51bWJlcjtcbiAgcmVhZG9ubHkgc3BlZWQ6IG51bWJlcjtcbn1cblxuLyoqIFdoYXQgaXMgaGVhcmQgYW5kIHRoZSBjbG9jayBtYXkgZGlmZmVyIGJ5IHRoaXMgbXVjaCBiZWZvcmUgdGhlIGNsb2NrIGlzIHB1dCByaWdodCBhdCBvbmNlLiAqL1xuY29uc3QgTEVBUF9TRUNPTkRTID0gMC4yNTtcbi8qKiBUaGUgc2hhcmUgb2YgYSBkaWZmZXJlbmNlIHRoYXQgb25lIGxvb2sgdGFrZXMgYXdheTogc291bmQgY2FyZHMgcmVwb3J0IGluIHNtYWxsIHN0ZXBzLiAqL1xuY29uc3QgU0hBUkUgPSAwLjE7XG5cbmV4cG9ydCBmdW5jdGlvbiBzdGFuZGluZyhhdDogbnVtYmVyLCBub3c6IG51bWJlcik6IENsb2NrIHtcbiAgcmV0dXJuIHsgYXQsIHNpbmNlOiBub3csIHNwZWVkOiAwIH07XG59XG5cbi8qKiBXaGF0IHRoZSBjbG9jayBzYXlzLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHRpbWVPZih7IGF0LCBzaW5jZSwgc3BlZWQgfTogQ2xvY2ssIG5vdzogbnVtYmVyKTogbnVtYmVyIHtcbiAgcmV0dXJuIGF0ICsgKChub3cgLSBzaW5jZSkgLyAxMDAwKSAqIHNwZWVkO1xufVxuXG4vKiogVGhlIHNhbWUgdGltZSwgZ29pbmcgb24gYXQgYW5vdGhlciBzcGVlZC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBhdFNwZWVkKGNsb2NrOiBDbG9jaywgbm93OiBudW1iZXIsIHNwZWVkOiBudW1iZXIpOiBDbG9jayB7XG4gIHJldHVybiB7IGF0OiB0aW1lT2YoY2xvY2ssIG5vdyksIHNpbmNlOiBub3csIHNwZWVkIH07XG59XG5cbi8qKlxuICogVGhlIGNsb2NrIGxlZCBieSB3aGF0IGlzIGhlYXJkOiBhbiBlYXIgbm90aWNlcyB3aGVuIHNvdW5kIGlzIGh1cnJpZWQsIGFuIGV5ZSBkb2VzIG5vdCB3aGVuIHBpY3R1cmVzIGFyZS5cbiAqIFNvIHRoZSBjYW1lcmEgd2l0aCB0aGUgc291bmQgcGxheXMgZnJlZWx5LCBhbmQgZXZlcnl0aGluZyBlbHNlIGdvZXMgYnkgaXQuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBsZWRCeShjbG9jazogQ2xvY2ssIG5vdzogbnVtYmVyLCBoZWFyZDogbnVtYmVyKTogQ2xvY2sge1xuICBjb25zdCBlcnJvciA9IGhlYXJkIC0gdGltZU9mKGNsb2NrLCBub3cpO1xuICBjb25zdCBzdGVwID0gTWF0aC5hYnMoZXJyb3IpID4gTEVBUF9TRUNPTkRTID8gZXJyb3IgOiBlcnJvciAqIFNIQVJFO1xuICByZXR1cm4geyAuLi5jbG9jaywgYXQ6IHRpbWVPZihjbG9jaywgbm93KSArIHN0ZXAsIHNpbmNlOiBub3cgfTtcbn1cblxuLyoqIFNwZWVkcyBvZiBKLCBLIGFuZCBMOiBlYWNoIHByZXNzIGluIHRoZSBzYW1lIGRpcmVjdGlvbiBkb3VibGVzLCB0aGUgb3RoZXIgZGlyZWN0aW9uIGJlZ2lucyBhbmV3LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNodXR0bGUoc3BlZWQ6IG51bWJlciwgZGlyZWN0aW9uOiAxIHwgLTEsIG1vc3QgPSA4KTogbnVtYmVyIHtcbiAgaWYgKE1hdGguc2lnbihzcGVlZCkgIT09IGRpcmVjdGlvbikgcmV0dXJuIGRpcmVjdGlvbjtcbiAgcmV0dXJuIGRpcmVjdGlvbiAqIE1hdGgubWluKG1vc3QsIE1hdGguYWJzKHNwZWVkKSAqIDIpO1xufVxuIiwgIi8qKiBIb3cgYSBjYW1lcmEncyB2aWRlbyBpcyBrZXB0IGF0IHRoZSBjbG9jazogd2hhdCBpcyB0byBiZSBkb25lLCBkZWNpZGVkIGZyb20gbnVtYmVycyBhbG9uZS4gKi9cblxuZXhwb3J0IGludGVyZmFjZSBMb29rIHtcbiAgLyoqIFNlY29uZHMgYnkgd2hpY2ggdGhlIHZpZGVvIGlzIGFoZWFkIG9mIHRoZSBjbG9jazsgbmVnYXRpdmU6IGJlaGluZC4gKi9cbiAgcmVhZG9ubHkgYWhlYWQ6IG51bWJlcjtcbiAgLyoqIEhvdyBsb25nIGEgZnJhbWUgb2YgaXQgbGFzdHMuICovXG4gIHJlYWRvbmx5IGZyYW1lOiBudW1iZXI7XG4gIC8qKiBPZiB0aGUgY2xvY2suICovXG4gIHJlYWRvbmx5IHNwZWVkOiBudW1iZXI7XG4gIC8qKiBTaW5jZSBpdHMgbGFzdCBzZWVrLCBpbiBzZWNvbmRzOyBub3RoaW5nIGlzIGtub3duIG9mIGl0IGJlZm9yZSBpdCBoYXMgc2V0dGxlZC4gKi9cbiAgcmVhZG9ubHkgc2luY2VTZWVrOiBudW1iZXI7XG59XG5cbmV4cG9ydCB0eXBlIE1vdmUgPVxuICB8IHsgcmVhZG9ubHkga2luZDogXCJyYXRlXCI7IHJlYWRvbmx5IHJhdGU6IG51bWJlciB9XG4gIC8qKiBTZWVrIHRvIHRoZSBjbG9jaydzIHRpbWUsIGFuZCBzbyBtdWNoIGZ1cnRoZXIgYXMgaXQgd2lsbCBoYXZlIGdvbmUgb24gbWVhbndoaWxlLiAqL1xuICB8IHsgcmVhZG9ubHkga2luZDogXCJzZWVrXCI7IHJlYWRvbmx5IGZ1cnRoZXI6IG51bWJlciB9O1xuXG4vKiogRnVydGhlciBvZmYgdGhhbiB0aGlzIGEgdmlkZW8gaXMgbm90IGh1cnJpZWQgYnV0IHNvdWdodC4gKi9cbmNvbnN0IEZBUl9TRUNPTkRTID0gMC41O1xuLyoqIEluIGhvdyBsb25nIGEgZGlmZmVyZW5jZSBpcyB0byBiZSBnb25lLiAqL1xuY29uc3QgQ0FUQ0hfVVBfU0VDT05EUyA9IDAuNjtcbi8qKiBNb3JlIHRoYW4gdGhpcyBsb29rcyBsaWtlIGhhc3RlLiAqL1xuY29uc3QgTU9TVF9IQVNURSA9IDAuMjU7XG4vKiogQSBzZWVrIHdoaWxlIGl0IHBsYXlzIHRha2VzIGFib3V0IHRoaXMgbG9uZy4gKi9cbmNvbnN0IFNFRUtfU0VDT05EUyA9IDAuMTU7XG4vKiogV2l0aGluIHRoaXMgc2hhcmUgb2YgYSBmcmFtZSBpdCBpcyBhcyBnb29kIGFzIGl0IGdldHMuICovXG5jb25zdCBDTE9TRSA9IDAuNDtcbmNvbnN0IFNFVFRMRURfU0VDT05EUyA9IDE7XG5cbi8qKiBXaGF0IHRvIGRvIHdpdGggYSB2aWRlbyB0aGF0IHBsYXlzLiBXaXRoaW4gbGVzcyB0aGFuIGhhbGYgYSBmcmFtZSBpdCBpcyBsZWZ0IGFsb25lLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGZvbGxvdyh7IGFoZWFkLCBmcmFtZSwgc3BlZWQsIHNpbmNlU2VlayB9OiBMb29rKTogTW92ZSB7XG4gIGNvbnN0IG9mZiA9IE1hdGguYWJzKGFoZWFkKTtcbiAgaWYgKG9mZiA8PSBmcmFtZSAqIENMT1NFKSByZXR1cm4geyBraW5kOiBcInJhdGVcIiwgcmF0ZTogc3BlZWQgfTtcbiAgaWYgKG9mZiA+IEZBUl9TRUNPTkRTICogTWF0aC5tYXgoMSwgc3BlZWQpICYmIHNpbmNlU2VlayA+IFNFVFRMRURfU0VDT05EUykge1xuICAgIHJldHVybiB7IGtpbmQ6IFwic2Vla1wiLCBmdXJ0aGVyOiBTRUVLX1NFQ09ORFMgKiBzcGVlZCB9O1xuICB9XG4gIGNvbnN0IGhhc3RlID0gTWF0aC5taW4oTU9TVF9IQVNURSwgTWF0aC5tYXgoLU1PU1RfSEFTVEUsIC1haGVhZCAvIENBVENIX1VQX1NFQ09ORFMpKTtcbiAgcmV0dXJuIHsga2luZDogXCJyYXRlXCIsIHJhdGU6IHNwZWVkICogKDEgKyBoYXN0ZSkgfTtcbn1cblxuZXhwb3J0IGludGVyZmFjZSBMYWNrIHtcbiAgLyoqIFdoZXRoZXIgaXRzIHBpY3R1cmUgb3IgaXRzIHNvdW5kIGlzIHdoYXQgdGhlIHByb2dyYW1tZSBoYXMgbm93LiAqL1xuICByZWFkb25seSBpc1dhbnRlZDogYm9vbGVhbjtcbiAgLyoqIEZvciBob3cgbG9uZyBpdCBoYXMgaGFkIG5vdGhpbmcgdG8gZ28gb24gd2l0aC4gKi9cbiAgcmVhZG9ubHkgc2Vjb25kczogbnVtYmVyO1xufVxuXG4vKipcbiAqIFdoZXRoZXIgYWxsIHdhaXQgZm9yIHNvbWU6IGF0IG9uY2UgZm9yIHdoYXQgaXMgc2VlbiBiaWcgb3IgaGVhcmQsIGFmdGVyIGEgbW9tZW50IGZvciB0aGUgb3RoZXJzLCBzbyB0aGF0XG4gKiBubyBjYW1lcmEgaXMgZXZlciBjdXQgdG8gdGhhdCBpcyBub3QgdGhlcmUuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBtdXN0V2FpdChsYWNrczogcmVhZG9ubHkgTGFja1tdKTogYm9vbGVhbiB7XG4gIHJldHVybiBsYWNrcy5zb21lKCh7IGlzV2FudGVkLCBzZWNvbmRzIH0pID0+IHNlY29uZHMgPiAoaXNXYW50ZWQgPyAwLjEyIDogMC42KSk7XG59XG5cbi8qKiBXaGVyZSB0byBzZWVrIGZvciBhIGZyYW1lOiBpdHMgbWlkZGxlLCB3aGljaCBubyByb3VuZGluZyBvZiBhIGNvbnRhaW5lciB0YWtlcyBmb3IgaXRzIG5laWdoYm91ci4gKi9cbmV4cG9ydCBmdW5jdGlvbiBtaWRkbGVPZihmcmFtZTogbnVtYmVyLCBmcHM6IG51bWJlcik6IG51bWJlciB7XG4gIHJldHVybiAoZnJhbWUgKyAwLjUpIC8gZnBzO1xufVxuXG4vKiogVGhlIGZyYW1lIHdob3NlIHBpY3R1cmUgYSBicm93c2VyIHNheXMgaXQgaGFzIHB1dCBvbiBzY3JlZW4uICovXG5leHBvcnQgZnVuY3Rpb24gZnJhbWVPZihtZWRpYVRpbWU6IG51bWJlciwgZnBzOiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gTWF0aC5yb3VuZChtZWRpYVRpbWUgKiBmcHMpO1xufVxuIiwgIi8qKiBXaGF0IGtleXMgbWVhbiBpbiB0aGUgZWRpdG9yOiBvbmUgdGFibGUsIGZvciB0aGUga2V5Ym9hcmQgYW5kIGZvciB0aGUgaGVscC4gKi9cblxuZXhwb3J0IHR5cGUgQ29tbWFuZCA9XG4gIHwgeyByZWFkb25seSBkbzogXCJwbGF5XCIgfCBcImJhY2tcIiB8IFwic3RvcFwiIHwgXCJmb3J3YXJkXCIgfCBcInVuZG9cIiB8IFwicmVkb1wiIHwgXCJkZWxldGVcIiB8IFwiaGVscFwiIHwgXCJmaXRcIiB9XG4gIHwgeyByZWFkb25seSBkbzogXCJjYW1lcmFcIjsgcmVhZG9ubHkgbnVtYmVyOiBudW1iZXIgfVxuICB8IHsgcmVhZG9ubHkgZG86IFwic3RlcFwiOyByZWFkb25seSBmcmFtZXM/OiBudW1iZXI7IHJlYWRvbmx5IHNlY29uZHM/OiBudW1iZXIgfVxuICB8IHsgcmVhZG9ubHkgZG86IFwiem9vbVwiOyByZWFkb25seSBieTogMSB8IC0xIH1cbiAgfCB7IHJlYWRvbmx5IGRvOiBcImp1bXBcIjsgcmVhZG9ubHkgdG86IFwic3RhcnRcIiB8IFwiZW5kXCIgfCBcIm5leHRcIiB8IFwicHJldmlvdXNcIiB9XG4gIHwgeyByZWFkb25seSBkbzogXCJlbmRUYWtlXCIgfTtcblxuZXhwb3J0IGludGVyZmFjZSBLZXkge1xuICByZWFkb25seSBrZXk6IHN0cmluZztcbiAgcmVhZG9ubHkgY3RybEtleTogYm9vbGVhbjtcbiAgcmVhZG9ubHkgbWV0YUtleTogYm9vbGVhbjtcbiAgcmVhZG9ubHkgc2hpZnRLZXk6IGJvb2xlYW47XG4gIHJlYWRvbmx5IGFsdEtleTogYm9vbGVhbjtcbn1cblxuY29uc3QgUExBSU46IFJlYWRvbmx5PFJlY29yZDxzdHJpbmcsIENvbW1hbmQ+PiA9IHtcbiAgXCIgXCI6IHsgZG86IFwicGxheVwiIH0sXG4gIGo6IHsgZG86IFwiYmFja1wiIH0sXG4gIGs6IHsgZG86IFwic3RvcFwiIH0sXG4gIGw6IHsgZG86IFwiZm9yd2FyZFwiIH0sXG4gIEFycm93TGVmdDogeyBkbzogXCJzdGVwXCIsIGZyYW1lczogLTEgfSxcbiAgQXJyb3dSaWdodDogeyBkbzogXCJzdGVwXCIsIGZyYW1lczogMSB9LFxuICBBcnJvd1VwOiB7IGRvOiBcImp1bXBcIiwgdG86IFwicHJldmlvdXNcIiB9LFxuICBBcnJvd0Rvd246IHsgZG86IFwianVtcFwiLCB0bzogXCJuZXh0XCIgfSxcbiAgSG9tZTogeyBkbzogXCJqdW1wXCIsIHRvOiBcInN0YXJ0XCIgfSxcbiAgRW5kOiB7IGRvOiBcImp1bXBcIiwgdG86IFwiZW5kXCIgfSxcbiAgRGVsZXRlOiB7IGRvOiBcImRlbGV0ZVwiIH0sXG4gIEJhY2tzcGFjZTogeyBkbzogXCJkZWxldGVcIiB9LFxuICBcIitcIjogeyBkbzogXCJ6b29tXCIsIGJ5OiAxIH0sXG4gIFwiPVwiOiB7IGRvOiBcInpvb21cIiwgYnk6IDEgfSxcbiAgXCItXCI6IHsgZG86IFwiem9vbVwiLCBieTogLTEgfSxcbiAgXCIwXCI6IHsgZG86IFwiZml0XCIgfSxcbiAgXCI/XCI6IHsgZG86IFwiaGVscFwiIH0sXG4gIEVzY2FwZTogeyBkbzogXCJlbmRUYWtlXCIgfSxcbn07XG5cbmNvbnN0IFNISUZURUQ6IFJlYWRvbmx5PFJlY29yZDxzdHJpbmcsIENvbW1hbmQ+PiA9IHtcbiAgQXJyb3dMZWZ0OiB7IGRvOiBcInN0ZXBcIiwgc2Vjb25kczogLTEgfSxcbiAgQXJyb3dSaWdodDogeyBkbzogXCJzdGVwXCIsIHNlY29uZHM6IDEgfSxcbiAgXCI/XCI6IHsgZG86IFwiaGVscFwiIH0sXG4gIFwiK1wiOiB7IGRvOiBcInpvb21cIiwgYnk6IDEgfSxcbiAgXCI9XCI6IHsgZG86IFwiem9vbVwiLCBieTogMSB9LFxufTtcblxuLyoqIFRoZSBjb21tYW5kIG9mIGEga2V5LCBvciBudWxsLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNvbW1hbmRPZih7IGtleSwgY3RybEtleSwgbWV0YUtleSwgc2hpZnRLZXksIGFsdEtleSB9OiBLZXkpOiBDb21tYW5kIHwgbnVsbCB7XG4gIGNvbnN0IG5hbWUgPSBrZXkubGVuZ3RoID09PSAxID8ga2V5LnRvTG93ZXJDYXNlKCkgOiBrZXk7XG4gIGlmIChhbHRLZXkpIHJldHVybiBudWxsO1xuICBpZiAoY3RybEtleSB8fCBtZXRhS2V5KSB7XG4gICAgaWYgKG5hbWUgPT09IFwielwiKSByZXR1cm4geyBkbzogc2hpZnRLZXkgPyBcInJlZG9cIiA6IFwidW5kb1wiIH07XG4gICAgcmV0dXJuIG5hbWUgPT09IFwieVwiICYmICFzaGlmdEtleSA/IHsgZG86IFwicmVkb1wiIH0gOiBudWxsO1xuICB9XG4gIGlmICgvXlsxLTldJC8udGVzdChuYW1lKSkgcmV0dXJuIHsgZG86IFwiY2FtZXJhXCIsIG51bWJlcjogTnVtYmVyKG5hbWUpIH07XG4gIHJldHVybiAoc2hpZnRLZXkgPyAoU0hJRlRFRFtuYW1lXSA/PyBudWxsKSA6IChQTEFJTltuYW1lXSA/PyBudWxsKSkgc2F0aXNmaWVzIENvbW1hbmQgfCBudWxsO1xufVxuXG4vKiogT2YgYW4gZWxlbWVudCB0aGF0IGhhcyB0aGUga2V5Ym9hcmQ6IGl0cyB0YWcsIGl0cyByb2xlLCBpdHMgdHlwZSwgYW5kIHdoZXRoZXIgaXQgaXMgZWRpdGVkIGluIHBsYWNlLiAqL1xuZXhwb3J0IGludGVyZmFjZSBGb2N1cyB7XG4gIHJlYWRvbmx5IHRhZzogc3RyaW5nO1xuICByZWFkb25seSByb2xlOiBzdHJpbmcgfCBudWxsO1xuICByZWFkb25seSB0eXBlOiBzdHJpbmcgfCBudWxsO1xuICByZWFkb25seSBpc0VkaXRhYmxlOiBib29sZWFuO1xufVxuXG5jb25zdCBGSUVMRFMgPSBuZXcgU2V0KFtcIklOUFVUXCIsIFwiVEVYVEFSRUFcIiwgXCJTRUxFQ1RcIl0pO1xuLyoqIEZpZWxkcyB0aGF0IHRha2Ugbm8gdGV4dDoga2V5cyB0aGF0IHRoZXkgZG8gbm90IG5lZWQgYXJlIHRoZSBlZGl0b3Incy4gKi9cbmNvbnN0IFRFWFRMRVNTID0gbmV3IFNldChbXCJidXR0b25cIiwgXCJjaGVja2JveFwiLCBcInJhZGlvXCIsIFwic3VibWl0XCIsIFwicmVzZXRcIiwgXCJmaWxlXCIsIFwicmFuZ2VcIl0pO1xuY29uc3QgQlVUVE9OUyA9IG5ldyBTZXQoW1wiYnV0dG9uXCIsIFwidGFiXCIsIFwibGlua1wiLCBcIm1lbnVpdGVtXCIsIFwib3B0aW9uXCIsIFwiY2hlY2tib3hcIiwgXCJyYWRpb1wiXSk7XG5cbi8qKlxuICogV2hldGhlciBhIGtleSBiZWxvbmdzIHRvIHdoYXQgaGFzIHRoZSBrZXlib2FyZCBhbmQgbm90IHRvIHRoZSBlZGl0b3I6IGV2ZXJ5dGhpbmcgaW4gYSBmaWVsZCwgYW5kIG9mIHdoYXRcbiAqIGlzIHByZXNzZWQsIFNwYWNlIGFuZCBFbnRlciwgd2hpY2ggcHJlc3MgaXQuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBpc1Rha2VuQnkoZm9jdXM6IEZvY3VzIHwgbnVsbCwga2V5OiBzdHJpbmcpOiBib29sZWFuIHtcbiAgaWYgKCFmb2N1cykgcmV0dXJuIGZhbHNlO1xuICBpZiAoZm9jdXMuaXNFZGl0YWJsZSkgcmV0dXJuIHRydWU7XG4gIGNvbnN0IGlzVGV4dGxlc3MgPSBmb2N1cy50YWcgPT09IFwiSU5QVVRcIiAmJiBURVhUTEVTUy5oYXMoZm9jdXMudHlwZSA/PyBcInRleHRcIik7XG4gIGlmIChGSUVMRFMuaGFzKGZvY3VzLnRhZykgJiYgIWlzVGV4dGxlc3MpIHJldHVybiB0cnVlO1xuICBpZiAoaXNUZXh0bGVzcyAmJiBmb2N1cy50eXBlID09PSBcInJhbmdlXCIpIHJldHVybiBrZXkuc3RhcnRzV2l0aChcIkFycm93XCIpIHx8IGtleSA9PT0gXCJIb21lXCIgfHwga2V5ID09PSBcIkVuZFwiO1xuICBjb25zdCBpc1ByZXNzZWQgPVxuICAgIGlzVGV4dGxlc3MgfHxcbiAgICBbXCJCVVRUT05cIiwgXCJBXCIsIFwiU1VNTUFSWVwiXS5pbmNsdWRlcyhmb2N1cy50YWcpIHx8XG4gICAgKGZvY3VzLnJvbGUgIT09IG51bGwgJiYgQlVUVE9OUy5oYXMoZm9jdXMucm9sZSkpO1xuICByZXR1cm4gaXNQcmVzc2VkICYmIChrZXkgPT09IFwiIFwiIHx8IGtleSA9PT0gXCJFbnRlclwiKTtcbn1cblxuLyoqIFRoZSBoZWxwLCBpbiBncm91cHM6IHdoYXQgb25lIHByZXNzZXMsIGFuZCB3aGF0IGhhcHBlbnMuICovXG5leHBvcnQgY29uc3QgSEVMUDogcmVhZG9ubHkgeyByZWFkb25seSB0aXRsZTogc3RyaW5nOyByZWFkb25seSByb3dzOiByZWFkb25seSAocmVhZG9ubHkgW3N0cmluZywgc3RyaW5nXSlbXSB9W10gPSBbXG4gIHtcbiAgICB0aXRsZTogXCJQbGF5XCIsXG4gICAgcm93czogW1xuICAgICAgW1wiU3BhY2VcIiwgXCJQbGF5IG9yIHBhdXNlXCJdLFxuICAgICAgW1wiTFwiLCBcIlBsYXk7IGFnYWluOiB0d2ljZSBhcyBmYXN0XCJdLFxuICAgICAgW1wiSlwiLCBcIlBsYXkgYmFja3dhcmRzOyBhZ2FpbjogdHdpY2UgYXMgZmFzdFwiXSxcbiAgICAgIFtcIktcIiwgXCJTdG9wXCJdLFxuICAgICAgW1wiXHUyMTkwIFx1MjE5MlwiLCBcIk9uZSBmcmFtZSBiYWNrIG9yIG9uXCJdLFxuICAgICAgW1wiU2hpZnQgKyBcdTIxOTAgXHUyMTkyXCIsIFwiT25lIHNlY29uZCBiYWNrIG9yIG9uXCJdLFxuICAgICAgW1wiXHUyMTkxIFx1MjE5M1wiLCBcIlRvIHRoZSBzd2l0Y2ggYmVmb3JlIG9yIGFmdGVyXCJdLFxuICAgICAgW1wiSG9tZSwgRW5kXCIsIFwiVG8gdGhlIHN0YXJ0LCB0byB0aGUgZW5kXCJdLFxuICAgIF0sXG4gIH0sXG4gIHtcbiAgICB0aXRsZTogXCJDdXRcIixcbiAgICByb3dzOiBbXG4gICAgICBbXCIxIHRvIDZcIiwgXCJTd2l0Y2ggdG8gdGhhdCBjYW1lcmEsIGFsc28gd2hpbGUgaXQgcGxheXNcIl0sXG4gICAgICBbXCJFc2NcIiwgXCJFbmQgdGhlIHRha2U6IHdoYXQgY29tZXMgYWZ0ZXIgaXMga2VwdCwgYW5kIGl0IHBsYXlzIG9uXCJdLFxuICAgICAgW1wiRGVsZXRlXCIsIFwiRGVsZXRlIHRoZSBjaG9zZW4gc3dpdGNoLCBvciB0aGUgb25lIHRoZSBwbGF5aGVhZCBpcyBiZWhpbmRcIl0sXG4gICAgICBbXCJDdHJsICsgWlwiLCBcIlVuZG9cIl0sXG4gICAgICBbXCJDdHJsICsgU2hpZnQgKyBaXCIsIFwiUmVkb1wiXSxcbiAgICBdLFxuICB9LFxuICB7XG4gICAgdGl0bGU6IFwiTG9va1wiLFxuICAgIHJvd3M6IFtcbiAgICAgIFtcIisgXHUyMjEyXCIsIFwiWm9vbSBpbiBvciBvdXRcIl0sXG4gICAgICBbXCIwXCIsIFwiU2VlIGV2ZXJ5dGhpbmdcIl0sXG4gICAgICBbXCI/XCIsIFwiVGhpcyBoZWxwXCJdLFxuICAgIF0sXG4gIH0sXG5dO1xuIiwgIi8qKiBOdW1iZXJzIGJ5IGNoYW5jZSB0aGF0IGFyZSB0aGUgc2FtZSBldmVyeSB0aW1lLCBhbmQgZWRpdHMgbWFkZSBvZiB0aGVtLiAqL1xuaW1wb3J0IHsgbmV3RWRpdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9jYW1lcmFzXCI7XG5pbXBvcnQgdHlwZSB7IENhbWVyYSwgRWRpdCB9IGZyb20gXCIuLi9zcmMvZWRpdC9lZGl0XCI7XG5cbmV4cG9ydCB0eXBlIENoYW5jZSA9ICgpID0+IG51bWJlcjtcblxuLyoqIE11bGJlcnJ5MzI6IDAgdXAgdG8gYnV0IG5vdCBpbmNsdWRpbmcgMS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjaGFuY2Uoc2VlZDogbnVtYmVyKTogQ2hhbmNlIHtcbiAgbGV0IHN0YXRlID0gc2VlZCA+Pj4gMDtcbiAgcmV0dXJuICgpID0+IHtcbiAgICBzdGF0ZSA9IChzdGF0ZSArIDB4NmQyYjc5ZjUpID4+PiAwO1xuICAgIGxldCBtaXhlZCA9IE1hdGguaW11bChzdGF0ZSBeIChzdGF0ZSA+Pj4gMTUpLCBzdGF0ZSB8IDEpO1xuICAgIG1peGVkIF49IG1peGVkICsgTWF0aC5pbXVsKG1peGVkIF4gKG1peGVkID4+PiA3KSwgbWl4ZWQgfCA2MSk7XG4gICAgcmV0dXJuICgobWl4ZWQgXiAobWl4ZWQgPj4+IDE0KSkgPj4+IDApIC8gMiAqKiAzMjtcbiAgfTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHdob2xlKHJhbmRvbTogQ2hhbmNlLCBsZWFzdDogbnVtYmVyLCBtb3N0OiBudW1iZXIpOiBudW1iZXIge1xuICByZXR1cm4gbGVhc3QgKyBNYXRoLmZsb29yKHJhbmRvbSgpICogKG1vc3QgLSBsZWFzdCArIDEpKTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIG9uZU9mPFQ+KHJhbmRvbTogQ2hhbmNlLCB2YWx1ZXM6IHJlYWRvbmx5IFRbXSk6IFQge1xuICByZXR1cm4gdmFsdWVzW3dob2xlKHJhbmRvbSwgMCwgdmFsdWVzLmxlbmd0aCAtIDEpXSBhcyBUO1xufVxuXG5leHBvcnQgY29uc3QgRlBTID0gWzI0LCAyNSwgMzAsIDUwLCA2MCwgMjMuOTc2MDIzOTc2MDIzOTc4LCAyOS45NzAwMjk5NzAwMjk5NywgNTkuOTQwMDU5OTQwMDU5OTRdO1xuXG4vKipcbiAqIFJhdGVzIHRoYXQgb25lIGVkaXQgbWF5IG1peC4gTm90IDMwIGFuZCAyOS45NzogYSB3aG9sZSByYXRlIHRoYXQgaXMgdGhlIG5hbWUgb2YgYW5vdGhlciBpbiB0aGUgcHJvZ3JhbW1lXG4gKiBtZWFucyB0aGF0IG9uZSB0byB0aGUgc2VydmljZS5cbiAqL1xuY29uc3QgTUlYRVMgPSBbXG4gIFsyNCwgMjUsIDMwLCA1MCwgNjBdLFxuICBbMjUsIDUwLCAyMy45NzYwMjM5NzYwMjM5NzgsIDI5Ljk3MDAyOTk3MDAyOTk3LCA1OS45NDAwNTk5NDAwNTk5NF0sXG5dO1xuXG5leHBvcnQgZnVuY3Rpb24gY2FtZXJhKGlkOiBzdHJpbmcsIGNoYW5nZXM6IFBhcnRpYWw8Q2FtZXJhPiA9IHt9KTogQ2FtZXJhIHtcbiAgcmV0dXJuIHtcbiAgICBpZCxcbiAgICBzb3VyY2U6IGAke2lkfS5tcDRgLFxuICAgIG5hbWU6IGBDYW1lcmEgJHtpZH1gLFxuICAgIHNlY29uZHM6IDYwLFxuICAgIHdpZHRoOiAxOTIwLFxuICAgIGhlaWdodDogMTA4MCxcbiAgICBmcHM6IDMwLFxuICAgIGhhc1NvdW5kOiB0cnVlLFxuICAgIG9mZnNldDogMCxcbiAgICAuLi5jaGFuZ2VzLFxuICB9O1xufVxuXG4vKiogQ2FtZXJhcyBvZiBvbmUgcmF0ZSwgb3Igb2Ygc2V2ZXJhbCwgdGhhdCBiZWdhbiB1cCB0byBmaXZlIHNlY29uZHMgYXBhcnQuICovXG5leHBvcnQgZnVuY3Rpb24gcmFuZG9tQ2FtZXJhcyhyYW5kb206IENoYW5jZSwgaXNNaXhlZDogYm9vbGVhbik6IENhbWVyYVtdIHtcbiAgY29uc3QgZnBzID0gb25lT2YocmFuZG9tLCBGUFMpO1xuICBjb25zdCBtaXggPSBvbmVPZihyYW5kb20sIE1JWEVTKTtcbiAgcmV0dXJuIEFycmF5LmZyb20oeyBsZW5ndGg6IHdob2xlKHJhbmRvbSwgMiwgNikgfSwgKF8sIGluZGV4KSA9PiB7XG4gICAgY29uc3Qgb3duID0gaXNNaXhlZCA/IG9uZU9mKHJhbmRvbSwgbWl4KSA6IGZwcztcbiAgICByZXR1cm4gY2FtZXJhKGBjJHtpbmRleCArIDF9YCwge1xuICAgICAgZnBzOiBvd24sXG4gICAgICBzZWNvbmRzOiB3aG9sZShyYW5kb20sIDIwMCwgNzAwKSAvIG93bixcbiAgICAgIG9mZnNldDogcmFuZG9tKCkgPCAwLjMgPyAwIDogTWF0aC5yb3VuZCgocmFuZG9tKCkgKiAxMCAtIDUpICogMWU2KSAvIDFlNixcbiAgICB9KTtcbiAgfSk7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiByYW5kb21FZGl0KHJhbmRvbTogQ2hhbmNlLCBpc01peGVkID0gZmFsc2UpOiBFZGl0IHtcbiAgcmV0dXJuIG5ld0VkaXQocmFuZG9tQ2FtZXJhcyhyYW5kb20sIGlzTWl4ZWQpLCBcIkJ5IGNoYW5jZVwiKTtcbn1cbiJdLAogICJtYXBwaW5ncyI6ICI7QUFBQSxPQUFPLFlBQVk7QUFDbkIsU0FBUyxVQUFVLFVBQVU7OztBQ1M3QixJQUFNLGVBQWU7QUFFckIsSUFBTSxRQUFRO0FBRVAsU0FBUyxTQUFTLElBQVksS0FBb0I7QUFDdkQsU0FBTyxFQUFFLElBQUksT0FBTyxLQUFLLE9BQU8sRUFBRTtBQUNwQztBQUdPLFNBQVMsT0FBTyxFQUFFLElBQUksT0FBTyxNQUFNLEdBQVUsS0FBcUI7QUFDdkUsU0FBTyxNQUFPLE1BQU0sU0FBUyxNQUFRO0FBQ3ZDO0FBR08sU0FBUyxRQUFRLE9BQWMsS0FBYSxPQUFzQjtBQUN2RSxTQUFPLEVBQUUsSUFBSSxPQUFPLE9BQU8sR0FBRyxHQUFHLE9BQU8sS0FBSyxNQUFNO0FBQ3JEO0FBTU8sU0FBUyxNQUFNLE9BQWMsS0FBYSxPQUFzQjtBQUNyRSxRQUFNLFFBQVEsUUFBUSxPQUFPLE9BQU8sR0FBRztBQUN2QyxRQUFNLE9BQU8sS0FBSyxJQUFJLEtBQUssSUFBSSxlQUFlLFFBQVEsUUFBUTtBQUM5RCxTQUFPLEVBQUUsR0FBRyxPQUFPLElBQUksT0FBTyxPQUFPLEdBQUcsSUFBSSxNQUFNLE9BQU8sSUFBSTtBQUMvRDtBQUdPLFNBQVMsUUFBUSxPQUFlLFdBQW1CLE9BQU8sR0FBVztBQUMxRSxNQUFJLEtBQUssS0FBSyxLQUFLLE1BQU0sVUFBVyxRQUFPO0FBQzNDLFNBQU8sWUFBWSxLQUFLLElBQUksTUFBTSxLQUFLLElBQUksS0FBSyxJQUFJLENBQUM7QUFDdkQ7OztBQ3ZCQSxJQUFNLGNBQWM7QUFFcEIsSUFBTSxtQkFBbUI7QUFFekIsSUFBTSxhQUFhO0FBRW5CLElBQU0sZUFBZTtBQUVyQixJQUFNLFFBQVE7QUFDZCxJQUFNLGtCQUFrQjtBQUdqQixTQUFTLE9BQU8sRUFBRSxPQUFPLE9BQU8sT0FBTyxVQUFVLEdBQWU7QUFDckUsUUFBTSxNQUFNLEtBQUssSUFBSSxLQUFLO0FBQzFCLE1BQUksT0FBTyxRQUFRLE1BQU8sUUFBTyxFQUFFLE1BQU0sUUFBUSxNQUFNLE1BQU07QUFDN0QsTUFBSSxNQUFNLGNBQWMsS0FBSyxJQUFJLEdBQUcsS0FBSyxLQUFLLFlBQVksaUJBQWlCO0FBQ3pFLFdBQU8sRUFBRSxNQUFNLFFBQVEsU0FBUyxlQUFlLE1BQU07QUFBQSxFQUN2RDtBQUNBLFFBQU0sUUFBUSxLQUFLLElBQUksWUFBWSxLQUFLLElBQUksQ0FBQyxZQUFZLENBQUMsUUFBUSxnQkFBZ0IsQ0FBQztBQUNuRixTQUFPLEVBQUUsTUFBTSxRQUFRLE1BQU0sU0FBUyxJQUFJLE9BQU87QUFDbkQ7QUFhTyxTQUFTLFNBQVMsT0FBaUM7QUFDeEQsU0FBTyxNQUFNLEtBQUssQ0FBQyxFQUFFLFVBQVUsUUFBUSxNQUFNLFdBQVcsV0FBVyxPQUFPLElBQUk7QUFDaEY7QUFHTyxTQUFTLFNBQVMsT0FBZSxLQUFxQjtBQUMzRCxVQUFRLFFBQVEsT0FBTztBQUN6QjtBQUdPLFNBQVMsUUFBUSxXQUFtQixLQUFxQjtBQUM5RCxTQUFPLEtBQUssTUFBTSxZQUFZLEdBQUc7QUFDbkM7OztBQzlDQSxJQUFNLFFBQTJDO0FBQUEsRUFDL0MsS0FBSyxFQUFFLElBQUksT0FBTztBQUFBLEVBQ2xCLEdBQUcsRUFBRSxJQUFJLE9BQU87QUFBQSxFQUNoQixHQUFHLEVBQUUsSUFBSSxPQUFPO0FBQUEsRUFDaEIsR0FBRyxFQUFFLElBQUksVUFBVTtBQUFBLEVBQ25CLFdBQVcsRUFBRSxJQUFJLFFBQVEsUUFBUSxHQUFHO0FBQUEsRUFDcEMsWUFBWSxFQUFFLElBQUksUUFBUSxRQUFRLEVBQUU7QUFBQSxFQUNwQyxTQUFTLEVBQUUsSUFBSSxRQUFRLElBQUksV0FBVztBQUFBLEVBQ3RDLFdBQVcsRUFBRSxJQUFJLFFBQVEsSUFBSSxPQUFPO0FBQUEsRUFDcEMsTUFBTSxFQUFFLElBQUksUUFBUSxJQUFJLFFBQVE7QUFBQSxFQUNoQyxLQUFLLEVBQUUsSUFBSSxRQUFRLElBQUksTUFBTTtBQUFBLEVBQzdCLFFBQVEsRUFBRSxJQUFJLFNBQVM7QUFBQSxFQUN2QixXQUFXLEVBQUUsSUFBSSxTQUFTO0FBQUEsRUFDMUIsS0FBSyxFQUFFLElBQUksUUFBUSxJQUFJLEVBQUU7QUFBQSxFQUN6QixLQUFLLEVBQUUsSUFBSSxRQUFRLElBQUksRUFBRTtBQUFBLEVBQ3pCLEtBQUssRUFBRSxJQUFJLFFBQVEsSUFBSSxHQUFHO0FBQUEsRUFDMUIsS0FBSyxFQUFFLElBQUksTUFBTTtBQUFBLEVBQ2pCLEtBQUssRUFBRSxJQUFJLE9BQU87QUFBQSxFQUNsQixRQUFRLEVBQUUsSUFBSSxVQUFVO0FBQzFCO0FBRUEsSUFBTSxVQUE2QztBQUFBLEVBQ2pELFdBQVcsRUFBRSxJQUFJLFFBQVEsU0FBUyxHQUFHO0FBQUEsRUFDckMsWUFBWSxFQUFFLElBQUksUUFBUSxTQUFTLEVBQUU7QUFBQSxFQUNyQyxLQUFLLEVBQUUsSUFBSSxPQUFPO0FBQUEsRUFDbEIsS0FBSyxFQUFFLElBQUksUUFBUSxJQUFJLEVBQUU7QUFBQSxFQUN6QixLQUFLLEVBQUUsSUFBSSxRQUFRLElBQUksRUFBRTtBQUMzQjtBQUdPLFNBQVMsVUFBVSxFQUFFLEtBQUssU0FBUyxTQUFTLFVBQVUsT0FBTyxHQUF3QjtBQUMxRixRQUFNLE9BQU8sSUFBSSxXQUFXLElBQUksSUFBSSxZQUFZLElBQUk7QUFDcEQsTUFBSSxPQUFRLFFBQU87QUFDbkIsTUFBSSxXQUFXLFNBQVM7QUFDdEIsUUFBSSxTQUFTLElBQUssUUFBTyxFQUFFLElBQUksV0FBVyxTQUFTLE9BQU87QUFDMUQsV0FBTyxTQUFTLE9BQU8sQ0FBQyxXQUFXLEVBQUUsSUFBSSxPQUFPLElBQUk7QUFBQSxFQUN0RDtBQUNBLE1BQUksVUFBVSxLQUFLLElBQUksRUFBRyxRQUFPLEVBQUUsSUFBSSxVQUFVLFFBQVEsT0FBTyxJQUFJLEVBQUU7QUFDdEUsU0FBUSxXQUFZLFFBQVEsSUFBSSxLQUFLLE9BQVMsTUFBTSxJQUFJLEtBQUs7QUFDL0Q7QUFVQSxJQUFNLFNBQVMsb0JBQUksSUFBSSxDQUFDLFNBQVMsWUFBWSxRQUFRLENBQUM7QUFFdEQsSUFBTSxXQUFXLG9CQUFJLElBQUksQ0FBQyxVQUFVLFlBQVksU0FBUyxVQUFVLFNBQVMsUUFBUSxPQUFPLENBQUM7QUFDNUYsSUFBTSxVQUFVLG9CQUFJLElBQUksQ0FBQyxVQUFVLE9BQU8sUUFBUSxZQUFZLFVBQVUsWUFBWSxPQUFPLENBQUM7QUFNckYsU0FBUyxVQUFVLE9BQXFCLEtBQXNCO0FBQ25FLE1BQUksQ0FBQyxNQUFPLFFBQU87QUFDbkIsTUFBSSxNQUFNLFdBQVksUUFBTztBQUM3QixRQUFNLGFBQWEsTUFBTSxRQUFRLFdBQVcsU0FBUyxJQUFJLE1BQU0sUUFBUSxNQUFNO0FBQzdFLE1BQUksT0FBTyxJQUFJLE1BQU0sR0FBRyxLQUFLLENBQUMsV0FBWSxRQUFPO0FBQ2pELE1BQUksY0FBYyxNQUFNLFNBQVMsUUFBUyxRQUFPLElBQUksV0FBVyxPQUFPLEtBQUssUUFBUSxVQUFVLFFBQVE7QUFDdEcsUUFBTSxZQUNKLGNBQ0EsQ0FBQyxVQUFVLEtBQUssU0FBUyxFQUFFLFNBQVMsTUFBTSxHQUFHLEtBQzVDLE1BQU0sU0FBUyxRQUFRLFFBQVEsSUFBSSxNQUFNLElBQUk7QUFDaEQsU0FBTyxjQUFjLFFBQVEsT0FBTyxRQUFRO0FBQzlDO0FBR08sSUFBTSxPQUFxRztBQUFBLEVBQ2hIO0FBQUEsSUFDRSxPQUFPO0FBQUEsSUFDUCxNQUFNO0FBQUEsTUFDSixDQUFDLFNBQVMsZUFBZTtBQUFBLE1BQ3pCLENBQUMsS0FBSyw0QkFBNEI7QUFBQSxNQUNsQyxDQUFDLEtBQUssc0NBQXNDO0FBQUEsTUFDNUMsQ0FBQyxLQUFLLE1BQU07QUFBQSxNQUNaLENBQUMsaUJBQU8sc0JBQXNCO0FBQUEsTUFDOUIsQ0FBQyx5QkFBZSx1QkFBdUI7QUFBQSxNQUN2QyxDQUFDLGlCQUFPLCtCQUErQjtBQUFBLE1BQ3ZDLENBQUMsYUFBYSwwQkFBMEI7QUFBQSxJQUMxQztBQUFBLEVBQ0Y7QUFBQSxFQUNBO0FBQUEsSUFDRSxPQUFPO0FBQUEsSUFDUCxNQUFNO0FBQUEsTUFDSixDQUFDLFVBQVUsNENBQTRDO0FBQUEsTUFDdkQsQ0FBQyxPQUFPLHlEQUF5RDtBQUFBLE1BQ2pFLENBQUMsVUFBVSw2REFBNkQ7QUFBQSxNQUN4RSxDQUFDLFlBQVksTUFBTTtBQUFBLE1BQ25CLENBQUMsb0JBQW9CLE1BQU07QUFBQSxJQUM3QjtBQUFBLEVBQ0Y7QUFBQSxFQUNBO0FBQUEsSUFDRSxPQUFPO0FBQUEsSUFDUCxNQUFNO0FBQUEsTUFDSixDQUFDLFlBQU8sZ0JBQWdCO0FBQUEsTUFDeEIsQ0FBQyxLQUFLLGdCQUFnQjtBQUFBLE1BQ3RCLENBQUMsS0FBSyxXQUFXO0FBQUEsSUFDbkI7QUFBQSxFQUNGO0FBQ0Y7OztBQ25ITyxTQUFTLE9BQU8sTUFBc0I7QUFDM0MsTUFBSSxRQUFRLFNBQVM7QUFDckIsU0FBTyxNQUFNO0FBQ1gsWUFBUyxRQUFRLGVBQWdCO0FBQ2pDLFFBQUksUUFBUSxLQUFLLEtBQUssUUFBUyxVQUFVLElBQUssUUFBUSxDQUFDO0FBQ3ZELGFBQVMsUUFBUSxLQUFLLEtBQUssUUFBUyxVQUFVLEdBQUksUUFBUSxFQUFFO0FBQzVELGFBQVMsUUFBUyxVQUFVLFFBQVMsS0FBSyxLQUFLO0FBQUEsRUFDakQ7QUFDRjtBQVVPLElBQU0sTUFBTSxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksSUFBSSxvQkFBb0IsbUJBQW1CLGlCQUFpQjs7O0FKbEJoRyxTQUFTLGFBQWEsTUFBTTtBQUMxQixLQUFHLG1EQUFtRCxNQUFNO0FBQzFELFVBQU0sU0FBUyxTQUFTLEdBQUcsR0FBSTtBQUMvQixXQUFPLE1BQU0sT0FBTyxRQUFRLEdBQUksR0FBRyxDQUFDO0FBQ3BDLFVBQU0sT0FBTyxRQUFRLFFBQVEsS0FBTSxDQUFDO0FBQ3BDLFdBQU8sTUFBTSxPQUFPLE1BQU0sSUFBSSxHQUFHLEdBQUc7QUFDcEMsV0FBTyxNQUFNLE9BQU8sUUFBUSxNQUFNLE1BQU0sRUFBRSxHQUFHLEdBQU0sR0FBRyxHQUFHO0FBQUEsRUFDM0QsQ0FBQztBQUVELEtBQUcsb0VBQW9FLE1BQU07QUFDM0UsVUFBTSxPQUFPLFFBQVEsU0FBUyxHQUFHLENBQUMsR0FBRyxHQUFHLENBQUM7QUFDekMsV0FBTyxHQUFHLEtBQUssSUFBSSxPQUFPLE1BQU0sTUFBTSxLQUFNLElBQUksR0FBRyxHQUFJLElBQUksS0FBSyxJQUFJLElBQUk7QUFDeEUsV0FBTyxNQUFNLE9BQU8sTUFBTSxNQUFNLEtBQU0sQ0FBQyxHQUFHLEdBQUksR0FBRyxDQUFDO0FBQ2xELFFBQUksUUFBUTtBQUNaLGFBQVMsTUFBTSxHQUFHLE9BQU8sS0FBTSxPQUFPLEdBQUksU0FBUSxNQUFNLE9BQU8sS0FBSyxNQUFNLE1BQU8sSUFBSTtBQUNyRixXQUFPLEdBQUcsS0FBSyxJQUFJLE9BQU8sT0FBTyxHQUFJLElBQUksSUFBSSxJQUFJLElBQUs7QUFBQSxFQUN4RCxDQUFDO0FBRUQsS0FBRyw2QkFBNkIsTUFBTTtBQUNwQyxXQUFPLFVBQVUsQ0FBQyxRQUFRLEdBQUcsQ0FBQyxHQUFHLFFBQVEsR0FBRyxDQUFDLEdBQUcsUUFBUSxHQUFHLENBQUMsR0FBRyxRQUFRLEdBQUcsQ0FBQyxDQUFDLEdBQUcsQ0FBQyxHQUFHLEdBQUcsR0FBRyxDQUFDLENBQUM7QUFDM0YsV0FBTyxVQUFVLENBQUMsUUFBUSxHQUFHLEVBQUUsR0FBRyxRQUFRLElBQUksRUFBRSxHQUFHLFFBQVEsSUFBSSxDQUFDLENBQUMsR0FBRyxDQUFDLElBQUksSUFBSSxDQUFDLENBQUM7QUFBQSxFQUNqRixDQUFDO0FBQ0gsQ0FBQztBQUVELFNBQVMsV0FBVyxNQUFNO0FBQ3hCLFFBQU0sT0FBTyxFQUFFLE9BQU8sSUFBSSxJQUFJLE9BQU8sR0FBRyxXQUFXLEdBQUc7QUFFdEQsS0FBRyxxQ0FBcUMsTUFBTTtBQUM1QyxXQUFPLFVBQVUsT0FBTyxFQUFFLEdBQUcsTUFBTSxPQUFPLE1BQU0sQ0FBQyxHQUFHLEVBQUUsTUFBTSxRQUFRLE1BQU0sRUFBRSxDQUFDO0FBQzdFLFdBQU8sVUFBVSxPQUFPLEVBQUUsR0FBRyxNQUFNLE9BQU8sUUFBUSxPQUFPLEVBQUUsQ0FBQyxHQUFHLEVBQUUsTUFBTSxRQUFRLE1BQU0sRUFBRSxDQUFDO0FBQUEsRUFDMUYsQ0FBQztBQUVELEtBQUcseUVBQXlFLE1BQU07QUFDaEYsVUFBTSxTQUFTLE9BQU8sRUFBRSxHQUFHLE1BQU0sT0FBTyxLQUFLLENBQUM7QUFDOUMsV0FBTyxHQUFHLE9BQU8sU0FBUyxVQUFVLE9BQU8sT0FBTyxLQUFLLE9BQU8sUUFBUSxJQUFJO0FBQzFFLFVBQU0sUUFBUSxPQUFPLEVBQUUsR0FBRyxNQUFNLE9BQU8sSUFBSSxDQUFDO0FBQzVDLFdBQU8sR0FBRyxNQUFNLFNBQVMsVUFBVSxNQUFNLE9BQU8sS0FBSyxNQUFNLFFBQVEsSUFBSTtBQUN2RSxXQUFPLE1BQU0sT0FBTyxFQUFFLEdBQUcsTUFBTSxPQUFPLEtBQUssQ0FBQyxFQUFFLE1BQU0sTUFBTTtBQUMxRCxXQUFPLE1BQU0sT0FBTyxFQUFFLEdBQUcsTUFBTSxPQUFPLE1BQU0sV0FBVyxJQUFJLENBQUMsRUFBRSxNQUFNLE1BQU07QUFBQSxFQUM1RSxDQUFDO0FBRUQsS0FBRyxpRkFBaUYsTUFBTTtBQUN4RixhQUFTLE9BQU8sR0FBRyxPQUFPLEtBQUssUUFBUTtBQUNyQyxZQUFNLFNBQVMsT0FBTyxJQUFJO0FBQzFCLFlBQU0sUUFBUSxJQUFLLElBQUksT0FBTyxJQUFJLE1BQU07QUFFeEMsWUFBTSxRQUFRLEtBQUssT0FBTyxJQUFJLE9BQU87QUFDckMsVUFBSSxRQUFRLE9BQU8sSUFBSTtBQUN2QixlQUFTLE1BQU0sR0FBRyxNQUFNLElBQUksT0FBTyxJQUFJLElBQUk7QUFDekMsY0FBTSxPQUFPLE9BQU8sRUFBRSxPQUFPLE9BQU8sT0FBTyxHQUFHLFdBQVcsRUFBRSxDQUFDO0FBQzVELGVBQU8sTUFBTSxLQUFLLE1BQU0sTUFBTTtBQUM5QixZQUFJLEtBQUssU0FBUyxPQUFRLFlBQVcsS0FBSyxPQUFPLEtBQUssU0FBUyxRQUFRLE1BQU07QUFDN0UsWUFBSSxNQUFNLEVBQUcsUUFBTyxHQUFHLEtBQUssSUFBSSxLQUFLLEtBQUssT0FBTyxHQUFHLEtBQUssT0FBTyxHQUFHLEVBQUU7QUFBQSxNQUN2RTtBQUFBLElBQ0Y7QUFBQSxFQUNGLENBQUM7QUFFRCxLQUFHLHlFQUF5RSxNQUFNO0FBQ2hGLFdBQU8sTUFBTSxTQUFTLENBQUMsQ0FBQyxHQUFHLEtBQUs7QUFDaEMsV0FBTyxNQUFNLFNBQVMsQ0FBQyxFQUFFLFVBQVUsTUFBTSxTQUFTLEtBQUssQ0FBQyxDQUFDLEdBQUcsS0FBSztBQUNqRSxXQUFPLE1BQU0sU0FBUyxDQUFDLEVBQUUsVUFBVSxNQUFNLFNBQVMsSUFBSSxDQUFDLENBQUMsR0FBRyxJQUFJO0FBQy9ELFdBQU8sTUFBTSxTQUFTLENBQUMsRUFBRSxVQUFVLE9BQU8sU0FBUyxJQUFJLENBQUMsQ0FBQyxHQUFHLEtBQUs7QUFDakUsV0FBTyxNQUFNLFNBQVMsQ0FBQyxFQUFFLFVBQVUsT0FBTyxTQUFTLElBQUksQ0FBQyxDQUFDLEdBQUcsSUFBSTtBQUFBLEVBQ2xFLENBQUM7QUFFRCxLQUFHLG9FQUFvRSxNQUFNO0FBQzNFLGVBQVcsT0FBTyxLQUFLO0FBQ3JCLGlCQUFXLFNBQVMsQ0FBQyxHQUFHLEdBQUcsTUFBTSxLQUFPLEdBQUc7QUFDekMsZUFBTyxNQUFNLEtBQUssTUFBTSxTQUFTLE9BQU8sR0FBRyxJQUFJLEdBQUcsR0FBRyxLQUFLO0FBRTFELGVBQU8sTUFBTSxRQUFRLEtBQUssTUFBTyxRQUFRLE1BQU8sR0FBRyxJQUFJLEtBQUssR0FBRyxHQUFHLEtBQUs7QUFBQSxNQUN6RTtBQUFBLElBQ0Y7QUFBQSxFQUNGLENBQUM7QUFDSCxDQUFDO0FBRUQsU0FBUyxRQUFRLE1BQU07QUFDckIsUUFBTSxNQUFNLENBQUMsTUFBYyxVQUFVLENBQUMsTUFDcEMsVUFBVSxFQUFFLEtBQUssTUFBTSxTQUFTLE9BQU8sU0FBUyxPQUFPLFVBQVUsT0FBTyxRQUFRLE9BQU8sR0FBRyxRQUFRLENBQUM7QUFFckcsS0FBRyx5QkFBeUIsTUFBTTtBQUNoQyxXQUFPLFVBQVUsSUFBSSxHQUFHLEdBQUcsRUFBRSxJQUFJLE9BQU8sQ0FBQztBQUN6QyxXQUFPLFVBQVUsSUFBSSxHQUFHLEdBQUcsRUFBRSxJQUFJLFVBQVUsUUFBUSxFQUFFLENBQUM7QUFDdEQsV0FBTyxVQUFVLElBQUksV0FBVyxHQUFHLEVBQUUsSUFBSSxRQUFRLFFBQVEsR0FBRyxDQUFDO0FBQzdELFdBQU8sVUFBVSxJQUFJLGNBQWMsRUFBRSxVQUFVLEtBQUssQ0FBQyxHQUFHLEVBQUUsSUFBSSxRQUFRLFNBQVMsRUFBRSxDQUFDO0FBQ2xGLFdBQU8sVUFBVSxJQUFJLEdBQUcsR0FBRyxFQUFFLElBQUksVUFBVSxDQUFDO0FBQzVDLFdBQU8sVUFBVSxJQUFJLEtBQUssRUFBRSxVQUFVLEtBQUssQ0FBQyxHQUFHLEVBQUUsSUFBSSxPQUFPLENBQUM7QUFDN0QsV0FBTyxVQUFVLElBQUksS0FBSyxFQUFFLFNBQVMsS0FBSyxDQUFDLEdBQUcsRUFBRSxJQUFJLE9BQU8sQ0FBQztBQUM1RCxXQUFPLFVBQVUsSUFBSSxLQUFLLEVBQUUsU0FBUyxNQUFNLFVBQVUsS0FBSyxDQUFDLEdBQUcsRUFBRSxJQUFJLE9BQU8sQ0FBQztBQUM1RSxXQUFPLFVBQVUsSUFBSSxLQUFLLEVBQUUsU0FBUyxLQUFLLENBQUMsR0FBRyxFQUFFLElBQUksT0FBTyxDQUFDO0FBQzVELFdBQU8sR0FBRyxLQUFLLE1BQU0sQ0FBQyxFQUFFLEtBQUssTUFBTSxLQUFLLFNBQVMsQ0FBQyxDQUFDO0FBQUEsRUFDckQsQ0FBQztBQUVELEtBQUcscUNBQXFDLE1BQU07QUFDNUMsV0FBTyxNQUFNLElBQUksS0FBSyxFQUFFLFNBQVMsS0FBSyxDQUFDLEdBQUcsSUFBSTtBQUM5QyxXQUFPLE1BQU0sSUFBSSxLQUFLLEVBQUUsU0FBUyxLQUFLLENBQUMsR0FBRyxJQUFJO0FBQzlDLFdBQU8sTUFBTSxJQUFJLGFBQWEsRUFBRSxRQUFRLEtBQUssQ0FBQyxHQUFHLElBQUk7QUFDckQsV0FBTyxNQUFNLElBQUksR0FBRyxHQUFHLElBQUk7QUFDM0IsV0FBTyxNQUFNLElBQUksS0FBSyxHQUFHLElBQUk7QUFBQSxFQUMvQixDQUFDO0FBRUQsS0FBRywwRUFBMEUsTUFBTTtBQUNqRixVQUFNLFFBQVEsRUFBRSxLQUFLLFNBQVMsTUFBTSxNQUFNLE1BQU0sUUFBUSxZQUFZLE1BQU07QUFDMUUsV0FBTyxNQUFNLFVBQVUsT0FBTyxHQUFHLEdBQUcsSUFBSTtBQUN4QyxXQUFPLE1BQU0sVUFBVSxFQUFFLEdBQUcsT0FBTyxNQUFNLFNBQVMsR0FBRyxTQUFTLEdBQUcsSUFBSTtBQUNyRSxXQUFPLE1BQU0sVUFBVSxFQUFFLEdBQUcsT0FBTyxNQUFNLFdBQVcsR0FBRyxHQUFHLEdBQUcsS0FBSztBQUNsRSxXQUFPLE1BQU0sVUFBVSxFQUFFLEdBQUcsT0FBTyxNQUFNLFdBQVcsR0FBRyxHQUFHLEdBQUcsSUFBSTtBQUNqRSxXQUFPLE1BQU0sVUFBVSxFQUFFLEdBQUcsT0FBTyxNQUFNLFFBQVEsR0FBRyxTQUFTLEdBQUcsSUFBSTtBQUNwRSxXQUFPLE1BQU0sVUFBVSxFQUFFLEtBQUssVUFBVSxNQUFNLE1BQU0sTUFBTSxNQUFNLFlBQVksTUFBTSxHQUFHLEdBQUcsR0FBRyxJQUFJO0FBQy9GLFdBQU8sTUFBTSxVQUFVLEVBQUUsS0FBSyxVQUFVLE1BQU0sTUFBTSxNQUFNLE1BQU0sWUFBWSxNQUFNLEdBQUcsR0FBRyxHQUFHLEtBQUs7QUFDaEcsV0FBTyxNQUFNLFVBQVUsRUFBRSxLQUFLLE9BQU8sTUFBTSxVQUFVLE1BQU0sTUFBTSxZQUFZLE1BQU0sR0FBRyxPQUFPLEdBQUcsSUFBSTtBQUNwRyxXQUFPLE1BQU0sVUFBVSxFQUFFLEtBQUssT0FBTyxNQUFNLE1BQU0sTUFBTSxNQUFNLFlBQVksS0FBSyxHQUFHLEdBQUcsR0FBRyxJQUFJO0FBQzNGLFdBQU8sTUFBTSxVQUFVLE1BQU0sR0FBRyxHQUFHLEtBQUs7QUFBQSxFQUMxQyxDQUFDO0FBQ0gsQ0FBQzsiLAogICJuYW1lcyI6IFtdCn0K
