import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newEdit } from "../src/edit/cameras.ts";
import type { Edit } from "../src/edit/edit.ts";
import { switchAt, turnAt, turns, withSwitches } from "../src/edit/switches.ts";
import { begin, goOn, type Take } from "../src/player/take.ts";
import { camera, chance, oneOf, randomEdit, whole } from "./random.ts";

const asText = (one: Edit) =>
  one.switches.map(({ frame, camera: id }) => `${frame}${id}`).join(" ");
const painted = (one: Edit) =>
  turns(one).flatMap(({ camera: id, start, end }) => Array<string>(end - start).fill(id));

const cut = withSwitches(newEdit([camera("c1"), camera("c2"), camera("c3")]), [
  { frame: 0, camera: "c1" },
  { frame: 100, camera: "c2" },
  { frame: 200, camera: "c3" },
]);

describe("a take", () => {
  it("replaces the cuts that the playhead passes, and no others", () => {
    const take = begin(cut, 50, "c3");
    assert.equal(asText(take.made), "0c1 50c3 100c2 200c3");
    assert.equal(goOn(take, take.made, 99), take);
    const further = goOn(take, take.made, 100);
    assert.equal(asText(further?.made as Edit), "0c1 50c3");
  });

  it("may hold on to who is on anyway", () => {
    const take = begin(cut, 50, "c1");
    assert.equal(take.hasChanged, false);
    assert.equal(asText(goOn(take, cut, 150)?.made as Edit), "0c1 200c3");
  });

  it("is over when somebody edits meanwhile, and not where the clock is a frame behind the screen", () => {
    const take = begin(cut, 50, "c3");
    assert.equal(goOn(take, cut, 60), null);
    assert.equal(goOn(take, take.made, 49), take);
  });

  it("leaves what was played over as it was switched, and the rest as it was", () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = chance(seed);
      let edit = randomEdit(random);
      const ids = edit.cameras.map(({ id }) => id);
      for (let step = 0; step < 20; step++) {
        edit = switchAt(edit, whole(random, 0, edit.frames - 1), oneOf(random, ids));
      }
      const meant = painted(edit);
      let take: Take | null = null;
      const stop = whole(random, 0, edit.frames - 1);
      for (let frame = whole(random, 0, stop); frame <= stop; frame += whole(random, 1, 3)) {
        if (take) {
          take = goOn(take, edit, frame) as Take;
          edit = take.made;
          meant.fill(take.camera, take.frame, turnAt(edit, frame).end);
        }
        if (random() < 0.05) {
          take = begin(edit, frame, oneOf(random, ids));
          edit = take.made;
          meant.fill(take.camera, frame, turnAt(edit, frame).end);
        }
      }
      assert.deepEqual(painted(edit), meant);
    }
  });
});
