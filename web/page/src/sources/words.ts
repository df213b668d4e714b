/** What files are, in words. */
import type { SourceEntry } from "../api/sources.ts";

const two = (number: number) => String(number).padStart(2, "0");

/** Seconds as people write them: 0:07, 12:30, 1:02:05. */
export function lengthInWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const UNITS = ["kB", "MB", "GB", "TB"];

/** Bytes as people say them: 512 B, 1.4 MB, 28 GB. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let [value, unit] = [bytes / 1000, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** About how long something still takes. */
export function timeLeftInWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 60) return "less than a minute left";
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes === 1 ? "about a minute left" : `about ${minutes} minutes left`;
  return `about ${Math.round(minutes / 60)} hours left`;
}

/** A rate as people say it: 25, 29.97. */
export function fpsInWords(fps: number): string {
  return `${Number(fps.toFixed(2))} fps`;
}

/** A path as its folder, with a slash or empty, and the file's own name. */
export function pathInParts(filePath: string): { folder: string; name: string } {
  const at = filePath.lastIndexOf("/") + 1;
  return { folder: filePath.slice(0, at), name: filePath.slice(at) };
}

/** What people call a camera that is in this file. */
export function cameraNameOf(filePath: string): string {
  const { name } = pathInParts(filePath);
  return name.replace(/(?<=.)\.[^.]+$/, "");
}

/** Why a source cannot be cut with now; null where it can. */
export function whyNot(source: SourceEntry): string | null {
  if (source.error) return source.error;
  if (source.growing)
    return "This file was written to just now. It can be used when it has come to rest.";
  if (!source.facts) return "This file is being looked into.";
  return null;
}
