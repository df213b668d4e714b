/** What the button shows: pure, from how an export stands. */
import type { ExportStatus } from "./contract.js";
import type { ExportError } from "./errors.js";

export type ButtonState =
  | { phase: "idle"; note: string }
  | { phase: "asking" }
  | { phase: "running"; status: ExportStatus | null; isCancelling: boolean; isCutOff: boolean }
  | { phase: "completed"; status: ExportStatus }
  | { phase: "failed"; error: ExportError; isOfExport: boolean };

export type Action = "export" | "cancel" | "retry" | "download" | "again";

/** Every word that the button says by itself; sentences about an export come from the service. */
export interface Labels {
  export: string;
  cancel: string;
  retry: string;
  download: string;
  again: string;
  progress: string;
  asking: string;
  cancelling: string;
  cancelled: string;
  cutOff: string;
  completed: string;
  stages: Record<ExportStatus["stage"], string>;
  queue: (position: number) => string;
  secondsLeft: (seconds: number) => string;
}

export const LABELS: Labels = {
  export: "Export",
  cancel: "Cancel",
  retry: "Try again",
  download: "Download",
  again: "Export again",
  progress: "Export",
  asking: "Asking for the export",
  cancelling: "Cancelling",
  cancelled: "The export was cancelled.",
  cutOff: "The export service cannot be reached at the moment; the export goes on.",
  completed: "The export is ready.",
  stages: {
    queued: "Waiting in the queue",
    planning: "Planning",
    rendering: "Rendering",
    assembling: "Assembling",
    verifying: "Checking",
    waiting: "Waiting for disk space",
    paused: "Paused",
  },
  queue: (position) => `number ${position}`,
  secondsLeft: (seconds) => {
    if (seconds < 10) return "a few seconds left";
    if (seconds < 90) return `about ${Math.round(seconds / 10) * 10} s left`;
    if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`;
    return `about ${Math.round(seconds / 360) / 10} h left`;
  },
};

export interface View {
  phase: ButtonState["phase"];
  actions: readonly Action[];
  /** 0 to 100; null where there is nothing to measure. */
  percent: number | null;
  stage: string;
  eta: string;
  error: string;
  /** What exactly is wrong, or what a person should know about the result. */
  details: readonly string[];
  /** For a screen reader; changes seldom enough to be listened to. */
  announcement: string;
}

const NOTHING: Omit<View, "phase" | "actions"> = {
  percent: null,
  stage: "",
  eta: "",
  error: "",
  details: [],
  announcement: "",
};

/** What there is to see and to press. */
export function viewOf(state: ButtonState, labels: Labels = LABELS): View {
  const { phase } = state;
  switch (phase) {
    case "idle":
      return {
        ...NOTHING,
        phase,
        actions: ["export"],
        stage: state.note,
        announcement: state.note,
      };
    case "asking":
      return { ...NOTHING, phase, actions: ["cancel"], percent: 0, ...both(labels.asking) };
    case "running":
      return { ...NOTHING, phase, ...running(state, labels) };
    case "completed": {
      const { warnings } = state.status;
      const actions: Action[] = ["download", "again"];
      const said = both(labels.completed);
      return { ...NOTHING, phase, actions, percent: 100, ...said, details: warnings };
    }
    case "failed": {
      const { message: error, faults } = state.error;
      const details = faults.length > 1 ? faults.map(({ message }) => message) : [];
      // An export that failed is tried again as it was asked for; who has edited since asks anew.
      const actions: Action[] = state.isOfExport ? ["retry", "again"] : ["retry"];
      return { ...NOTHING, phase, actions, error, details };
    }
  }
}

function both(sentence: string): { stage: string; announcement: string } {
  return { stage: sentence, announcement: sentence };
}

function running(
  { status, isCancelling, isCutOff }: Extract<ButtonState, { phase: "running" }>,
  labels: Labels,
): Partial<View> & Pick<View, "actions"> {
  const percent = Math.floor((status?.progress ?? 0) * 100);
  if (isCancelling) return { actions: [], percent, ...both(labels.cancelling) };
  const actions: Action[] = ["cancel"];
  if (isCutOff) return { actions, percent, ...both(labels.cutOff) };
  if (!status) return { actions, percent, ...both(labels.asking) };
  const stage = labels.stages[status.stage] ?? status.message;
  const position = status.queuePosition;
  if (status.stage === "queued" && position) {
    return { actions, percent, ...both(`${stage}, ${labels.queue(position)}`) };
  }
  const eta = status.etaSeconds === null ? "" : labels.secondsLeft(status.etaSeconds);
  const tens = Math.floor(percent / 10) * 10;
  const announcement = tens > 0 ? `${stage}, ${tens} %` : stage;
  return { actions, percent, stage, eta, announcement };
}
