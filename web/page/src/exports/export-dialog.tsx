import { Dialog } from "../look/dialog.tsx";

/** Asks how the programme is to be made, and has it made. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  return <Dialog title="Export" onClose={onClose} />;
}
