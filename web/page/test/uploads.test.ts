import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import "./browser.ts";
import { Upload as TusUpload } from "tus-js-client";
import { pause, resume, upload, uploads } from "../src/sources/uploads.ts";

/** Whoever sends is held before he begins, until he is let go. */
function held() {
  const begun: string[] = [];
  const doors: (() => void)[] = [];
  mock.method(TusUpload.prototype, "findPreviousUploads", async () => {
    await new Promise<void>((resolve) => doors.push(resolve));
    return [];
  });
  mock.method(TusUpload.prototype, "start", function (this: TusUpload) {
    begun.push(this.options.metadata?.filename ?? "");
  });
  mock.method(TusUpload.prototype, "abort", async () => {});
  const letGo = async () => {
    for (const open of doors.splice(0)) open();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, letGo };
}

const files = (...names: string[]) => names.map((name) => new File(["film"], name));
const idOf = (name: string) => uploads.peek().find((one) => one.name === name)?.id ?? 0;

afterEach(() => mock.restoreAll());

test("what is paused before it has begun is not begun, and its turn goes to the next", async () => {
  const { begun, letGo } = held();
  upload(files("a.mp4", "b.mp4", "c.mp4"));
  pause(idOf("a.mp4"));
  await letGo();
  assert.deepEqual(begun, ["b.mp4"]);
  await letGo();
  assert.deepEqual(begun, ["b.mp4", "c.mp4"]);
  resume(idOf("a.mp4"));
  pause(idOf("b.mp4"));
  await new Promise((resolve) => setImmediate(resolve));
  await letGo();
  assert.deepEqual(begun, ["b.mp4", "c.mp4", "a.mp4"]);
});

test("what is paused and goes on in the same moment is begun once", async () => {
  const { begun, letGo } = held();
  for (const { id } of uploads.peek()) pause(id);
  upload(files("d.mp4"));
  pause(idOf("d.mp4"));
  resume(idOf("d.mp4"));
  await letGo();
  await letGo();
  assert.deepEqual(begun, ["d.mp4"]);
});
