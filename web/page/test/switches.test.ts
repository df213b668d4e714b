import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newEdit } from "../src/edit/cameras.ts";
import type { Edit } from "../src/edit/edit.ts";
import {
  cameraAt,
  deleteSwitch,
  indexAt,
  moveSwitch,
  neighbourSwitch,
  normal,
  roomOf,
  switchAt,
  turnAt,
  turns,
  withSwitches,
} from "../src/edit/switches.ts";
import { camera, chance, oneOf, randomEdit, whole } from "./random.ts";

const edit = newEdit([camera("c1"), camera("c2"), camera("c3")]);
const cut = withSwitches(edit, [
  { frame: 0, camera: "c1" },
  { frame: 100, camera: "c2" },
  { frame: 200, camera: "c3" },
]);

const asText = (one: Edit) =>
  one.switches.map(({ frame, camera }) => `${frame}${camera}`).join(" ");

function assertNormal({ switches, frames, cameras }: Edit): void {
  const ids = new Set(cameras.map(({ id }) => id));
  assert.equal(switches[0]?.frame, 0);
  for (const [index, { frame, camera: id }] of switches.entries()) {
    const before = switches[index - 1];
    assert.ok(Number.isInteger(frame) && frame >= 0 && frame < frames);
    assert.ok(ids.has(id));
    if (before) assert.ok(before.frame < frame && before.camera !== id);
  }
}

/** Who is on, frame by frame: the edit without any cleverness. */
const painted = (one: Edit) =>
  turns(one).flatMap(({ camera: id, start, end }) => Array<string>(end - start).fill(id));

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
      { frame: -3, camera: "c2" },
    ];
    assert.deepEqual(normal(messy, 100), [
      { frame: 0, camera: "c2" },
      { frame: 30, camera: "c3" },
    ]);
  });

  it("are found from every frame", () => {
    assert.deepEqual(
      [0, 99, 100, 199, 200, 1799].map((frame) => indexAt(cut.switches, frame)),
      [0, 0, 1, 1, 2, 2],
    );
    assert.deepEqual(turnAt(cut, 150), { camera: "c2", start: 100, end: 200 });
    assert.deepEqual(turnAt(cut, 1000), { camera: "c3", start: 200, end: 1800 });
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
            if (one.frame > 0)
              assert.equal(
                cameraAt(now, now.switches[indexAt(now.switches, frame)]?.frame ?? 0),
                cameraAt(now, frame),
              );
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
