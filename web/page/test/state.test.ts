import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { generateExportConfig } from "multicam-export-client";
import { newEdit, setOffset } from "../src/edit/cameras.ts";
import { leadOf, toState } from "../src/edit/state.ts";
import { withSwitches } from "../src/edit/switches.ts";
import { camera } from "./random.ts";

// tests/web/test_page_edits.py holds many more of these against the service's planner, frame by frame.
describe("an edit as an export config", () => {
  const edit = setOffset(
    withSwitches(
      newEdit(
        [
          camera("c1", { source: "folder/wide.mp4", fps: 29.97002997002997, seconds: 60.06 }),
          camera("c2", { source: "close.mp4", fps: 29.97002997002997, width: 1280, height: 720 }),
        ],
        "Folge 12",
      ),
      [
        { frame: 0, camera: "c1" },
        { frame: 30, camera: "c2" },
        { frame: 900, camera: "c1" },
      ],
    ),
    "c2",
    -0.5,
  );
  const { config, warnings } = generateExportConfig(toState(edit), {
    id: "one",
    createdAt: "2026-01-01T00:00:00Z",
  });

  it("asks for the very frames, of the files themselves, at the rate as the service reads it", () => {
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      config.sources.map(({ filePath }) => filePath),
      ["folder/wide.mp4", "close.mp4"],
    );
    const [first, second] = config.segments;
    assert.equal(first?.endTime, 1.001);
    // Half a second is 14.985 frames: 15 of them are 0.5005 s.
    assert.equal(second?.startTime, 0.5005);
    assert.equal(second?.endTime, 29.5295);
    assert.equal(config.output.fps, 29.97);
    assert.equal(config.projectName, "Folge 12");
  });

  it("has the size of who is on for longest", () => {
    assert.equal(leadOf(edit).id, "c1");
    assert.equal(config.output.width, 1920);
    const other = withSwitches(edit, [{ frame: 0, camera: "c2" }]);
    assert.equal(leadOf(other).id, "c2");
  });
});
