/** Where the ruler has its marks, and what stands at them. */
import type { Rate } from "../edit/edit.ts";
import { firstFrameFrom, perSecond, secondsOf } from "../edit/rate.ts";
import { clock, timecode } from "../edit/timecode.ts";
import { frameAtX, type View } from "./view.ts";

export interface Mark {
  readonly frame: number;
  /** Only the larger marks have one. */
  readonly label: string | null;
}

/** Steps in seconds, each with how many small marks it has. */
const STEPS: readonly (readonly [number, number])[] = [
  [1, 5],
  [2, 4],
  [5, 5],
  [10, 5],
  [15, 3],
  [30, 6],
  [60, 6],
  [120, 4],
  [300, 5],
  [600, 5],
  [900, 3],
  [1800, 6],
  [3600, 6],
  [7200, 4],
];
/** Steps in frames, for when one looks closely. */
const FRAME_STEPS = [1, 2, 5, 10];
/** Labels stand at least so many pixels apart. */
const LABEL_PIXELS = 92;

/** The marks of a view. */
export function marks(view: View, rate: Rate, frames: number): Mark[] {
  const pixelsPerFrame = 1 / view.framesPerPixel;
  const close = FRAME_STEPS.find(
    (step) => step * pixelsPerFrame >= LABEL_PIXELS && step < perSecond(rate) / 2,
  );
  return close === undefined ? bySeconds(view, rate, frames) : byFrames(view, rate, frames, close);
}

function bySeconds(view: View, rate: Rate, frames: number): Mark[] {
  const pixelsPerSecond = perSecond(rate) / view.framesPerPixel;
  const last = STEPS.at(-1) as readonly [number, number];
  const [step, parts] = STEPS.find(([each]) => each * pixelsPerSecond >= LABEL_PIXELS) ?? last;
  const small = step / parts;
  const begin = Math.max(0, Math.floor(secondsOf(view.start, rate) / step) * parts);
  const end = Math.min(frames, frameAtX(view, view.width));
  const made: Mark[] = [];
  for (let number = begin; ; number++) {
    const second = number * small;
    const frame = firstFrameFrom(second, rate);
    if (frame > end) return made;
    made.push({ frame, label: number % parts === 0 ? clock(second) : null });
  }
}

function byFrames(view: View, rate: Rate, frames: number, step: number): Mark[] {
  const end = Math.min(frames, frameAtX(view, view.width));
  const made: Mark[] = [];
  for (let frame = Math.max(0, Math.floor(view.start / step) * step); frame <= end; frame++) {
    made.push({ frame, label: frame % step === 0 ? timecode(frame, rate) : null });
  }
  return made;
}
