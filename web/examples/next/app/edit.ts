import type { MulticamState } from "multicam-export-client";

/** What an editor would hold: two cameras, the second begun 0.4 s after the first, and two switches. */
export const EDIT: MulticamState = {
  multicam: {
    activeClipId: "clip",
    clips: [
      {
        id: "clip",
        duration: 3,
        angles: [
          { id: "a", name: "Wide", mediaId: "wide", syncOffset: 0 },
          { id: "b", name: "Close up", mediaId: "close", syncOffset: -0.4 },
        ],
        switchPoints: [
          { time: 0, angleId: "a" },
          { time: 1.2, angleId: "b" },
          { time: 2.2, angleId: "a" },
        ],
      },
    ],
  },
  assets: [
    { id: "wide", name: "camera-1.mp4", duration: 3, fps: 30 },
    { id: "close", name: "camera-2.mp4", duration: 3, fps: 30 },
  ],
  project: {
    metadata: { id: "p12", name: "Episode 12" },
    settings: { fps: 30, canvasSize: { width: 320, height: 180 } },
  },
};
