/** All cameras' videos: each to its place, at the time of the programme. */
import { shift } from "../edit/cameras.ts";
import type { Camera, Edit } from "../edit/edit.ts";
import { rateOf } from "../edit/rate.ts";
import { cameraFrame, framesOf, programmeFrame, shownAt } from "../edit/shown.ts";
import { cameraAt } from "../edit/switches.ts";
import type { CameraVideo } from "./camera-video.ts";
import { type Lack, mustWait } from "./follow.ts";

/** Who is seen big and who is heard, by id. */
export interface Cast {
  readonly main: string;
  readonly heard: string;
}

export class Stage {
  private readonly videos = new Map<string, CameraVideo>();

  attach(id: string, video: CameraVideo): void {
    this.videos.set(id, video);
  }

  detach(id: string): void {
    this.videos.get(id)?.close();
    this.videos.delete(id);
  }

  close(): void {
    for (const id of [...this.videos.keys()]) this.detach(id);
  }

  pause(): void {
    for (const video of this.videos.values()) video.pause();
  }

  /** A camera's video, where the camera has anything at that second of the programme. */
  at(camera: Camera, second: number): CameraVideo | null {
    const place = second + shift(camera);
    const video = this.videos.get(camera.id);
    return video?.isUsable && place >= 0 && place < camera.seconds ? video : null;
  }

  /** A camera at a frame of the programme; where it has none, at its first or last, ready to go on. */
  show(edit: Edit, camera: Camera, frame: number): void {
    const video = this.videos.get(camera.id);
    if (!video?.isUsable) return;
    const own = rateOf(video.fps);
    const last = framesOf(camera, own) - 1;
    // Whose turn it is shows what the file will; with another rate than the programme's that depends on
    // where the turn began.
    const isOn = cameraAt(edit, frame) === camera.id && camera.fps !== null;
    const due = isOn ? shownAt(edit, frame).frame : null;
    video.showFrame(Math.min(last, due ?? cameraFrame(camera, frame, edit.rate, own)));
  }

  showAll(edit: Edit, frame: number): void {
    for (const camera of edit.cameras) this.show(edit, camera, frame);
  }

  /** The first camera at once; the others while it has nothing to do, or it would never be done. */
  showQuickly(edit: Edit, main: string, frame: number): void {
    const leads = this.videos.get(main);
    for (const camera of edit.cameras) {
      if (camera.id === main || !leads?.isSeeking) this.show(edit, camera, frame);
    }
  }

  /** Whether everybody who has a picture then could play on; or only those who are seen and heard. */
  isReady(edit: Edit, second: number, { main, heard }: Cast, all: boolean): boolean {
    return edit.cameras.every((camera) => {
      const video = this.at(camera, second);
      return !video || video.isReady || !(all || camera.id === main || camera.id === heard);
    });
  }

  /** Everybody plays at that second of the programme. False: some have fallen behind, all are to wait. */
  playAt(edit: Edit, second: number, speed: number, now: number, { main, heard }: Cast): boolean {
    const lacks: Lack[] = [];
    for (const camera of edit.cameras) {
      const video = this.videos.get(camera.id);
      if (!video?.isUsable) continue;
      const place = second + shift(camera);
      if (!this.at(camera, second)) {
        video.pause();
        if (place < 0 && !video.isSeeking && video.second > 1 / video.fps) video.showFrame(0);
        continue;
      }
      const isHeard = camera.id === heard;
      video.element.muted = !isHeard;
      // At speed 1 only those hurry that are not heard, and that is cheaper so.
      video.element.preservesPitch = speed !== 1;
      video.keepAt(place, speed, now, isHeard);
      lacks.push({ isWanted: camera.id === main || isHeard, seconds: video.lacks(now) });
    }
    return !mustWait(lacks);
  }

  /** The second of the programme that is heard, or null where nothing is. */
  heardAt(edit: Edit, second: number, heard: string): number | null {
    const camera = edit.cameras.find(({ id }) => id === heard);
    const video = camera ? this.at(camera, second) : null;
    if (!camera || !video?.isReady || video.element.paused) return null;
    return video.second - shift(camera);
  }

  /** The frame of the programme whose picture a camera has on screen, or null. */
  seen(edit: Edit, camera: Camera, second: number): number | null {
    const video = this.at(camera, second);
    if (!video || video.shown === null || video.isSeeking) return null;
    return programmeFrame(camera, video.shown, edit.rate, rateOf(video.fps));
  }
}
