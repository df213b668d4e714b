import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExportConfig } from "multicam-export-client";
import { idFor, optionsOf, readChoices, shaped, USUAL } from "../src/exports/choices.ts";
import { nameOf, rememberName } from "../src/exports/names.ts";
import { placeOf } from "../src/exports/places.ts";

const config = (): ExportConfig => ({
  version: 1,
  id: "x",
  projectId: "",
  projectName: "",
  createdAt: "",
  sources: [],
  segments: [],
  output: { format: "mp4", codec: "copy", width: 1920, height: 1080, fps: 30 },
});

test("copying asks for no size and for the edit's own rate", () => {
  const { output } = shaped(config(), { ...USUAL, size: "1280x720", fps: "25" });
  assert.deepEqual(output, { format: "mp4", codec: "copy", fps: 30 });
});

test("converting asks for what was chosen", () => {
  const chosen = { ...USUAL, way: "h264", size: "1280x720" } as const;
  const { output } = shaped(config(), chosen);
  assert.deepEqual([output.width, output.height, output.fps], [1280, 720, 30]);
  const { output: rated } = shaped(config(), { ...chosen, size: "", fps: "29.97" });
  assert.deepEqual(["width" in rated, rated.fps], [false, 29.97]);
});

test("a webm is asked for as such", () => {
  const webm = { ...USUAL, way: "webm" } as const;
  assert.deepEqual([optionsOf(webm, "x").format, optionsOf(webm, "x").codec], ["webm", "copy"]);
  assert.equal(optionsOf({ ...webm, size: "1280x720" }, "x").codec, "h264");
  assert.equal(optionsOf(USUAL, "x").format, "mp4");
});

test("an id can be read, and names a job whatever the programme is called", () => {
  const at = new Date(2026, 10, 26, 22, 4);
  assert.equal(
    idFor("Folge 12: Ärger!", at, () => 0.5),
    "folge-12-arger-1126-2204-iiii",
  );
  assert.equal(
    idFor("第十二集", at, () => 0),
    "export-1126-2204-0000",
  );
  for (const name of ["..", "-", "a".repeat(500), "🎬"]) {
    assert.match(idFor(name, at, Math.random), /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
  }
});

test("choices that are none are the usual ones", () => {
  assert.deepEqual(readChoices(null), USUAL);
  assert.deepEqual(readChoices("nonsense"), USUAL);
  assert.deepEqual(readChoices("null"), USUAL);
  assert.deepEqual(readChoices('{"way":"av1","quality":"low","sound":"no"}'), {
    ...USUAL,
    quality: "low",
  });
});

test("names are remembered, and the oldest forgotten", () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  for (let n = 0; n < 400; n += 1) rememberName(`id-${n}`, `Episode ${n}`, store);
  assert.equal(nameOf("id-399", store), "Episode 399");
  assert.equal(nameOf("id-0", store), "id-0");
});

test("the place of a fault leads to where it can be mended", () => {
  assert.deepEqual(placeOf("segments[41].endTime"), { kind: "shot", turn: 41 });
  assert.deepEqual(placeOf("sources[1].filePath"), { kind: "camera", index: 1 });
  assert.deepEqual(placeOf("output.width"), { kind: "choice", field: "size" });
  assert.deepEqual(placeOf("multicam.clips[0].angles[2].syncOffset"), { kind: "camera", index: 2 });
  assert.deepEqual(placeOf("multicam.clips[0].switchPoints[3].time"), { kind: "switch", index: 3 });
  assert.deepEqual(placeOf("projectName"), { kind: "none" });
  assert.deepEqual(placeOf(""), { kind: "none" });
});
