import assert from "node:assert/strict";
import { test } from "node:test";
import { exportConfigSchema, exportStatusSchema, problemSchema } from "../src/schemas.js";
import { configOf } from "./fixtures.js";
import { status } from "./stub.js";

test("a config of the editor fits, with fields that nobody knows and a time with an offset", () => {
  const config = { ...configOf("01_basic_3cam"), createdAt: "2026-11-22T19:41:41+02:00", more: 1 };
  assert.deepEqual(exportConfigSchema.parse(config), {
    ...config,
    priority: null,
    callbackUrl: null,
    output: { ...config.output, quality: "high" },
  });
});

test("a time that is null does not fit, and its place is told", () => {
  const { error } = exportConfigSchema.safeParse(configOf("x3_nan_offset"));
  assert.deepEqual(error?.issues[0]?.path, ["segments", 0, "startTime"]);
});

test("a status of a later service fits, one without its progress does not", () => {
  assert.ok(exportStatusSchema.safeParse({ ...status(), later: true }).success);
  const { progress: _, ...without } = status();
  assert.ok(!exportStatusSchema.safeParse(without).success);
});

test("a problem with faults fits", () => {
  const problem = {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: "No.",
    error: "No.",
    code: "config_invalid",
    requestId: "r",
    errors: [{ place: "segments[0]", code: "x", message: "y" }],
  };
  assert.ok(problemSchema.safeParse(problem).success);
  assert.ok(!problemSchema.safeParse({ ...problem, errors: [{}] }).success);
});
