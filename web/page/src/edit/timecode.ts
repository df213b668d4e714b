/**
 * Timecodes `HH:MM:SS:FF`.
 *
 * Hours, minutes and seconds are those of a clock, and so of every player, also at 29.97: FF counts the
 * frames that begin within the second. Nothing is dropped, and nothing runs away from the clock.
 */
import type { Rate } from "./edit.ts";
import { perSecond, written } from "./rate.ts";

const two = (number: number) => String(number).padStart(2, "0");

/** The first frame that begins in that second or after it. */
function firstOf(second: number, { num, den }: Rate): number {
  return Math.ceil((second * num) / den - 1e-9);
}

function secondOf(frame: number, { num, den }: Rate): number {
  return Math.floor((frame * den) / num + 1e-9);
}

/** The timecode of a frame of the programme. */
export function timecode(frame: number, rate: Rate): string {
  const sign = frame < 0 ? "-" : "";
  const size = Math.abs(Math.round(frame));
  const second = secondOf(size, rate);
  const rest = size - firstOf(second, rate);
  const digits = Math.ceil(perSecond(rate)) > 100 ? 3 : 2;
  return `${sign}${clock(second)}:${String(rest).padStart(digits, "0")}`;
}

/** Whole seconds as `HH:MM:SS`. */
export function clock(second: number): string {
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/**
 * The frame that a person typed: `1:02:03:04`, `2:03:04`, `3:04` (seconds and frames), or null.
 *
 * Seconds may go beyond 59 where they come first; frames have to exist in that second.
 */
export function parseTimecode(text: string, rate: Rate): number | null {
  const parts = text.trim().split(/[:;]/);
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => /^\d+$/.test(part)))
    return null;
  const numbers = parts.map(Number);
  const rest = numbers.pop() as number;
  if (numbers.slice(1).some((number) => number > 59)) return null;
  const second = numbers.reduce((sum, number) => sum * 60 + number, 0);
  const frame = firstOf(second, rate) + rest;
  return secondOf(frame, rate) === second ? frame : null;
}

/** A rate as people say it. */
export function rateInWords(rate: Rate): string {
  return `${written(rate)} frames a second`;
}
