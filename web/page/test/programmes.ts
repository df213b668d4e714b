/**
 * Prints edits by chance as JSON: the export config of each, its cameras, and what each frame of it shows
 * by the page's reckoning. tests/web/test_page_edits.py has the service's planner say the same.
 */
import { generateExportConfig } from "multicam-export-client";
import { setOffset, trim } from "../src/edit/cameras.ts";
import { rateOf } from "../src/edit/rate.ts";
import { framesOf, shownAt } from "../src/edit/shown.ts";
import { toState } from "../src/edit/state.ts";
import { deleteSwitch, moveSwitch, switchAt } from "../src/edit/switches.ts";
import { chance, oneOf, randomEdit, whole } from "./random.ts";

function programme(seed: number) {
  const random = chance(seed);
  const isMixed = seed % 3 === 2;
  let edit = randomEdit(random, isMixed);
  const ids = edit.cameras.map(({ id }) => id);
  // Some cameras begin later or end earlier than the programme: there is black.
  if (seed % 2) {
    edit = setOffset(edit, oneOf(random, ids), random() * 6 - 3);
    edit = trim(edit, { start: whole(random, -40, 40), end: edit.frames + whole(random, -40, 40) });
  }
  for (let step = 0; step < 60; step++) {
    const frame = whole(random, 0, edit.frames - 1);
    const one = oneOf(random, edit.switches).frame;
    const way = random();
    if (way < 0.7) edit = switchAt(edit, frame, oneOf(random, ids), frame + whole(random, 0, 9));
    else if (way < 0.9) edit = moveSwitch(edit, one, frame);
    else edit = deleteSwitch(edit, one);
  }
  const codec = isMixed ? "h264" : "copy";
  const createdAt = "2026-01-01T00:00:00Z";
  const { config, warnings } = generateExportConfig(toState(edit), { codec, createdAt });
  return {
    config,
    warnings,
    rate: edit.rate,
    frames: edit.frames,
    cameras: edit.cameras.map((camera) => ({
      rate: rateOf(camera.fps),
      frames: framesOf(camera),
    })),
    shown: Array.from({ length: edit.frames }, (_, frame) => {
      const { camera, frame: source } = shownAt(edit, frame);
      return source === null ? null : [ids.indexOf(camera), source];
    }),
  };
}

const count = Number(process.argv[2]);
console.log(JSON.stringify(Array.from({ length: count }, (_, seed) => programme(seed))));
