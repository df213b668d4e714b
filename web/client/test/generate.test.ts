import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type ExportConfig,
  ExportError,
  type GenerateOptions,
  generateExportConfig,
  type MulticamState,
  type Segment,
} from "../src/index.js";
import { exportConfigSchema } from "../src/schemas.js";
import { configOf, STATES, stateOf } from "./fixtures.js";

/** States of which the editor makes something else, and why that is not right. */
const OTHERWISE: Record<string, string> = {
  "07_500_switches": "neighbours on the same camera are several segments",
  "10_dup_names_and_micro_segments": "two cameras are read from one file",
  x1_zero_duration: "nothing is made of it",
  x3_nan_offset: "times are null",
  x4_lost_asset: "a file is asked for that is not there",
};

function generated(name: string, options: GenerateOptions = {}) {
  const state = stateOf(name);
  // A state without switches or angles was never made by an editor, so it has made a config of each.
  const { id, createdAt } = configOf(name) ?? { id: "export-x", createdAt: "2026-01-01T00:00:00Z" };
  return generateExportConfig(state, { ...state.options, id, createdAt, ...options });
}

function refusal(state: MulticamState, options: GenerateOptions = {}): ExportError {
  try {
    generateExportConfig(state, options);
  } catch (error) {
    assert.ok(error instanceof ExportError);
    return error;
  }
  throw new assert.AssertionError({ message: "it was not refused" });
}

/** One segment for each run of segments that go on in the same source. */
function merged(segments: readonly Segment[]): Segment[] {
  const runs: Segment[] = [];
  for (const segment of segments) {
    const before = runs.at(-1);
    const goesOn =
      before?.sourceIndex === segment.sourceIndex && before.endTime === segment.startTime;
    if (before && goesOn) before.endTime = segment.endTime;
    else runs.push({ ...segment });
  }
  return runs;
}

for (const name of STATES.filter((name) => !(name in OTHERWISE))) {
  test(`${name} becomes what the editor makes of it`, () => {
    assert.deepEqual(generated(name).config, configOf(name));
  });
}

for (const name of ["07_500_switches", "10_dup_names_and_micro_segments"]) {
  test(`${name} becomes what the editor makes of it, neighbours on one camera as one`, () => {
    const files = { filePath: ({ id, name }: { id: string; name: string }) => `${id}/${name}` };
    const editors = configOf(name);
    const expected: ExportConfig = { ...editors, segments: merged(editors.segments) };
    assert.ok(expected.segments.length < editors.segments.length);
    const { config } = generated(name, files);
    assert.deepEqual(config.segments, expected.segments);
    assert.deepEqual(config.output, expected.output);
    assert.equal(
      new Set(config.sources.map(({ filePath }) => filePath)).size,
      config.sources.length,
    );
  });
}

test("two cameras of one name are refused with their place", () => {
  const error = refusal(stateOf("10_dup_names_and_micro_segments"));
  assert.equal(error.code, "invalid_edit");
  assert.deepEqual(
    error.faults.map(({ place, code }) => [place, code]),
    [["multicam.clips[0].angles[1].mediaId", "same_file"]],
  );
  assert.match(error.message, /C0001\.MP4/);
});

test("an empty clip, an offset that is no number and a lost file are refused with their places", () => {
  const refused = (name: string) => refusal(stateOf(name)).faults.map((f) => [f.place, f.code]);
  assert.deepEqual(refused("x1_zero_duration"), [["multicam.clips[0].duration", "empty"]]);
  assert.deepEqual(refused("x3_nan_offset"), [
    ["multicam.clips[0].angles[0].syncOffset", "not_a_number"],
  ]);
  assert.deepEqual(refused("x4_lost_asset"), [["multicam.clips[0].angles[1].mediaId", "unknown"]]);
});

test("all faults are told at once", () => {
  const state = stateOf("01_basic_3cam");
  const clip = state.multicam.clips[0];
  assert.ok(clip);
  const switchPoints = [
    { time: Number.NaN, angleId: clip.angles[0]?.id ?? "" },
    { time: -1, angleId: "nobody" },
  ];
  const broken = { ...state, multicam: { ...state.multicam, clips: [{ ...clip, switchPoints }] } };
  const error = refusal(broken);
  assert.deepEqual(
    error.faults.map(({ place, code }) => [place.replace("multicam.clips[0].", ""), code]),
    [
      ["switchPoints[0].time", "not_a_number"],
      ["switchPoints[1].time", "too_small"],
      ["switchPoints[1].angleId", "unknown"],
    ],
  );
  assert.match(error.message, /and 2 more/);
  const none = { ...state, multicam: { ...state.multicam, activeClipId: null } };
  assert.equal(refusal(none).faults[0]?.place, "multicam.activeClipId");
});

/** A clip of two cameras, 10 s long. */
function small(
  switches: readonly (readonly [number, string])[],
  offsets: readonly [number, number] = [0, 0],
): MulticamState {
  const angles = ["a", "b"].map((id, index) => ({
    id,
    name: `Camera ${id}`,
    mediaId: `media-${id}`,
    syncOffset: offsets[index] ?? 0,
  }));
  const switchPoints = switches.map(([time, angleId]) => ({ time, angleId }));
  return {
    multicam: { clips: [{ id: "c", angles, switchPoints, duration: 10 }], activeClipId: "c" },
    assets: angles.map(({ mediaId }) => ({ id: mediaId, name: `${mediaId}.mp4`, duration: 10 })),
    project: null,
  };
}

function cuts(state: MulticamState) {
  const { config, warnings } = generateExportConfig(state);
  assert.ok(exportConfigSchema.safeParse(config).success);
  const turns = config.segments.map((s) => [s.sourceIndex, s.startTime, s.endTime]);
  return { turns, warnings };
}

test("negative offsets stay, before the start and at a cut", () => {
  const { turns } = cuts(
    small(
      [
        [0, "b"],
        [4, "a"],
      ],
      [-0.9, -5],
    ),
  );
  assert.deepEqual(turns, [
    [1, -5, -1],
    [0, 3.1, 9.1],
  ]);
});

test("a time and an offset add up as decimals", () => {
  const { turns } = cuts(
    small(
      [
        [0, "a"],
        [0.1, "b"],
        [0.7, "a"],
      ],
      [0, 0.2],
    ),
  );
  assert.notEqual(0.1 + 0.2, 0.3);
  assert.deepEqual(turns[1], [1, 0.3, 0.9]);
});

test("switches count by their times, of several at one time the last", () => {
  const { turns, warnings } = cuts(
    small([
      [5, "b"],
      [0, "a"],
      [5, "a"],
      [7, "a"],
      [7, "b"],
    ]),
  );
  assert.deepEqual(turns, [
    [0, 0, 7],
    [1, 7, 10],
  ]);
  assert.deepEqual(warnings, []);
});

test("what lies before the first switch shows the first camera, and is told", () => {
  const { turns, warnings } = cuts(small([[3, "b"]]));
  assert.deepEqual(turns, [
    [0, 0, 3],
    [1, 3, 10],
  ]);
  assert.match(warnings.join(), /before 3 s: Camera a/);
});

test("a clip without a switch is its first camera", () => {
  assert.deepEqual(cuts(small([])).turns, [[0, 0, 10]]);
});

test("a switch after the end of the clip is not cut off silently", () => {
  const { turns, warnings } = cuts(
    small([
      [0, "a"],
      [12, "b"],
    ]),
  );
  assert.deepEqual(turns, [[0, 0, 12]]);
  assert.match(warnings.join(), /ends at 10 s, but is switched up to 12 s/);
  assert.match(generated("08_beyond_duration").warnings.join(), /ends at 60 s.* 90 s/);
});

test("every option arrives, and every id is new", () => {
  const options: GenerateOptions = {
    format: "webm",
    codec: "h264",
    quality: "low",
    includeAudio: false,
    width: 640,
    height: 360,
    fps: 25,
    priority: "high",
    callbackUrl: "https://example.org/over",
    mediaBasePath: "shoot/",
  };
  const { config } = generateExportConfig(small([]), options);
  const { format, codec, quality, includeAudio, width, height, fps } = config.output;
  assert.deepEqual(
    { format, codec, quality, includeAudio, width, height, fps },
    Object.fromEntries(
      Object.entries(options).filter(
        ([key]) => !["priority", "callbackUrl", "mediaBasePath"].includes(key),
      ),
    ),
  );
  assert.equal(config.priority, "high");
  assert.equal(config.callbackUrl, "https://example.org/over");
  assert.equal(config.sources[0]?.filePath, "shoot/media-a.mp4");
  assert.notEqual(config.id, generateExportConfig(small([]), options).config.id);
});
