/** Which frame of which source a frame of the programme shows: the service's frame rule, for the preview. */
import { shift } from "./cameras.ts";
import { type Camera, cameraOf, type Edit, type Rate } from "./edit.ts";
import { firstFrameFrom, frameAt, perSecond, rateOf, secondsOf } from "./rate.ts";
import { turnAt } from "./switches.ts";

/** Up to this much that is missing at a turn's edge shows the source's first or last frame; more is black. */
const STAND_IN_SECONDS = 0.1;

/** A frame of a source, or black where it has none. */
export interface Shown {
  readonly camera: string;
  readonly frame: number | null;
}

/** The second of a camera's file at which a frame of the programme lies. */
export function cameraSecond(camera: Camera, frame: number, rate: Rate): number {
  return secondsOf(frame, rate) + shift(camera);
}

/** The frame of a camera's file that is on screen then; below 0 or too large where it has none. */
export function cameraFrame(
  camera: Camera,
  frame: number,
  rate: Rate,
  own = rateOf(camera.fps),
): number {
  return frameAt(cameraSecond(camera, frame, rate), own);
}

/** The frame of the programme during which a frame of a camera's file comes on screen. */
export function programmeFrame(
  camera: Camera,
  frame: number,
  rate: Rate,
  own = rateOf(camera.fps),
): number {
  return frameAt(secondsOf(frame, own) - shift(camera), rate);
}

/** How many frames a camera's file has. */
export function framesOf(camera: Camera, own = rateOf(camera.fps)): number {
  return Math.max(1, firstFrameFrom(camera.seconds, own));
}

/** What a frame of the programme shows in the exported file. */
export function shownAt(edit: Edit, frame: number): Shown {
  const turn = turnAt(edit, frame);
  const camera = cameraOf(edit, turn.camera);
  const own = rateOf(camera.fps);
  const count = framesOf(camera, own);
  const anchor = secondsOf(cameraFrame(camera, turn.start, edit.rate, own), own);
  const source = frameAt(anchor + secondsOf(frame - turn.start, edit.rate), own);
  const there = Math.min(Math.max(source, 0), count - 1);
  if (source === there) return { camera: camera.id, frame: source };
  // In frames from the turn's start on: the first that has a picture, and the first that has none any more.
  const first = firstFrameFrom(-anchor, edit.rate);
  const past = firstFrameFrom(secondsOf(count, own) - anchor, edit.rate);
  const length = turn.end - turn.start;
  const missing = source < 0 ? Math.min(first, length) : length - Math.max(past, 0);
  const isHeld = missing <= STAND_IN_SECONDS * perSecond(edit.rate);
  return { camera: camera.id, frame: isHeld ? there : null };
}
