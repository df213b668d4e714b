/** The camera files: which there are, which are cut between, and how they lie to each other. */
import { useSignal } from "@preact/signals";
import { change, edit, playhead } from "../session.ts";
import { CamerasPanel } from "./cameras-panel.tsx";
import { Picker } from "./picker.tsx";
import "./sources.css";

export function SourcesPanel() {
  const isPicking = useSignal(false);
  const now = edit.value;
  if (now && !isPicking.value) {
    return (
      <CamerasPanel
        edit={now}
        onOthers={() => {
          isPicking.value = true;
        }}
      />
    );
  }
  const back = () => {
    isPicking.value = false;
  };
  return (
    <Picker
      onCancel={now ? back : undefined}
      onEdit={(next) => {
        // A step like any other: undo brings the former edit back.
        change(next);
        playhead.value = 0;
        back();
      }}
    />
  );
}
