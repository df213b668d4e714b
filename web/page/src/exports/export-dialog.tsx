/** Asks how the programme is to be made, says beforehand what comes of it, and has it made. */
import { submitExport } from "multicam-export-client";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Edit } from "../edit/edit.ts";
import { Button } from "../look/button.tsx";
import { Dialog } from "../look/dialog.tsx";
import { Field } from "../look/field.tsx";
import { hrefOfExport } from "../route.ts";
import { change, edit as currentEdit, playhead, service } from "../session.ts";
import {
  type Choices,
  idFor,
  isShaped,
  QUALITIES,
  RATES,
  readChoices,
  SIZES,
  WAYS,
} from "./choices.ts";
import "./exports.css";
import { Faults } from "./faults.tsx";
import { rememberName } from "./names.ts";
import { orderOf } from "./order.ts";
import { OutlookView } from "./outlook-view.tsx";
import type { Place } from "./places.ts";
import { asExportError, type Planning, plan } from "./planning.ts";
import { Select } from "./select.tsx";

const PLACE = "multicam-export-choices";

export function ExportDialog({ onClose }: { onClose: () => void }) {
  const edit = currentEdit.value;
  return (
    <Dialog title="Export" onClose={onClose}>
      {edit && <ExportForm edit={edit} onClose={onClose} />}
    </Dialog>
  );
}

function ExportForm({ edit, onClose }: { edit: Edit; onClose: () => void }) {
  const [choices, setChoices] = useState(() => readChoices(localStorage.getItem(PLACE)));
  const [name, setName] = useState(edit.name);
  const [isAsking, setIsAsking] = useState(false);
  const [refusal, setRefusal] = useState<ReturnType<typeof asExportError> | null>(null);
  const title = name.trim() || "Untitled";
  // The same edit with the same choices is the same export, also when an answer was lost.
  const make = useMemo(() => {
    const id = idFor(title, new Date(), Math.random);
    return () => orderOf({ ...edit, name: title }, choices, id);
  }, [edit, title, choices]);
  const planning = usePlanning(make, [edit, choices]);

  function choose(some: Partial<Choices>): void {
    const next = { ...choices, ...some };
    setChoices(next);
    setRefusal(null);
    localStorage.setItem(PLACE, JSON.stringify(next));
  }

  async function submit(): Promise<void> {
    setIsAsking(true);
    setRefusal(null);
    try {
      const { config } = make();
      await submitExport(config, { service: service.peek() });
      rememberName(config.id, title);
      if (title !== edit.name) change({ ...edit, name: title });
      onClose();
      location.hash = hrefOfExport(config.id);
    } catch (error) {
      setRefusal(asExportError(error));
      setIsAsking(false);
    }
  }

  function go(place: Place): void {
    if (place.kind === "choice") {
      document.querySelector<HTMLElement>(`[data-choice="${place.field}"]`)?.focus();
      return;
    }
    onClose();
    if (place.kind === "camera") {
      const name = CSS.escape(edit.cameras[place.index]?.name ?? "");
      const tile = document.querySelector<HTMLElement>(`[data-camera="${name}"] button`);
      // The keyboard goes back to where it was when a dialog closes, and from there to the camera.
      setTimeout(() => tile?.focus());
      return;
    }
    const number = place.kind === "shot" ? place.turn : place.kind === "switch" ? place.index : 0;
    playhead.value = edit.switches[number]?.frame ?? 0;
  }

  const wrong = refusal ?? (planning.phase === "refused" ? planning.error : null);
  return (
    <form
      class="export-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div>
        <Field label="Name of the programme">
          <input
            value={name}
            maxLength={200}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <fieldset class="ways">
          <legend class="field-label">How it is made</legend>
          {WAYS.map(({ value, label, hint }) => (
            <label key={value} class="way">
              <input
                type="radio"
                name="way"
                value={value}
                data-choice={choices.way === value ? "way" : undefined}
                checked={choices.way === value}
                onChange={() => choose({ way: value })}
              />
              <span>
                <strong>{label}</strong>
                <span class="field-hint">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="choices">
          <Select
            label="Quality"
            field="quality"
            among={QUALITIES}
            value={choices.quality}
            hint={choices.way === "copy" ? "Of what is made anew." : null}
            onChoose={(quality) => choose({ quality })}
          />
          <Select
            label="Size"
            field="size"
            among={SIZES}
            value={isShaped(choices) ? choices.size : ""}
            isFixed={!isShaped(choices)}
            hint={isShaped(choices) ? null : "Copying keeps it."}
            onChoose={(size) => choose({ size })}
          />
          <Select
            label="Frames a second"
            field="fps"
            among={RATES}
            value={isShaped(choices) ? choices.fps : ""}
            isFixed={!isShaped(choices)}
            hint={isShaped(choices) ? null : "Copying keeps it."}
            onChoose={(fps) => choose({ fps })}
          />
          <label class="way">
            <input
              type="checkbox"
              data-choice="sound"
              checked={choices.sound}
              onChange={(event) => choose({ sound: event.currentTarget.checked })}
            />
            <strong>With sound</strong>
          </label>
        </div>
      </div>
      <section class="outlook" aria-label="What comes of it" aria-live="polite">
        {wrong ? (
          <Faults error={wrong} edit={edit} onGo={go} />
        ) : (
          planning.phase !== "refused" && (
            <OutlookView planning={planning} choices={choices} warnings={make().warnings} />
          )
        )}
      </section>
      <footer class="row dialog-foot">
        <button class="button button-main" type="submit" disabled={isAsking}>
          {isAsking ? "Asking…" : "Export"}
        </button>
        <Button onClick={onClose}>Not now</Button>
      </footer>
    </form>
  );
}

/** The dry run of what is chosen; begun anew whenever something of `on` is another. */
function usePlanning(make: () => ReturnType<typeof orderOf>, on: readonly unknown[]): Planning {
  const [planning, setPlanning] = useState<Planning>({ phase: "planning" });
  // The name of a programme changes no plan.
  useEffect(() => {
    const { state, end } = plan(() => make().config);
    const stop = state.subscribe(setPlanning);
    return () => {
      stop();
      end();
    };
  }, on);
  return planning;
}
