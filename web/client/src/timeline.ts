/** Which angle is on from when to when: pure, in seconds of the clip. */
import type { Fault } from "./contract.js";
import type { MulticamClip, SwitchPoint } from "./multicam.js";

/** An angle (its place in the clip) from `start` up to `end`. */
export interface Turn {
  angle: number;
  start: number;
  end: number;
}

export interface Timeline {
  turns: Turn[];
  faults: Fault[];
  warnings: string[];
}

/** A fault with its place in the state. */
export function fault(place: string, code: string, message: string): Fault {
  return { place, code, message };
}

const seconds = (time: number) => `${Number(time.toFixed(3))} s`;

/**
 * The turns of a clip, without gaps, neighbours on the same angle as one.
 *
 * Switches count by their times, of several at the same time the last. Before the first switch the
 * first angle is on. The last turn ends with the clip; where a switch lies there or later, the programme
 * goes on up to it, as the editor plays it, and a warning says so.
 */
export function timelineOf(clip: MulticamClip, place: string): Timeline {
  const faults = [...faultsOf(clip, place)];
  const duration = clip.duration ?? 0;
  if (faults.length > 0) return { turns: [], faults, warnings: [] };
  const warnings: string[] = [];
  const indexes = new Map(clip.angles.map((angle, index) => [angle.id, index]));
  const switches = clip.switchPoints
    .map(({ time, angleId }) => ({ time: time as number, angle: indexes.get(angleId) as number }))
    .sort((a, b) => a.time - b.time);
  const first = switches[0]?.time ?? duration;
  if (first > 0) {
    warnings.push(
      `Nothing is switched before ${seconds(first)}: ${clip.angles[0]?.name} is shown.`,
    );
    switches.unshift({ time: 0, angle: 0 });
  }
  const late = switches.filter(({ time }) => time >= duration);
  const end = Math.max(duration, switches.at(-1)?.time ?? 0);
  if (late.length > 0) {
    warnings.push(
      `The clip ends at ${seconds(duration)}, but is switched up to ${seconds(end)}: ` +
        "the programme goes on to the last switch.",
    );
  }
  const turns: Turn[] = [];
  for (const [index, { time: start, angle }] of switches.entries()) {
    const stop = switches[index + 1]?.time ?? end;
    const before = turns.at(-1);
    if (stop <= start) continue;
    if (before?.angle === angle) before.end = stop;
    else turns.push({ angle, start, end: stop });
  }
  return { turns, faults, warnings };
}

function* faultsOf(clip: MulticamClip, place: string): Generator<Fault> {
  if (clip.angles.length === 0) {
    yield fault(`${place}.angles`, "missing", "The multicam clip has no cameras.");
  }
  for (const [index, { name, syncOffset }] of clip.angles.entries()) {
    if (!Number.isFinite(syncOffset)) {
      const message = `The sync offset of ${name} is not a number: sync it again.`;
      yield fault(`${place}.angles[${index}].syncOffset`, "not_a_number", message);
    }
  }
  if (!Number.isFinite(clip.duration ?? 0)) {
    yield fault(`${place}.duration`, "not_a_number", "The length of the clip is not a number.");
  } else if (
    !((clip.duration ?? 0) > 0) &&
    !clip.switchPoints.some(({ time }) => (time ?? 0) > 0)
  ) {
    yield fault(
      `${place}.duration`,
      "empty",
      "The multicam clip is empty: there is nothing to export.",
    );
  }
  const known = new Set(clip.angles.map(({ id }) => id));
  for (const [index, point] of clip.switchPoints.entries()) {
    yield* switchFaults(point, `${place}.switchPoints[${index}]`, known);
  }
}

function* switchFaults(point: SwitchPoint, place: string, known: Set<string>): Generator<Fault> {
  if (!Number.isFinite(point.time)) {
    yield fault(`${place}.time`, "not_a_number", "The time of this switch is not a number.");
  } else if ((point.time as number) < 0) {
    yield fault(`${place}.time`, "too_small", "This switch lies before the start of the clip.");
  }
  if (!known.has(point.angleId)) {
    yield fault(
      `${place}.angleId`,
      "unknown",
      "This switch leads to a camera that is not in the clip.",
    );
  }
}
