/**
 * Plays an edit: all cameras' videos kept at one clock, the programme drawn from whoever is on.
 *
 * The big picture is drawn from the tile's own video: switching shows what is decoded already, without a
 * moment of black, and each camera is decoded once. The frame of the programme is told by the picture on
 * screen, so that a key switches at what was seen.
 */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { shift } from "../edit/cameras.ts";
import { type Camera, cameraOf, type Edit } from "../edit/edit.ts";
import { frameAt, perSecond, rateOf, secondsOf } from "../edit/rate.ts";
import { cameraFrame, framesOf, programmeFrame } from "../edit/shown.ts";
import { cameraAt } from "../edit/switches.ts";
import type { CameraVideo } from "./camera-video.ts";
import { atSpeed, type Clock, ledBy, shuttle, standing, timeOf } from "./clock.ts";
import { mustWait } from "./follow.ts";
import { begin, goOn, type Take } from "./take.ts";

/** The sound of whoever is on, as in the exported file. */
export const SOUND_OF_PROGRAMME = "programme";
/** The screen may lag behind the clock by this many frames; more, and the clock is believed. */
const MOST_LAG_FRAMES = 3;
/** So long those are waited for that are neither seen big nor heard. */
const PATIENCE_MS = 4000;

export type State = "stopped" | "playing" | "waiting";

/** What the player plays and changes. */
export interface Desk {
  readonly edit: ReadonlySignal<Edit | null>;
  readonly playhead: Signal<number>;
  change(next: Edit): void;
  /** The last change differently, as one step of the history. */
  amend(next: Edit): void;
}

export class Player {
  readonly state = signal<State>("stopped");
  /** What one asked for: 0 stopped, 1 as it is, negative backwards. */
  readonly speed = signal(0);
  readonly sound = signal<string>(SOUND_OF_PROGRAMME);
  readonly take = signal<Take | null>(null);
  private readonly videos = new Map<string, CameraVideo>();
  private canvas: HTMLCanvasElement | null = null;
  private clock: Clock = standing(0, 0);
  private waitsSince = 0;
  private tickId = 0;
  /** Where the player itself put the playhead; anything else there is somebody who wants to go there. */
  private own = 0;
  private isStale = false;
  private readonly stopListening: () => void;

  constructor(private readonly desk: Desk) {
    this.stopListening = effect(() => {
      const frame = desk.playhead.value;
      const edit = desk.edit.value;
      if (!edit) return;
      const mayStay = frame === this.own && this.speed.peek() !== 0;
      if (mayStay) this.draw();
      else this.jump(edit, frame);
    });
  }

  close(): void {
    this.stopListening();
    cancelAnimationFrame(this.tickId);
    for (const video of this.videos.values()) video.close();
    this.videos.clear();
  }

  attach(id: string, video: CameraVideo): void {
    this.videos.set(id, video);
  }

  detach(id: string): void {
    this.videos.get(id)?.close();
    this.videos.delete(id);
  }

  drawOn(canvas: HTMLCanvasElement | null): void {
    this.canvas = canvas;
    this.draw();
  }

  /** A camera's video has put a picture on screen, or could now show the frame it should. */
  hasPicture(id: string): void {
    const edit = this.desk.edit.peek();
    if (!edit || cameraAt(edit, this.desk.playhead.peek()) !== id) return;
    // While it plays the next tick draws, once, whatever has changed.
    if (this.state.peek() === "playing") this.isStale = true;
    else this.draw();
  }

  /** A video has become playable: where it stands still it shows the playhead's frame. */
  loaded(id: string): void {
    const edit = this.desk.edit.peek();
    const camera = edit?.cameras.find((one) => one.id === id);
    if (edit && camera && this.speed.peek() === 0)
      this.show(edit, camera, this.desk.playhead.peek());
  }

  toggle(): void {
    if (this.speed.peek() === 0) this.go(1);
    else this.stop();
  }

  shuttle(direction: 1 | -1): void {
    this.go(shuttle(this.speed.peek(), direction));
  }

  stop(): void {
    if (this.speed.peek() === 0) return;
    this.speed.value = 0;
    this.halt("stopped");
    const edit = this.desk.edit.peek();
    if (edit) this.jump(edit, this.desk.playhead.peek());
  }

  step(frames: number): void {
    const edit = this.desk.edit.peek();
    if (!edit) return;
    this.stop();
    this.goTo(this.desk.playhead.peek() + frames);
  }

  goTo(frame: number): void {
    const edit = this.desk.edit.peek();
    if (edit) this.desk.playhead.value = Math.min(edit.frames - 1, Math.max(0, Math.round(frame)));
  }

  /** Switch to a camera at the frame on screen; while it plays that begins a take. */
  switchTo(id: string): void {
    const edit = this.desk.edit.peek();
    if (!edit) return;
    const frame = this.desk.playhead.peek();
    const take = begin(edit, frame, id);
    batch(() => {
      this.take.value = this.speed.peek() > 0 ? take : null;
      this.desk.change(take.made);
    });
  }

  endTake(): void {
    this.take.value = null;
  }

  private go(speed: number): void {
    const edit = this.desk.edit.peek();
    if (!edit) return;
    const frame = this.desk.playhead.peek();
    const isAtEnd = speed > 0 && frame >= edit.frames - 1;
    if (isAtEnd) this.desk.playhead.value = this.own = 0;
    if (speed < 0) this.take.value = null;
    this.speed.value = speed;
    this.prepare(edit, this.desk.playhead.peek());
  }

  /** Somebody wants to be at a frame: all videos go there, and on from there if it plays. */
  private jump(edit: Edit, frame: number): void {
    this.own = frame;
    if (this.speed.peek() !== 0) {
      this.take.value = null;
      this.prepare(edit, frame);
    } else {
      this.clock = standing(this.middle(edit, frame), performance.now());
      for (const camera of edit.cameras) this.show(edit, camera, frame);
    }
    this.draw();
  }

  /** Everybody to their place; the clock stands until they are there. */
  private prepare(edit: Edit, frame: number): void {
    const now = performance.now();
    this.halt(this.speed.peek() > 0 ? "waiting" : "playing");
    this.clock = standing(this.middle(edit, frame), now);
    this.waitsSince = now;
    if (this.speed.peek() < 0) this.clock = atSpeed(this.clock, now, this.speed.peek());
    for (const camera of edit.cameras) this.show(edit, camera, frame);
    this.tickId = requestAnimationFrame(this.tick);
  }

  private halt(state: State): void {
    cancelAnimationFrame(this.tickId);
    for (const video of this.videos.values()) video.pause();
    if (state === "stopped") this.take.value = null;
    this.state.value = state;
  }

  private readonly tick = (now: number): void => {
    const edit = this.desk.edit.peek();
    const speed = this.speed.peek();
    if (!edit || speed === 0) return;
    if (this.state.peek() === "waiting") this.wait(edit, now, speed);
    else if (speed > 0) this.playOn(edit, now, speed);
    else this.playBack(edit, now);
    if (this.speed.peek() !== 0) {
      cancelAnimationFrame(this.tickId);
      this.tickId = requestAnimationFrame(this.tick);
    }
  };

  /** Begin as soon as whoever has a picture then could play on. */
  private wait(edit: Edit, now: number, speed: number): void {
    const place = timeOf(this.clock, now);
    const main = cameraAt(edit, this.desk.playhead.peek());
    const isPatient = now - this.waitsSince < PATIENCE_MS;
    for (const camera of edit.cameras) {
      const video = this.at(camera, place);
      if (!video || video.isReady) continue;
      if (isPatient || camera.id === main || camera.id === this.heard(main)) return;
    }
    this.clock = atSpeed(standing(place, now), now, speed);
    this.state.value = "playing";
    this.playOn(edit, now, speed);
  }

  private playOn(edit: Edit, now: number, speed: number): void {
    this.followSound(edit, now);
    const time = timeOf(this.clock, now);
    const frame = frameAt(time - 0.001, edit.rate);
    if (frame >= edit.frames) {
      this.stop();
      this.goTo(edit.frames - 1);
      return;
    }
    const current = this.overwrite(edit, frame);
    const main = cameraAt(current, frame);
    const heard = this.heard(main);
    const lacks = [];
    for (const camera of current.cameras) {
      const video = this.videos.get(camera.id);
      if (!video?.isUsable) continue;
      if (!this.at(camera, time)) {
        video.pause();
        if (time + shift(camera) < 0) this.waitAtStart(video);
        continue;
      }
      video.element.muted = camera.id !== heard;
      video.keepAt(time + shift(camera), speed, now, camera.id === heard);
      lacks.push({
        isWanted: camera.id === main || camera.id === heard,
        seconds: video.lacks(now),
      });
    }
    this.put(this.onScreen(current, main, frame));
    if (mustWait(lacks)) this.prepare(current, this.desk.playhead.peek());
  }

  /** Backwards no browser plays: the pictures are sought one after the other, as quickly as they come. */
  private playBack(edit: Edit, now: number): void {
    const frame = Math.max(0, frameAt(timeOf(this.clock, now) - 0.001, edit.rate));
    this.put(frame);
    const main = this.videos.get(cameraAt(edit, frame));
    for (const camera of edit.cameras) {
      const video = this.videos.get(camera.id);
      if (video === main || !main?.isSeeking) this.show(edit, camera, frame);
    }
    if (frame === 0) this.stop();
  }

  private overwrite(edit: Edit, frame: number): Edit {
    const take = this.take.peek();
    if (!take) return edit;
    const next = goOn(take, edit, frame);
    if (next === take) return edit;
    this.take.value = next;
    if (!next) return edit;
    if (take.hasChanged) this.desk.amend(next.made);
    else {
      this.take.value = { ...next, hasChanged: true };
      this.desk.change(next.made);
    }
    return next.made;
  }

  /** The frame whose picture is on screen; where there is none the clock's. */
  private onScreen(edit: Edit, main: string, frame: number): number {
    const camera = cameraOf(edit, main);
    const video = this.at(camera, secondsOf(frame, edit.rate));
    if (!video || video.shown === null || video.isSeeking) return frame;
    const seen = programmeFrame(camera, video.shown, edit.rate, rateOf(video.fps));
    const isNear = Math.abs(seen - frame) <= MOST_LAG_FRAMES * Math.max(1, this.speed.peek());
    return isNear ? Math.min(edit.frames - 1, Math.max(0, seen)) : frame;
  }

  private put(frame: number): void {
    this.own = frame;
    if (this.desk.playhead.peek() !== frame) this.desk.playhead.value = frame;
    else if (this.isStale) this.draw();
  }

  private followSound(edit: Edit, now: number): void {
    const heard = edit.cameras.find(({ id }) => id === this.heard(cameraAt(edit, this.own)));
    const video = heard && this.at(heard, timeOf(this.clock, now));
    if (!heard || !video?.isReady || video.element.paused) return;
    this.clock = ledBy(this.clock, now, video.second - shift(heard));
  }

  /** Whose sound is heard while `main` is on. */
  private heard(main: string): string {
    const sound = this.sound.peek();
    return sound === SOUND_OF_PROGRAMME ? main : sound;
  }

  /** A camera's video, where the camera has anything at that second of the programme. */
  private at(camera: Camera, second: number): CameraVideo | null {
    const place = second + shift(camera);
    const video = this.videos.get(camera.id);
    return video?.isUsable && place >= 0 && place < camera.seconds ? video : null;
  }

  private show(edit: Edit, camera: Camera, frame: number): void {
    const video = this.videos.get(camera.id);
    if (!video?.isUsable) return;
    const own = rateOf(video.fps);
    const last = framesOf(camera, own) - 1;
    video.showFrame(Math.min(last, cameraFrame(camera, frame, edit.rate, own)));
  }

  private waitAtStart(video: CameraVideo): void {
    if (!video.isSeeking && video.second > 1 / video.fps) video.showFrame(0);
  }

  private middle(edit: Edit, frame: number): number {
    return secondsOf(frame, edit.rate) + 0.5 / perSecond(edit.rate);
  }

  private draw(): void {
    this.isStale = false;
    const edit = this.desk.edit.peek();
    const context = this.canvas?.getContext("2d", { alpha: false });
    if (!edit || !context) return;
    const frame = this.desk.playhead.peek();
    const camera = cameraOf(edit, cameraAt(edit, frame));
    const { width, height } = context.canvas;
    const video = this.videos.get(camera.id);
    const isThere = video && this.at(camera, this.middle(edit, frame));
    // A picture that is still on its way leaves the one before on screen.
    if (isThere && !video.hasPicture) return;
    const { videoWidth = 0, videoHeight = 0 } = isThere ? video.element : {};
    const scale = isThere ? Math.min(width / videoWidth, height / videoHeight) : 0;
    const [wide, high] = [videoWidth * scale, videoHeight * scale];
    if (wide < width - 1 || high < height - 1) context.fillRect(0, 0, width, height);
    if (isThere) {
      context.drawImage(video.element, (width - wide) / 2, (height - high) / 2, wide, high);
    }
  }
}
