import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atSpeed, ledBy, shuttle, standing, timeOf } from "../src/player/clock.ts";
import { follow, frameOf, middleOf, mustWait } from "../src/player/follow.ts";
import { commandOf, HELP, isTakenBy } from "../src/player/keys.ts";
import { chance, FPS } from "./random.ts";

describe("the clock", () => {
  it("stands, goes, and goes faster, from where it is", () => {
    const stands = standing(5, 1000);
    assert.equal(timeOf(stands, 9000), 5);
    const goes = atSpeed(stands, 9000, 1);
    assert.equal(timeOf(goes, 9500), 5.5);
    assert.equal(timeOf(atSpeed(goes, 9500, -2), 10_000), 4.5);
  });

  it("is led by what is heard: gently, and at once where it is far off", () => {
    const goes = atSpeed(standing(0, 0), 0, 1);
    assert.ok(Math.abs(timeOf(ledBy(goes, 1000, 1.05), 1000) - 1.005) < 1e-9);
    assert.equal(timeOf(ledBy(goes, 1000, 3), 1000), 3);
    let clock = goes;
    for (let now = 0; now <= 3000; now += 16) clock = ledBy(clock, now, now / 1000 + 0.04);
    assert.ok(Math.abs(timeOf(clock, 3000) - 3.04) < 0.005);
  });

  it("has the speeds of J and L", () => {
    assert.deepEqual([shuttle(0, 1), shuttle(1, 1), shuttle(2, 1), shuttle(8, 1)], [1, 2, 4, 8]);
    assert.deepEqual([shuttle(1, -1), shuttle(-1, -1), shuttle(-2, 1)], [-1, -2, 1]);
  });
});

describe("a video", () => {
  const look = { frame: 1 / 30, speed: 1, sinceSeek: 10 };

  it("is left alone within a third of a frame", () => {
    assert.deepEqual(follow({ ...look, ahead: 0.011 }), { kind: "rate", rate: 1 });
    assert.deepEqual(follow({ ...look, ahead: -0.011, speed: 2 }), { kind: "rate", rate: 2 });
  });

  it("is hurried when behind, held back when ahead, and sought when far off", () => {
    const behind = follow({ ...look, ahead: -0.1 });
    assert.ok(behind.kind === "rate" && behind.rate > 1 && behind.rate <= 1.5);
    const ahead = follow({ ...look, ahead: 0.1 });
    assert.ok(ahead.kind === "rate" && ahead.rate < 1 && ahead.rate >= 0.5);
    assert.equal(follow({ ...look, ahead: -0.8 }).kind, "seek");
    assert.equal(follow({ ...look, ahead: -0.8, sinceSeek: 0.2 }).kind, "rate");
  });

  it("comes within a frame in two seconds from wherever it is not sought, and stays", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = chance(seed);
      const frame = 1 / (FPS[seed % FPS.length] as number);
      // A crystal that is off by 100 ppm, and a start up to half a second off.
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
      for (const frame of [0, 1, 1799, 324_000]) {
        assert.equal(Math.floor(middleOf(frame, fps) * fps), frame);
        // Browsers tell microseconds.
        assert.equal(frameOf(Math.floor((frame / fps) * 1e6) / 1e6, fps), frame);
      }
    }
  });
});

describe("keys", () => {
  const key = (name: string, changes = {}) =>
    commandOf({
      key: name,
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      altKey: false,
      ...changes,
    });

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
    assert.equal(
      isTakenBy({ tag: "BUTTON", role: null, type: null, isEditable: false }, " "),
      true,
    );
    assert.equal(
      isTakenBy({ tag: "BUTTON", role: null, type: null, isEditable: false }, "2"),
      false,
    );
    assert.equal(
      isTakenBy({ tag: "DIV", role: "option", type: null, isEditable: false }, "Enter"),
      true,
    );
    assert.equal(isTakenBy({ tag: "DIV", role: null, type: null, isEditable: true }, "1"), true);
    assert.equal(isTakenBy(null, "1"), false);
  });
});
