import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.ts";
import { newEdit } from "../src/edit/cameras.ts";
import type { Camera } from "../src/edit/edit.ts";
import { load } from "../src/edit/save.ts";
import { canRedo, canUndo, change, edit, open, redo, remember, undo } from "../src/session.ts";

const camera = (id: string): Camera => ({
  id,
  source: `${id}.mp4`,
  name: id,
  seconds: 10,
  width: 1280,
  height: 720,
  fps: 25,
  hasSound: true,
  offset: 0,
});

const name = () => edit.value?.name;

const begun = newEdit([camera("c1"), camera("c2")], "First");

test("what is changed can be undone and redone, and an opened edit is a beginning", () => {
  open(null);
  undo();
  assert.equal(edit.value, null);
  change(begun);
  assert.deepEqual([canUndo.value, canRedo.value], [false, false]);
  change({ ...begun, name: "Second" });
  undo();
  assert.equal(name(), "First");
  redo();
  assert.equal(name(), "Second");
  open(begun);
  assert.deepEqual([canUndo.value, name()], [false, "First"]);
});

test("the edit survives a reload, and what cannot be read is no reason not to open", () => {
  localStorage.clear();
  open(begun);
  let stop = remember();
  change({ ...begun, name: "Kept" });
  stop();
  assert.equal(load(localStorage.getItem("multicam-edit") ?? "").name, "Kept");
  open(null);
  stop = remember();
  assert.equal(name(), "Kept");
  open(null);
  assert.equal(localStorage.getItem("multicam-edit"), null);
  stop();
  localStorage.setItem("multicam-edit", "{nonsense");
  remember()();
  assert.equal(edit.value, null);
});
