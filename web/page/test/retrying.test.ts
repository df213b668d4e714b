import assert from "node:assert/strict";
import { test } from "node:test";
import { mayPass } from "../src/sources/retrying.ts";

test("an upload is tried again where that may help, and not where the name is taken", () => {
  const answer = (status: number, code: string | null = null) => ({ status, code, sentence: null });
  assert.equal(mayPass(null), true);
  assert.equal(mayPass(answer(409, "wrong_offset")), true);
  assert.equal(mayPass(answer(409, "name_taken")), false);
  for (const status of [423, 429, 502, 507]) assert.equal(mayPass(answer(status)), true);
  for (const status of [400, 401, 404, 413, 415]) assert.equal(mayPass(answer(status)), false);
});
