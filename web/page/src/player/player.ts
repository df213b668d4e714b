/**
 * Plays an edit: all cameras' videos kept at one clock, the programme drawn from whoever is on.
 *
 * The big picture is drawn from the tile's own video: switching shows what is decoded already, without a
 * moment of black, and each camera is decoded once. The frame of the programme is told by the picture on
 * screen, so that a key switches at what was seen.
 */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { spanOf } from "../edit/cameras.ts";
import { cameraOf, type Edit } from "../edit/edit.ts";
import { frameAt, perSecond, secondsOf } from "../edit/rate.ts";
import { cameraAt } from "../edit/switches.ts";
import { atSpeed, type Clock, ledBy, shuttle, standing, timeOf } from "./clock.ts";
import { paint } from "./screen.ts";
import { type Cast, Stage } from "./stage.ts";
import { begin, goOn, type Take } from "./take.ts";

/** The sound of whoever is on, as in the exported file. */
export const SOUND_OF_PROGRAMME = "programme";
/** The screen may lag behind the clock by this many frames; more, and the clock is believed. */
const MOST_LAG_FRAMES = 3;
/** So long those are waited for that are neither seen big nor heard. */
const PATIENCE_MS = 4000;
/** A clock that is a hair before a frame is in the one before. */
const HAIR_SECONDS = 0.001;

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
  readonly stage = new Stage();
  private canvas: HTMLCanvasElement | null = null;
  private clock: Clock = standing(0, 0);
  private waitsSince = 0;
  private tickId = 0;
  /** Where the player itself put the playhead; anything else there is somebody who wants to go there. */
  private own = 0;
  private isStale = false;
  private readonly stopListening: () => void;

  constructor(readonly desk: Desk) {
    this.stopListening = effect(() => {
      const frame = desk.playhead.value;
      const edit = desk.edit.value;
      if (!edit) return;
      if (frame === this.own && this.speed.peek() !== 0) this.draw();
      else this.jump(edit, frame);
    });
  }

  close(): void {
    this.stopListening();
    cancelAnimationFrame(this.tickId);
    this.stage.close();
  }

  /** Whether a camera has a picture at the playhead; follows edit and playhead. */
  isThere(id: string): boolean {
    const edit = this.desk.edit.value;
    const camera = edit?.cameras.find((one) => one.id === id);
    if (!edit || !camera) return false;
    const { start, end } = spanOf(camera, edit.rate);
    return start <= this.desk.playhead.value && this.desk.playhead.value < end;
  }

  drawOn(canvas: HTMLCanvasElement | null): void {
    this.canvas = canvas;
    this.draw();
  }

  /** A camera's video has put another picture on screen. */
  hasPicture(id: string): void {
    const edit = this.desk.edit.peek();
    if (!edit || cameraAt(edit, this.desk.playhead.peek()) !== id) return;
    // While it plays the next tick draws, once, whatever has changed.
    if (this.state.peek() === "playing") this.isStale = true;
    else this.draw();
  }

  /** A video has become playable: where all stand still it shows the playhead's frame. */
  loaded(id: string): void {
    const edit = this.desk.edit.peek();
    const camera = edit?.cameras.find((one) => one.id === id);
    if (!edit || !camera || this.speed.peek() !== 0) return;
    this.stage.show(edit, camera, this.desk.playhead.peek());
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
    this.take.value = null;
    const edit = this.desk.edit.peek();
    if (edit) this.jump(edit, this.desk.playhead.peek());
  }

  step(frames: number): void {
    this.stop();
    this.goTo(this.desk.playhead.peek() + frames);
  }

  goTo(frame: number): void {
    const edit = this.desk.edit.peek();
    if (!edit) return;
    this.desk.playhead.value = Math.min(edit.frames - 1, Math.max(0, Math.round(frame)));
  }

  /** Switch to a camera at the frame on screen; while it plays that begins a take. */
  switchTo(id: string): void {
    const edit = this.desk.edit.peek();
    if (!edit) return;
    const take = begin(edit, this.desk.playhead.peek(), id, this.take.peek());
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
    if (speed > 0 && this.desk.playhead.peek() >= edit.frames - 1) this.goTo(0);
    if (speed < 0) this.take.value = null;
    this.own = this.desk.playhead.peek();
    this.speed.value = speed;
    this.prepare(edit, this.own);
  }

  /** Somebody wants to be at a frame: all videos go there, and on from there if it plays. */
  private jump(edit: Edit, frame: number): void {
    this.own = frame;
    if (this.speed.peek() !== 0) {
      this.take.value = null;
      this.prepare(edit, frame);
    } else {
      this.stage.showAll(edit, frame);
    }
    this.draw();
  }

  /** Everybody to their place; forwards the clock stands until they are there. */
  private prepare(edit: Edit, frame: number): void {
    const speed = this.speed.peek();
    const now = performance.now();
    this.halt(speed > 0 ? "waiting" : "playing");
    this.clock = standing(this.middle(edit, frame), now);
    if (speed < 0) this.clock = atSpeed(this.clock, now, speed);
    this.waitsSince = now;
    this.stage.showAll(edit, frame);
    this.tickId = requestAnimationFrame(this.tick);
  }

  private halt(state: State): void {
    cancelAnimationFrame(this.tickId);
    this.stage.pause();
    this.state.value = state;
  }

  private readonly tick = (now: number): void => {
    const edit = this.desk.edit.peek();
    const speed = this.speed.peek();
    if (!edit || speed === 0) return;
    if (this.state.peek() === "waiting") this.wait(edit, now, speed);
    else if (speed > 0) this.playOn(edit, now, speed);
    else this.playBack(edit, now);
    if (this.speed.peek() === 0) return;
    cancelAnimationFrame(this.tickId);
    this.tickId = requestAnimationFrame(this.tick);
  };

  /** Begin as soon as whoever has a picture then could play on. */
  private wait(edit: Edit, now: number, speed: number): void {
    const place = timeOf(this.clock, now);
    const cast = this.cast(edit, this.own);
    const isPatient = now - this.waitsSince < PATIENCE_MS;
    if (!this.stage.isReady(edit, place, cast, isPatient)) return;
    this.clock = atSpeed(standing(place, now), now, speed);
    this.state.value = "playing";
    this.playOn(edit, now, speed);
  }

  private playOn(edit: Edit, now: number, speed: number): void {
    const heardNow = this.cast(edit, this.own).heard;
    const heard = this.stage.heardAt(edit, timeOf(this.clock, now), heardNow);
    if (heard !== null) this.clock = ledBy(this.clock, now, heard);
    const time = timeOf(this.clock, now);
    const frame = Math.max(0, frameAt(time - HAIR_SECONDS, edit.rate));
    if (frame >= edit.frames) {
      this.stop();
      this.goTo(edit.frames - 1);
      return;
    }
    const current = this.overwrite(edit, frame);
    const cast = this.cast(current, frame);
    const isWell = this.stage.playAt(current, time, speed, now, cast);
    // Who is switched to may be a frame behind who was on: the playhead does not go back for that.
    this.put(Math.max(this.own, this.onScreen(current, cast.main, frame)));
    if (!isWell) this.prepare(current, this.own);
  }

  /** Backwards no browser plays: the pictures are sought one after the other, as quickly as they come. */
  private playBack(edit: Edit, now: number): void {
    const frame = Math.max(0, frameAt(timeOf(this.clock, now) - HAIR_SECONDS, edit.rate));
    this.put(frame);
    this.stage.showQuickly(edit, cameraAt(edit, frame), frame);
    if (frame === 0) this.stop();
  }

  /** A take replaces the cuts that the playhead has passed. */
  private overwrite(edit: Edit, frame: number): Edit {
    const take = this.take.peek();
    const next = take && goOn(take, edit, frame);
    if (!take || next === take) return edit;
    this.take.value = next && { ...next, hasChanged: true };
    if (!next) return edit;
    if (take.hasChanged) this.desk.amend(next.made);
    else this.desk.change(next.made);
    return next.made;
  }

  /** The frame whose picture is on screen; where there is none the clock's. */
  private onScreen(edit: Edit, main: string, frame: number): number {
    const camera = cameraOf(edit, main);
    const seen = this.stage.seen(edit, camera, this.middle(edit, frame));
    if (seen === null) return frame;
    const isNear = Math.abs(seen - frame) <= MOST_LAG_FRAMES * Math.max(1, this.speed.peek());
    return isNear ? Math.min(edit.frames - 1, Math.max(0, seen)) : frame;
  }

  private put(frame: number): void {
    this.own = frame;
    if (this.desk.playhead.peek() !== frame) this.desk.playhead.value = frame;
    else if (this.isStale) this.draw();
  }

  private cast(edit: Edit, frame: number): Cast {
    const main = cameraAt(edit, frame);
    const sound = this.sound.peek();
    return { main, heard: sound === SOUND_OF_PROGRAMME ? main : sound };
  }

  private middle(edit: Edit, frame: number): number {
    return secondsOf(frame, edit.rate) + 0.5 / perSecond(edit.rate);
  }

  private draw(): void {
    this.isStale = false;
    const edit = this.desk.edit.peek();
    if (!edit || !this.canvas) return;
    const frame = this.desk.playhead.peek();
    const camera = cameraOf(edit, cameraAt(edit, frame));
    const video = this.stage.at(camera, this.middle(edit, frame));
    if (!video || video.hasPicture) paint(this.canvas, video?.element ?? null);
  }
}
