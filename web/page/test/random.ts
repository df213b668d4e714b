/** Numbers by chance that are the same every time, and edits made of them. */
import { newEdit } from "../src/edit/cameras.ts";
import type { Camera, Edit } from "../src/edit/edit.ts";

export type Chance = () => number;

/** Mulberry32: 0 up to but not including 1. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function whole(random: Chance, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function oneOf<T>(random: Chance, values: readonly T[]): T {
  return values[whole(random, 0, values.length - 1)] as T;
}

export const FPS = [24, 25, 30, 50, 60, 23.976023976023978, 29.97002997002997, 59.94005994005994];

export function camera(id: string, changes: Partial<Camera> = {}): Camera {
  return {
    id,
    source: `${id}.mp4`,
    name: `Camera ${id}`,
    seconds: 60,
    width: 1920,
    height: 1080,
    fps: 30,
    hasSound: true,
    offset: 0,
    ...changes,
  };
}

/** Cameras of one rate, or of several, that began up to five seconds apart. */
export function randomCameras(random: Chance, isMixed: boolean): Camera[] {
  const fps = oneOf(random, FPS);
  return Array.from({ length: whole(random, 2, 6) }, (_, index) => {
    const own = isMixed ? oneOf(random, FPS) : fps;
    return camera(`c${index + 1}`, {
      fps: own,
      seconds: whole(random, 200, 700) / own,
      offset: random() < 0.3 ? 0 : Math.round((random() * 10 - 5) * 1e6) / 1e6,
    });
  });
}

export function randomEdit(random: Chance, isMixed = false): Edit {
  return newEdit(randomCameras(random, isMixed), "By chance");
}
