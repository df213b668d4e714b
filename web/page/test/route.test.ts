import assert from "node:assert/strict";
import { test } from "node:test";
import { hrefOfExport, routeOf } from "../src/route.ts";

test("an address means a view", () => {
  assert.deepEqual(routeOf(""), { view: "cut" });
  assert.deepEqual(routeOf("#/"), { view: "cut" });
  assert.deepEqual(routeOf("#/exports"), { view: "exports" });
  assert.deepEqual(routeOf(hrefOfExport("a b/ü")), { view: "export", id: "a b/ü" });
  assert.deepEqual(routeOf("#/exports/%"), { view: "exports" });
});
