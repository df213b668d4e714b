/** What the report of a finished export proves, in words. */
import type { Report } from "../api/exports.ts";
import { soundOf } from "./outlook.ts";
import { type Cause, causesOf } from "./reasons.ts";
import { codecName, count, length, rateName, share, size } from "./words.ts";

export interface Verdict {
  headline: string;
  file: string;
  /** What was held when the file was read back. */
  proof: readonly string[];
  sound: string;
  causes: readonly Cause[];
  warnings: readonly string[];
}

/** The verdict of a report. */
export function verdictOf({ output, segments, totals, warnings }: Report): Verdict {
  const codecs = [output.pictureCodec, output.soundCodec].filter(Boolean).map(codecName);
  const copied = share(totals.copiedFrames, totals.frames);
  return {
    headline:
      totals.copiedFrames > 0
        ? `${copied} of the pictures are the cameras' own, copied to the bit.`
        : "Every picture was made anew.",
    file:
      `${length(output.seconds)}, ${output.width} × ${output.height}, ` +
      `${rateName(output.rate)} frames a second, ${codecs.join(" and ")}, ${size(output.bytes)}.`,
    proof: [...proofOf(segments, totals, output.samples > 0)],
    sound: soundOf(output.sound, output.soundReason),
    causes: causesOf(segments),
    warnings,
  };
}

function* proofOf(
  segments: Report["segments"],
  totals: Report["totals"],
  hasSound: boolean,
): Generator<string> {
  yield `The finished file was read back: ${count(totals.frames, "frame")}, each at its time.`;
  if (totals.copiedFrames > 0) {
    yield "Copied pictures were compared with the cameras' files, and decode without a complaint.";
  }
  if (hasSound) {
    const apart = segments.reduce(
      (most, { avOffsetMs }) => Math.max(most, Math.abs(avOffsetMs ?? 0)),
      0,
    );
    yield apart < 0.01
      ? "Picture and sound are together at every cut."
      : `Picture and sound are never more than ${apart.toFixed(2)} ms apart.`;
  }
  if (totals.blackFrames > 0) yield `${count(totals.blackFrames, "frame")} are black.`;
  if (totals.undecodableFrames > 0) {
    yield `${count(totals.undecodableFrames, "frame")} are black because a file is damaged there.`;
  }
  if (totals.standInFrames > 0) {
    yield `${count(totals.standInFrames, "frame")} could not be read; the picture before stands in.`;
  }
}
