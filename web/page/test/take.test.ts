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

  it("keeps a cut ahead to who is on now, for when somebody else is", () => {
    const second = begin(cut, 50, "c2");
    assert.equal(asText(second.made), "0c1 50c2 200c3");
    assert.equal(asText(begin(second.made, 60, "c3", second).made), "0c1 50c2 60c3 100c2 200c3");
    assert.equal(asText(begin(second.made, 60, "c3").made), "0c1 50c2 60c3");
  });

  it("leaves what was played over as it was switched, and the rest as it was", () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = chance(seed);
      let edit = randomEdit(random);
      const ids = edit.cameras.map(({ id }) => id);
      for (let step = 0; step < 20; step++) {
        edit = switchAt(edit, whole(random, 0, edit.frames - 1), oneOf(random, ids));
      }
      const laid = edit;
      const before = painted(laid);
      /** What was switched live, at the frames that were played. */
      const live: string[] = [];
      let frame = whole(random, 0, edit.frames - 1);
      const stop = whole(random, frame, edit.frames - 1);
      let take: Take = begin(edit, frame, oneOf(random, ids));
      for (; frame <= stop; frame += whole(random, 1, 3)) {
        take = goOn(take, take.made, frame) as Take;
        for (let at = take.frame; at <= frame; at++) live[at] = take.camera;
        if (random() < 0.05) take = begin(take.made, frame, oneOf(random, ids), take);
        live[frame] = take.camera;
        // Who was switched to is on up to the next cut that had been laid.
        const end = turnAt(laid, frame).end;
        const meant = before.map((id, at) => {
          if (at <= frame) return live[at] ?? id;
          return at < end ? take.camera : id;
        });
        assert.deepEqual(painted(take.made), meant);
      }
    }
  });
});
