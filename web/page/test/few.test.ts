import assert from "node:assert/strict";
import { test } from "node:test";
import { few } from "../src/api/few.ts";

test("so many run at a time, and one that fails lets the next one go", async () => {
  const atATime = few(2);
  let [running, most] = [0, 0];
  const work = (fails: boolean) =>
    atATime(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve));
      running -= 1;
      if (fails) throw new Error("no");
      return "done";
    });
  const all = await Promise.allSettled([work(true), work(false), work(true), work(false)]);
  assert.equal(most, 2);
  assert.deepEqual(
    all.map(({ status }) => status),
    ["rejected", "fulfilled", "rejected", "fulfilled"],
  );
});
