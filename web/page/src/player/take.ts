/**
 * A take: switching live while it plays. Pure.
 *
 * From the key that was pressed on, the camera is on. What had been cut before is overwritten as the playhead
 * passes it; what lies ahead stays, so that whoever stops, or ends the take by Esc, keeps it.
 */
import type { Edit } from "../edit/edit.ts";
import { switchAt } from "../edit/switches.ts";

export interface Take {
  readonly camera: string;
  /** Where the key was pressed. */
  readonly frame: number;
  /** The edit that the take made last; where another one is there, somebody else has edited meanwhile. */
  readonly made: Edit;
  /** Whether it has changed anything yet, so that going on amends that step of the history. */
  readonly hasChanged: boolean;
}

/** A key was pressed at a frame. */
export function begin(edit: Edit, frame: number, camera: string): Take {
  const made = switchAt(edit, frame, camera);
  return { camera, frame, made, hasChanged: made !== edit };
}

/** The clock has come to `until`: the same take where there was nothing to overwrite; null: it is over. */
export function goOn(take: Take, edit: Edit, until: number): Take | null {
  if (edit !== take.made) return null;
  // The picture that was on screen when the key was pressed may be a frame ahead of the clock.
  const made = switchAt(edit, take.frame, take.camera, Math.max(until, take.frame));
  return made === edit ? take : { ...take, made };
}
