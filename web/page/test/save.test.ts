import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newEdit } from "../src/edit/cameras.ts";
import { History } from "../src/edit/history.ts";
import { fileNameOf, load, save, UnreadableEdit } from "../src/edit/save.ts";
import { switchAt } from "../src/edit/switches.ts";
import { camera, chance, randomEdit, whole } from "./random.ts";

const edit = switchAt(newEdit([camera("c1"), camera("c2")], "Folge 12"), 300, "c2");

function changed(path: string, value: unknown): string {
  const copy = JSON.parse(save(edit));
  const names = path.split(".");
  const last = names.pop() as string;
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
      { frame: 5, camera: "c1" },
    ];
    assert.deepEqual(load(changed("switches", messy)).switches, [
      { frame: 0, camera: "c1" },
      { frame: 20, camera: "c2" },
    ]);
  });

  const wrong: [string, unknown, string][] = [
    ["version", 2, "version"],
    ["version", undefined, "version"],
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
    ["switches.1.frame", 1800, "switches[1].frame"],
  ];
  for (const [path, value, place] of wrong) {
    it(`with ${path} ${JSON.stringify(value)} is refused with its place`, () => {
      assert.throws(
        () => load(changed(path, value)),
        (error: unknown) => {
          assert.ok(error instanceof UnreadableEdit);
          assert.equal(error.place, place);
          return true;
        },
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
    assert.equal(fileNameOf({ ...edit, name: 'a/b\\c:"ü"' }), "a_b_c__ü_.cut.json");
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
