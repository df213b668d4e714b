/** From an edit to what web/client makes an export config of. */
import type { MulticamState } from "multicam-export-client";
import { shift } from "./cameras.ts";
import type { Camera, Edit } from "./edit.ts";
import { secondsOf, written } from "./rate.ts";
import { turns } from "./switches.ts";

const CLIP = "programme";

/**
 * The edit as the state of a multicam editor.
 *
 * Frame N of the edit is frame N of the programme: cameras lie on whole frames (see `shift`), times are
 * those of frames at the programme's rate, and the rate is written so that the service takes it for the
 * same fraction.
 */
export function toState(edit: Edit): MulticamState {
  const lead = leadOf(edit);
  return {
    multicam: {
      activeClipId: CLIP,
      clips: [
        {
          id: CLIP,
          duration: secondsOf(edit.frames, edit.rate),
          angles: edit.cameras.map((camera) => ({
            id: camera.id,
            name: camera.name,
            mediaId: camera.source,
            syncOffset: shift(camera),
          })),
          switchPoints: edit.switches.map(({ frame, camera }) => ({
            time: secondsOf(frame, edit.rate),
            angleId: camera,
          })),
        },
      ],
    },
    assets: edit.cameras.map((camera) => ({
      id: camera.source,
      name: camera.source,
      width: camera.width,
      height: camera.height,
      duration: camera.seconds,
      fps: camera.fps,
      hasAudio: camera.hasSound,
    })),
    project: {
      metadata: { id: "", name: edit.name },
      settings: {
        fps: written(edit.rate),
        canvasSize: { width: lead.width, height: lead.height },
      },
    },
  };
}

/** The camera that is on for longest; of several the first. Its size is the programme's. */
export function leadOf(edit: Edit): Camera {
  const frames = new Map<string, number>();
  for (const { camera, start, end } of turns(edit)) {
    frames.set(camera, (frames.get(camera) ?? 0) + end - start);
  }
  return edit.cameras.reduce((best, camera) =>
    (frames.get(camera.id) ?? 0) > (frames.get(best.id) ?? 0) ? camera : best,
  );
}
