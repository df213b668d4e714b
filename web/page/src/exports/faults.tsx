/** What is wrong with an edit or a config, each with a way to where it can be mended. */
import type { ExportError, Fault } from "multicam-export-client";
import type { Edit } from "../edit/edit.ts";
import { timecode } from "../edit/timecode.ts";
import { Button } from "../look/button.tsx";
import { type Place, placeOf } from "./places.ts";
import { remedyFor } from "./remedies.ts";

interface FaultsProps {
  error: ExportError;
  edit: Edit;
  /** Takes a person to where it can be mended. */
  onGo: (place: Place) => void;
}

const MOST = 20;

export function Faults({ error, edit, onGo }: FaultsProps) {
  const { faults } = error;
  const help = remedyFor(error.code);
  return (
    <div class="faults" role="alert">
      <p class="bad">{faults.length > 1 ? "This cannot be exported yet:" : error.message}</p>
      {help && faults.length === 0 && <p>{help}</p>}
      {faults.length > 0 && (
        <ul>
          {faults.slice(0, MOST).map((fault) => (
            <FaultLine key={`${fault.place} ${fault.code}`} {...{ fault, edit, onGo }} />
          ))}
        </ul>
      )}
      {faults.length > MOST && <p>… and {faults.length - MOST} more.</p>}
    </div>
  );
}

function FaultLine({ fault, edit, onGo }: { fault: Fault } & Omit<FaultsProps, "error">) {
  const place = placeOf(fault.place);
  const words = placeInWords(place, edit);
  return (
    <li>
      {fault.message}{" "}
      {words && (
        <Button small onClick={() => onGo(place)}>
          {`Go to ${words}`}
        </Button>
      )}
    </li>
  );
}

/** Where it is; empty where there is nowhere to go. */
export function placeInWords(place: Place, edit: Edit): string {
  switch (place.kind) {
    case "shot":
    case "switch": {
      const number = place.kind === "shot" ? place.turn : place.index;
      const frame = edit.switches[number]?.frame;
      return frame === undefined ? "" : `shot ${number + 1} at ${timecode(frame, edit.rate)}`;
    }
    case "camera":
      return edit.cameras[place.index]?.name ?? "";
    case "choice":
      return {
        way: "the way",
        quality: "quality",
        size: "size",
        fps: "frame rate",
        sound: "sound",
      }[place.field];
    case "none":
      return "";
  }
}
