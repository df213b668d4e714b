/** What the list and the view of an export show of how it stands: pure, from its status. */
import { type ExportStatus, isOver } from "multicam-export-client";
import { remedyFor } from "./remedies.ts";
import { about } from "./words.ts";

export type Action = "download" | "cancel" | "retry" | "delete";

export interface Row {
  tone: "running" | "resting" | "good" | "bad" | "gone";
  /** One or two words: what it is at. */
  stage: string;
  /** The rest of the sentence: place in the queue, time left; what went wrong. */
  detail: string;
  /** What to do where something went wrong. */
  remedy: string;
  /** 0 to 100; null where there is nothing to measure. */
  percent: number | null;
  actions: readonly Action[];
  /** For a screen reader; changes seldom enough to be listened to. */
  announcement: string;
}

const STAGES: Record<ExportStatus["stage"], string> = {
  queued: "Waiting in the queue",
  planning: "Planning",
  rendering: "Making pictures and sound",
  assembling: "Putting the file together",
  verifying: "Checking every frame",
  waiting: "Waiting for disk space",
  paused: "Paused by the operator",
};

/** The row as a sentence after its stage: `: late.mp4 is no video`, `, about 2 minutes left`. */
export function rest({ tone, detail }: Row): string {
  if (!detail) return "";
  return tone === "bad" ? `: ${detail}` : `, ${detail}`;
}

/** The row of an export. */
export function rowOf(status: ExportStatus): Row {
  switch (status.status) {
    case "completed":
      return {
        ...OVER,
        tone: "good",
        stage: "Ready",
        detail: tookOf(status),
        actions: ["download", "delete"],
      };
    case "failed":
      return {
        ...OVER,
        tone: "bad",
        stage: "Failed",
        detail: status.error ?? status.message,
        remedy: remedyFor(status.errorCode),
        actions: ["retry", "delete"],
      };
    case "cancelled":
      return { ...OVER, tone: "gone", stage: "Cancelled", detail: "", actions: ["retry"] };
    default:
      return underWay(status);
  }
}

const OVER = { remedy: "", percent: null, announcement: "" };

function underWay(status: ExportStatus): Row {
  const stage = STAGES[status.stage] ?? status.message;
  const rests = ["queued", "waiting", "paused"].includes(status.stage);
  const percent = Math.floor(status.progress * 100);
  const tens = Math.floor(percent / 10) * 10;
  return {
    tone: rests ? "resting" : "running",
    stage,
    detail: detailOf(status),
    remedy: status.stage === "waiting" ? remedyFor("no_space") : "",
    percent,
    actions: ["cancel"],
    announcement: tens > 0 ? `${stage}, ${tens} %` : stage,
  };
}

function detailOf({ stage, queuePosition, etaSeconds }: ExportStatus): string {
  if (stage === "queued") {
    if (queuePosition === null) return "";
    // The next one to be served has place 1.
    return queuePosition <= 1 ? "it is next" : `${queuePosition - 1} before it`;
  }
  return etaSeconds === null ? "" : `${about(etaSeconds)} left`;
}

function tookOf({ startedAt, finishedAt }: ExportStatus): string {
  if (!startedAt || !finishedAt) return "";
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return `it took ${about(Math.max(0, seconds))}`;
}

/** Those that are still to be told of, the ones at work before those that wait. */
export function underWayFirst(exports: readonly ExportStatus[]): ExportStatus[] {
  const rank = ({ status }: ExportStatus) => (status === "processing" ? 0 : 1);
  return exports.filter((one) => !isOver(one)).sort((a, b) => rank(a) - rank(b));
}
