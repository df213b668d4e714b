/** Lengths, sizes and shares as people say them. */

const MINUTE = 60;
const HOUR = 3600;

/** A length as one reads it on a file: `1 h 05 min`, `12 min 34 s`, `4.5 s`. */
export function length(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min ${two(whole % MINUTE)} s`;
  const minutes = Math.round(seconds / MINUTE);
  return `${Math.floor(minutes / MINUTE)} h ${two(minutes % MINUTE)} min`;
}

/** A length that was only guessed: no more digits than can be believed. */
export function about(seconds: number): string {
  if (seconds < 10) return "a few seconds";
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} seconds`;
  if (seconds < 90) return "about a minute";
  if (seconds < 55 * MINUTE) return `about ${Math.round(seconds / MINUTE)} minutes`;
  if (seconds < 75 * MINUTE) return "about an hour";
  return `about ${Number((seconds / HOUR).toFixed(1))} hours`;
}

/** A size in the units that file managers show: `820 kB`, `4.2 MB`, `12 GB`. */
export function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let amount = bytes;
  let unit = 0;
  // From 999.5 on it would be rounded to a thousand of the unit.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** A share in percent, which says none only of none and all only of all. */
export function share(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return "0\u00a0%";
  if (part >= whole) return "100\u00a0%";
  const percent = (part / whole) * 100;
  if (percent < 0.1) return "less than 0.1\u00a0%";
  if (percent > 99.9) return "more than 99.9\u00a0%";
  return `${Number(percent.toFixed(percent < 10 || percent > 90 ? 1 : 0))}\u00a0%`;
}

/** A number of things: `1 frame`, `45,000 frames`. */
export function count(number: number, thing: string): string {
  return `${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`;
}

/** A rate such as `30000/1001` as people write it: `29.97`. */
export function rateName(ratio: string): string {
  const [above = 0, below = 1] = ratio.split("/").map(Number);
  return String(Number((above / (below || 1)).toFixed(3)));
}

const CODECS: Record<string, string> = {
  h264: "H.264",
  h265: "H.265",
  hevc: "H.265",
  vp9: "VP9",
  aac: "AAC",
  opus: "Opus",
  libopus: "Opus",
};

/** A codec as people write it. */
export function codecName(codec: string): string {
  return CODECS[codec] ?? codec;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
