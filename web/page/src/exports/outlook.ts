/** What a dry run found, in words for a podcaster: how long it takes, what comes out, and why. */

import type { Preview } from "../api/exports.ts";
import type { Choices } from "./choices.ts";
import { type Cause, causesOf } from "./reasons.ts";
import { about, codecName, count, length, rateName, share, size } from "./words.ts";

export interface Outlook {
  /** The time it takes. */
  work: string;
  /** The file that comes out. */
  file: string;
  /** How much is copied and how much converted. */
  shares: string;
  sound: string;
  causes: readonly Cause[];
  warnings: readonly string[];
}

/** The outlook of a dry run. */
export function outlookOf({ plan, warnings }: Preview, choices: Choices): Outlook {
  const { output } = plan;
  const codecs = [output.pictureCodec, output.soundCodec].filter(Boolean).map(codecName);
  return {
    work: `It takes ${about(plan.estimatedSeconds)}, when nothing else is being made.`,
    file:
      `${length(output.seconds)}, ${output.width} × ${output.height}, ` +
      `${rateName(output.rate)} frames a second, ${codecs.join(" and ")}, ` +
      `about ${size(plan.estimatedBytes)}.`,
    shares: sharesOf(plan.totals, choices),
    sound: soundOf(output.sound, output.soundReason),
    causes: choices.way === "copy" ? causesOf(plan.segments) : [],
    warnings,
  };
}

interface Totals {
  frames: number;
  copiedFrames: number;
  convertedFrames: number;
  blackFrames: number;
}

function sharesOf(totals: Totals, { way }: Choices): string {
  const { frames, copiedFrames, convertedFrames, blackFrames } = totals;
  const sentences: string[] = [];
  if (copiedFrames > 0) {
    sentences.push(
      `${share(copiedFrames, frames)} is copied: the cameras' own pictures, untouched.`,
    );
    if (convertedFrames > 0) {
      sentences.push(
        `${share(convertedFrames, frames)} is made anew (${count(convertedFrames, "frame")}).`,
      );
    }
  } else if (way === "copy") {
    sentences.push("Nothing can be copied: every picture is made anew.");
  } else {
    sentences.push("Every picture is made anew, as you chose.");
  }
  if (blackFrames > 0) {
    sentences.push(
      `${count(blackFrames, "frame")} (${share(blackFrames, frames)}) will be black: no picture is there.`,
    );
  }
  return sentences.join(" ");
}

/** What becomes of the sound. */
export function soundOf(sound: string, reason: string): string {
  if (sound === "none") return "No sound.";
  const what = sound === "copied" ? "The sound is copied" : "The sound is encoded";
  return reason ? `${what}: ${reason}.` : `${what}.`;
}
