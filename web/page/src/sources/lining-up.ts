/** What a comparison of sounds means for an edit, as values and in words. */
import type { Match } from "../api/sync.ts";
import { lagOf } from "../edit/cameras.ts";
import type { Camera, Edit } from "../edit/edit.ts";
import { perSecond } from "../edit/rate.ts";

/** Whose sounds are compared: the first one with every other one. */
export interface Comparison {
  readonly reference: Camera;
  readonly others: readonly Camera[];
  /** Those that have no sound to go by. */
  readonly silent: readonly Camera[];
}

/** The comparison of an edit's cameras; null where there are no two sounds. */
export function comparisonOf(edit: Edit): Comparison | null {
  const silent = edit.cameras.filter(({ hasSound }) => !hasSound);
  const [reference, ...others] = edit.cameras.filter(({ hasSound }) => hasSound);
  return reference && others.length > 0 ? { reference, others, silent } : null;
}

/** Seconds that both recordings have in common, in the camera's own time. */
function common(match: Match, camera: Camera, reference: Camera): { from: number; to: number } {
  const lag = match.offsetSeconds ?? 0;
  const from = Math.max(0, -lag);
  return { from, to: Math.max(from, Math.min(camera.seconds, reference.seconds - lag)) };
}

/**
 * How many seconds after the reference a camera began, as one number for all of the recording.
 *
 * Where clocks run apart no one number is right from end to end; this is right in the middle, so that
 * both ends are off by the least that is possible.
 */
export function lagIn(match: Match, camera: Camera, reference: Camera): number | null {
  if (!match.found || match.offsetSeconds === null) return null;
  const { from, to } = common(match, camera, reference);
  return match.offsetSeconds + (((match.driftPpm ?? 0) / 1e6) * (from + to)) / 2;
}

/** Seconds by which a camera is off at both ends, because its clock runs apart. */
export function offAtEnds(match: Match, camera: Camera, reference: Camera): number {
  const { from, to } = common(match, camera, reference);
  return (Math.abs(match.driftPpm ?? 0) / 1e6) * ((to - from) / 2);
}

/** What `setLags` takes: seconds after the edit's first camera, for those that were found. */
export function lagsOf(
  edit: Edit,
  { reference, others }: Comparison,
  matches: readonly Match[],
): Record<string, number> {
  const lags: Record<string, number> = {};
  for (const camera of others) {
    const match = matches.find(({ source }) => source === camera.source);
    const lag = match ? lagIn(match, camera, reference) : null;
    if (lag !== null) lags[camera.id] = lagOf(edit, reference) + lag;
  }
  return lags;
}

/** What was found of one camera, in sentences. */
export function matchInWords(
  match: Match,
  camera: Camera,
  reference: Camera,
  edit: Edit,
): { isGood: boolean; words: string } {
  const lag = lagIn(match, camera, reference);
  if (lag === null) {
    return {
      isGood: false,
      words:
        `No sound in common with ${reference.name} was found. Set it by hand, ` +
        "or check that both recorded the same scene.",
    };
  }
  const sure = `${Math.round(match.confidence * 100)} % of the sound agrees`;
  const off = offAtEnds(match, camera, reference);
  const isApart = off * perSecond(edit.rate) > 0.5;
  const drift =
    match.driftPpm === null ? null : `clocks ${Math.abs(match.driftPpm).toFixed(1)} ppm apart`;
  const facts = [sure, drift].filter(Boolean).join(", ");
  const apart = isApart
    ? ` Its clock runs ${(match.driftPpm ?? 0) > 0 ? "slower" : "faster"}: right in the middle, ${Math.round(off * 1000)} ms off at both ends.`
    : "";
  return { isGood: true, words: `Began ${laterInWords(lag)} ${reference.name}: ${facts}.${apart}` };
}

/** How two beginnings lie to each other: "1.700 s after", "0.900 s before", "together with". */
export function laterInWords(lag: number): string {
  if (Math.abs(lag) < 0.0005) return "together with";
  return `${Math.abs(lag).toFixed(3)} s ${lag > 0 ? "after" : "before"}`;
}
