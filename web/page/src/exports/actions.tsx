/** What can be done with an export: download, cancel, retry, delete. */
import {
  cancelExport,
  downloadExport,
  type ExportStatus,
  exportStatus,
  retryExport,
} from "multicam-export-client";
import { useState } from "preact/hooks";
import { sentenceOf } from "../api/ask.ts";
import { Button } from "../look/button.tsx";
import { Dialog } from "../look/dialog.tsx";
import { service } from "../session.ts";
import { type Action, rowOf } from "./rows.ts";

interface ActionsProps {
  status: ExportStatus;
  name: string;
  small?: boolean;
  /** How it stands after something was pressed. */
  onChange: (status: ExportStatus, action: Action) => void;
}

const WORDS: Record<Action, string> = {
  download: "Download",
  cancel: "Cancel",
  retry: "Try again",
  delete: "Delete",
};

export function Actions({ status, name, small = false, onChange }: ActionsProps) {
  const [busy, setBusy] = useState<Action | null>(null);
  const [error, setError] = useState("");
  const [asks, setAsks] = useState(false);
  const { jobId } = status;

  async function run(action: Action): Promise<void> {
    setAsks(false);
    setError("");
    setBusy(action);
    try {
      const next = await perform(action, status);
      if (next) onChange(next, action);
    } catch (wrong) {
      setError(sentenceOf(wrong));
    }
    setBusy(null);
  }

  return (
    <>
      <div class="row">
        {rowOf(status).actions.map((action) => (
          <Button
            key={action}
            small={small}
            {...(action === "download" && { kind: "main" })}
            disabled={busy !== null}
            aria-label={`${WORDS[action]} ${name}`}
            onClick={() => (action === "delete" ? setAsks(true) : void run(action))}
          >
            {WORDS[action]}
          </Button>
        ))}
      </div>
      {error && (
        <p class="bad" role="alert">
          {error}
        </p>
      )}
      {asks && (
        <Dialog title="Delete this export?" onClose={() => setAsks(false)}>
          <p>
            {status.status === "completed"
              ? `The file of ${name} is deleted from the service. What you have downloaded stays.`
              : `${name} is taken from the list.`}
          </p>
          <div class="row">
            <Button kind="bad" onClick={() => void run("delete")}>
              Delete
            </Button>
            <Button onClick={() => setAsks(false)}>Keep</Button>
          </div>
        </Dialog>
      )}
    </>
  );

  async function perform(action: Action, before: ExportStatus): Promise<ExportStatus | null> {
    const options = { service: service.peek() };
    switch (action) {
      case "download":
        await downloadExport(jobId, options);
        return null;
      case "retry":
        await retryExport(jobId, options);
        return exportStatus(jobId, options);
      default: {
        const { message } = await cancelExport(jobId, options);
        return { ...before, status: "cancelled", message, downloadUrl: null };
      }
    }
  }
}
