/**
 * A take: switching live while it plays. Pure.
 *
 * From the key that was pressed on, the camera is on. What had been cut before is overwritten as the playhead
 * passes it; what lies ahead stays, so that whoever stops, or ends the take by Esc, keeps it. It stays as it
 * was before the take: a cut ahead to who is on now is no cut for the moment, and is one again as soon as
 * somebody else is switched to.
 */
import type { Edit, Switch } from "../edit/edit.ts";
import { withSwitches } from "../edit/switches.ts";

export interface Take {
  readonly camera: string;
  /** Where the key was pressed. */
  readonly frame: number;
  /** What there was before the take. */
  readonly before: readonly Switch[];
  /** The edit that the take made last; where another one is there, somebody else has edited meanwhile. */
  readonly made: Edit;
  /** Whether it has changed anything yet, so that going on amends that step of the history. */
  readonly hasChanged: boolean;
}

/** A key was pressed at a frame; `running` is the take that goes on, if any. */
export function begin(
  edit: Edit,
  frame: number,
  camera: string,
  running: Take | null = null,
): Take {
  const before = running?.made === edit ? running.before : edit.switches;
  const made = overwritten(edit, before, frame, camera, frame);
  return { camera, frame, before, made, hasChanged: made !== edit };
}

/** The clock has come to `until`: the same take where there was nothing to overwrite; null: it is over. */
export function goOn(take: Take, edit: Edit, until: number): Take | null {
  if (edit !== take.made) return null;
  const made = overwritten(edit, take.before, take.frame, take.camera, until);
  return made === edit ? take : { ...take, made };
}

function overwritten(
  edit: Edit,
  before: readonly Switch[],
  frame: number,
  camera: string,
  until: number,
): Edit {
  // The picture that was on screen when the key was pressed may be a frame ahead of the clock.
  const last = Math.max(frame, until);
  const behind = edit.switches.filter((one) => one.frame < frame);
  const ahead = before.filter((one) => one.frame > last);
  return withSwitches(edit, [...behind, { frame, camera }, ...ahead]);
}
