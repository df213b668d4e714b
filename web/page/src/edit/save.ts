/** An edit as a file, and back. What cannot be understood is said with its place. */
import { FEWEST_CAMERAS, MOST_CAMERAS } from "./cameras.ts";
import type { Camera, Edit, Rate, Switch } from "./edit.ts";
import { normal } from "./switches.ts";

/** A day at 240 frames a second: what the service exports at most. */
const MOST_FRAMES = 24 * 3600 * 240;
const MOST_SWITCHES = 20_000;

/** A file that is no edit; the message is a sentence for a person. */
export class UnreadableEdit extends Error {
  constructor(
    message: string,
    readonly place = "",
  ) {
    super(message);
    this.name = "UnreadableEdit";
  }
}

/** The text of a file that `load` reads. */
export function save(edit: Edit): string {
  return `${JSON.stringify(edit, null, 2)}\n`;
}

/** The name of that file. */
export function fileNameOf(edit: Edit): string {
  const safe = edit.name.replaceAll(/[^\p{L}\p{N} ._-]/gu, "_").trim();
  return `${safe.slice(0, 80) || "edit"}.cut.json`;
}

/** The edit of a text. Throws UnreadableEdit. */
export function load(text: string): Edit {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableEdit("This file is not a saved edit: it is not JSON.");
  }
  const edit = new Reader(value, "");
  const version = edit.field("version").value;
  if (version === undefined) {
    throw new UnreadableEdit("This file is not a saved edit: it has no version.", "version");
  }
  if (version !== 1) {
    const message = `This edit was saved by another version (${JSON.stringify(version)}); this page reads version 1.`;
    throw new UnreadableEdit(message, "version");
  }
  const frames = edit.field("frames").whole(1, MOST_FRAMES);
  const cameras = edit.field("cameras").list(FEWEST_CAMERAS, MOST_CAMERAS).map(cameraFrom);
  const ids = new Set(cameras.map(({ id }) => id));
  if (ids.size < cameras.length) {
    throw new UnreadableEdit("This edit has two cameras with the same id.", "cameras");
  }
  const switches = edit
    .field("switches")
    .list(1, MOST_SWITCHES)
    .map((one) => switchFrom(one, ids, frames));
  return {
    version: 1,
    name: edit.field("name").text(),
    rate: rateFrom(edit.field("rate")),
    frames,
    cameras,
    switches: normal(switches, frames),
  };
}

function cameraFrom(camera: Reader): Camera {
  return {
    id: camera.field("id").text(),
    source: camera.field("source").text(),
    name: camera.field("name").text(),
    seconds: camera.field("seconds").number(0),
    width: camera.field("width").whole(1, 16_384),
    height: camera.field("height").whole(1, 16_384),
    fps: camera.field("fps").value === null ? null : camera.field("fps").number(0, 1000),
    hasSound: camera.field("hasSound").truth(),
    offset: camera.field("offset").number(),
  };
}

function rateFrom(rate: Reader): Rate {
  return { num: rate.field("num").whole(1, 1e9), den: rate.field("den").whole(1, 1e9) };
}

function switchFrom(one: Reader, cameras: ReadonlySet<string>, frames: number): Switch {
  const camera = one.field("camera");
  if (!cameras.has(camera.text())) camera.refuse("names no camera of this edit");
  return { frame: one.field("frame").whole(0, frames - 1), camera: camera.text() };
}

/** A value of the file together with its place. */
class Reader {
  constructor(
    readonly value: unknown,
    private readonly place: string,
  ) {}

  refuse(what: string): never {
    const place = this.place || "The file";
    throw new UnreadableEdit(`This file is not a saved edit: ${place} ${what}.`, this.place);
  }

  field(name: string): Reader {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.refuse("is not an object");
    }
    const place = this.place ? `${this.place}.${name}` : name;
    return new Reader((value as Record<string, unknown>)[name], place);
  }

  list(fewest: number, most: number): Reader[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.refuse("is not a list");
    if (value.length < fewest || value.length > most) {
      this.refuse(`has ${value.length} entries, not ${fewest} to ${most}`);
    }
    return value.map((one, index) => new Reader(one, `${this.place}[${index}]`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.refuse("is not a text");
  }

  truth(): boolean {
    return typeof this.value === "boolean" ? this.value : this.refuse("is neither true nor false");
  }

  number(least = -1e9, most = 1e9): number {
    const { value } = this;
    if (typeof value !== "number" || !Number.isFinite(value)) return this.refuse("is not a number");
    if (value < least || value > most) this.refuse(`is ${value}, not ${least} to ${most}`);
    return value;
  }

  whole(least: number, most: number): number {
    const value = this.number(least, most);
    return Number.isInteger(value) ? value : this.refuse(`is ${value}, not a whole number`);
  }
}
