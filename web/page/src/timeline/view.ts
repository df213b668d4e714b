/** What of the programme the timeline shows: geometry alone, in frames and pixels of the page. */
import type { Switch } from "../edit/edit.ts";
import { indexAt } from "../edit/switches.ts";

export interface View {
  /** The frame at the left edge; fractions let it glide. */
  readonly start: number;
  readonly framesPerPixel: number;
  /** Pixels. */
  readonly width: number;
}

/** So wide is a frame at most. */
const WIDEST_FRAME = 24;
/** How near one has to come to a switch to take hold of it. */
export const GRIP = 6;
/** A finger is wider than a mouse's arrow. */
export const TOUCH_GRIP = 18;

export function xOf(view: View, frame: number): number {
  return (frame - view.start) / view.framesPerPixel;
}

/** The frame under a pixel; not rounded. */
export function frameAtX(view: View, x: number): number {
  return view.start + x * view.framesPerPixel;
}

/** All of the programme. */
export function fitted(frames: number, width: number): View {
  return { start: 0, framesPerPixel: Math.max(frames, 1) / Math.max(width, 1), width };
}

/** The view, but not beyond the programme's edges, and neither closer nor wider than makes sense. */
export function clamped(view: View, frames: number): View {
  const all = fitted(frames, view.width).framesPerPixel;
  const framesPerPixel = Math.min(
    all,
    Math.max(Math.min(1 / WIDEST_FRAME, all), view.framesPerPixel),
  );
  const last = Math.max(0, frames - view.width * framesPerPixel);
  return { ...view, framesPerPixel, start: Math.min(last, Math.max(0, view.start)) };
}

/** Closer by a factor; what is under `x` stays there. */
export function zoomed(view: View, factor: number, x: number, frames: number): View {
  const closest = clamped({ ...view, framesPerPixel: view.framesPerPixel / factor }, frames);
  const start = frameAtX(view, x) - x * closest.framesPerPixel;
  return clamped({ ...closest, start }, frames);
}

export function scrolled(view: View, pixels: number, frames: number): View {
  return clamped({ ...view, start: view.start + pixels * view.framesPerPixel }, frames);
}

/** Another width: what is at the left edge stays there; what showed everything does so again. */
export function resized(view: View, width: number, frames: number): View {
  const wasAll = view.framesPerPixel >= fitted(frames, view.width).framesPerPixel * 0.999;
  return wasAll ? fitted(frames, width) : clamped({ ...view, width }, frames);
}

/** The view that has `frame` in it: the same where it does, else a page further, with a little before it. */
export function showing(view: View, frame: number, frames: number): View {
  const x = xOf(view, frame);
  if (x >= 0 && x <= view.width) return view;
  return clamped({ ...view, start: frame - view.width * 0.1 * view.framesPerPixel }, frames);
}

/** Which switches are to be drawn: [first, last], with the one that is on at the left edge. */
export function visible(
  switches: readonly Switch[],
  view: View,
): { readonly first: number; readonly last: number } {
  return {
    first: indexAt(switches, view.start),
    last: indexAt(switches, frameAtX(view, view.width)),
  };
}

/** The switch that one takes hold of at `x`: the nearest within reach, never the first, or -1. */
export function grippedAt(
  switches: readonly Switch[],
  view: View,
  x: number,
  reach = GRIP,
): number {
  const near = indexAt(switches, frameAtX(view, x));
  let best = -1;
  let distance = reach;
  for (const index of [near, near + 1]) {
    const one = switches[index];
    if (!one || index === 0) continue;
    const off = Math.abs(xOf(view, one.frame) - x);
    if (off <= distance) [best, distance] = [index, off];
  }
  return best;
}

/** The frame that a drag to `x` means: whole, on the programme, at the playhead where that is near. */
export function snapped(view: View, x: number, frames: number, playhead: number | null): number {
  const isNear = playhead !== null && Math.abs(xOf(view, playhead) - x) <= GRIP;
  const frame = isNear ? playhead : Math.round(frameAtX(view, x));
  return Math.min(frames - 1, Math.max(0, frame));
}
