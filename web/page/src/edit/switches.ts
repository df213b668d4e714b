/** Who is on when: switches and what becomes of them. Every edit that comes out is in normal form. */
import type { Edit, Switch } from "./edit.ts";

/** A camera that is on from `start` up to but not including `end`. */
export interface Turn {
  readonly camera: string;
  readonly start: number;
  readonly end: number;
}

/** Which of the switches counts at a frame: its place in the list, found in the log of their number. */
export function indexAt(switches: readonly Switch[], frame: number): number {
  let [low, high] = [0, switches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((switches[middle] as Switch).frame <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The id of the camera that is on at a frame. */
export function cameraAt(edit: Edit, frame: number): string {
  return (edit.switches[indexAt(edit.switches, frame)] as Switch).camera;
}

/** All turns in order; they fill the programme. */
export function turns(edit: Edit): Turn[] {
  return edit.switches.map(({ frame, camera }, index) => ({
    camera,
    start: frame,
    end: edit.switches[index + 1]?.frame ?? edit.frames,
  }));
}

/** The turn that a frame is in. */
export function turnAt(edit: Edit, frame: number): Turn {
  const index = indexAt(edit.switches, frame);
  const { camera, frame: start } = edit.switches[index] as Switch;
  return { camera, start, end: edit.switches[index + 1]?.frame ?? edit.frames };
}

/**
 * Switches in normal form: ascending, of several at one frame the last, none at the end or beyond it, and
 * none to the camera that is on anyway. The earliest counts from frame 0 on.
 */
export function normal(switches: readonly Switch[], frames: number): Switch[] {
  const sorted = switches.toSorted((one, other) => one.frame - other.frame);
  const earliest = sorted[0]?.frame ?? 0;
  const kept: Switch[] = [];
  for (const { frame, camera } of sorted) {
    const at = frame === earliest ? 0 : Math.max(0, frame);
    if (at >= frames) break;
    while (kept.length > 0 && (kept.at(-1) as Switch).frame >= at) kept.pop();
    if (kept.at(-1)?.camera !== camera) kept.push({ frame: at, camera });
  }
  return kept;
}

/** The edit with other switches; the same object where nothing differs, so that nothing is to be undone. */
export function withSwitches(edit: Edit, switches: readonly Switch[]): Edit {
  const next = normal(switches, edit.frames);
  return isSame(next, edit.switches) ? edit : { ...edit, switches: next };
}

function isSame(one: readonly Switch[], other: readonly Switch[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ frame, camera }, index) => {
      const twin = other[index] as Switch;
      return frame === twin.frame && camera === twin.camera;
    })
  );
}

/**
 * The camera is on from `frame` up to the next switch.
 *
 * While a take is recorded the playhead has come to `until`: switches up to and at it are overwritten, and
 * what lies ahead stays, as with a live switcher.
 */
export function switchAt(edit: Edit, frame: number, camera: string, until = frame): Edit {
  if (frame < 0 || frame >= edit.frames) return edit;
  const last = Math.max(frame, until);
  const others = edit.switches.filter((one) => one.frame < frame || one.frame > last);
  return withSwitches(edit, [...others, { frame, camera }]);
}

/** How far the switch at `index` can be moved: between its neighbours. The first stays at frame 0. */
export function roomOf(edit: Edit, index: number): { from: number; to: number } {
  if (index === 0) return { from: 0, to: 0 };
  return {
    from: (edit.switches[index - 1] as Switch).frame + 1,
    to: (edit.switches[index + 1]?.frame ?? edit.frames) - 1,
  };
}

/** The switch at `from` moved to `to`, or as near as its neighbours let it. */
export function moveSwitch(edit: Edit, from: number, to: number): Edit {
  const index = edit.switches.findIndex(({ frame }) => frame === from);
  if (index < 1) return edit;
  const room = roomOf(edit, index);
  const frame = Math.min(room.to, Math.max(room.from, to));
  return withSwitches(
    edit,
    edit.switches.map((one, at) => (at === index ? { ...one, frame } : one)),
  );
}

/**
 * The edit without the switch at `frame`: who was on before goes on. Of the first switch, who is on next is
 * on from the start. The last one that is left stays.
 */
export function deleteSwitch(edit: Edit, frame: number): Edit {
  const left = edit.switches.filter((one) => one.frame !== frame);
  return left.length === 0 ? edit : withSwitches(edit, left);
}

/** The frame of the next switch in a direction, or the programme's edge. */
export function neighbourSwitch(edit: Edit, frame: number, direction: 1 | -1): number {
  const index = indexAt(edit.switches, frame);
  if (direction === 1) return edit.switches[index + 1]?.frame ?? edit.frames - 1;
  const here = (edit.switches[index] as Switch).frame;
  return here < frame ? here : (edit.switches[index - 1]?.frame ?? 0);
}
