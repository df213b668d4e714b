/** The camera files: which there are, which are cut between, and how they lie to each other. */
import { useSignal } from "@preact/signals";
import type { Edit } from "../edit/edit.ts";
import { change, edit, playhead } from "../session.ts";
import { CamerasPanel, camerasAreOpen } from "./cameras-panel.tsx";
import { EditBar } from "./edit-bar.tsx";
import { Picker } from "./picker.tsx";
import "./sources.css";

export function SourcesPanel() {
  const isPicking = useSignal(false);
  const now = edit.value;
  const begin = (next: Edit) => {
    // A step like any other: undo brings the former edit back.
    change(next);
    playhead.value = 0;
    camerasAreOpen.value = true;
    isPicking.value = false;
  };
  if (!now || isPicking.value) {
    const back = () => {
      isPicking.value = false;
    };
    return <Picker onCancel={now ? back : undefined} onEdit={begin} />;
  }
  return (
    <section class="panel stack-small edit-panel" aria-label="Edit">
      <EditBar
        edit={now}
        onEdit={begin}
        onOthers={() => {
          isPicking.value = true;
        }}
      />
      <CamerasPanel edit={now} />
    </section>
  );
}
