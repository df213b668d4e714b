/** Choosing the cameras of a new edit. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { newEdit } from "../edit/cameras.ts";
import type { Edit } from "../edit/edit.ts";
import { Button } from "../look/button.tsx";
import { keys } from "../session.ts";
import { ChooseFiles, Drop } from "./drop.tsx";
import { OpenEdit } from "./edit-bar.tsx";
import {
  camerasOf,
  moved,
  ORDERS,
  type Order,
  shown,
  toggled,
  usable,
  whatIsMissing,
} from "./picking.ts";
import { SourceCard } from "./source-card.tsx";
import { refreshSources, sources, trouble, watchSources } from "./sources.ts";
import { UploadList } from "./upload-list.tsx";
import { isSending, recallUploads, upload } from "./uploads.ts";
import { pathInParts } from "./words.ts";

interface PickerProps {
  onEdit: (edit: Edit) => void;
  /** Where there is an edit to go back to. */
  onCancel?: (() => void) | undefined;
}

export function Picker({ onEdit, onCancel }: PickerProps) {
  const search = useSignal("");
  const order = useSignal<Order>("name");
  const chosen = useSignal<readonly string[]>([]);
  const picked = useComputed(() => usable(chosen.value, sources.value ?? []));
  useEffect(() => {
    const stop = watchSources();
    void recallUploads();
    const warn = (event: BeforeUnloadEvent) => {
      if (isSending()) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      stop();
      removeEventListener("beforeunload", warn);
    };
  }, []);
  // Another key has another list.
  const { value: given } = keys.given;
  const first = useRef(given);
  useEffect(() => {
    if (given !== first.current) refreshSources();
  }, [given]);
  const all = sources.value;
  const list = shown(all ?? [], search.value, order.value);
  const missing = whatIsMissing(picked.value);
  return (
    <section class="panel stack picker" aria-labelledby="picker-title">
      <Drop onFiles={upload}>
        <div class="stack">
          <div class="row row-apart">
            <h2 id="picker-title">Choose your cameras</h2>
            <div class="row">
              <ChooseFiles onFiles={upload} />
              <OpenEdit onEdit={onEdit} words="Open a saved edit…" />
              {onCancel && (
                <Button kind="plain" onClick={onCancel}>
                  Back to the edit
                </Button>
              )}
            </div>
          </div>
          <Trouble />
          <UploadList />
          {all?.length === 0 && <FirstTime />}
          {all !== null && all.length > 0 && (
            <>
              <div class="row picker-tools">
                <input
                  class="input picker-search"
                  type="search"
                  placeholder="Search"
                  aria-label="Search for a file"
                  value={search.value}
                  onInput={(event) => {
                    search.value = event.currentTarget.value;
                  }}
                />
                <select
                  class="input picker-order"
                  aria-label="Order"
                  value={order.value}
                  onChange={(event) => {
                    order.value = event.currentTarget.value as Order;
                  }}
                >
                  {Object.entries(ORDERS).map(([name, words]) => (
                    <option value={name} key={name}>
                      {words}
                    </option>
                  ))}
                </select>
              </div>
              <ul class="source-grid" aria-label="Camera files">
                {list.map((source) => (
                  <SourceCard
                    key={source.filePath}
                    source={source}
                    place={picked.value.indexOf(source.filePath) + 1}
                    isFull={toggled(picked.value, source.filePath) === picked.value}
                    onPick={() => {
                      chosen.value = toggled(picked.value, source.filePath);
                    }}
                  />
                ))}
              </ul>
              {list.length === 0 && <p class="soft">No file has “{search.value}” in its name.</p>}
            </>
          )}
          {all === null && !trouble.value && <p class="soft">Looking for camera files…</p>}
        </div>
      </Drop>
      {all !== null && all.length > 0 && (
        <div class="picker-end">
          <PickedList
            picked={picked.value}
            onChange={(next) => {
              chosen.value = next;
            }}
          />
          <div class="row">
            <span class="soft" role="status">
              {missing}
            </span>
            <Button
              kind="main"
              disabled={missing !== null}
              onClick={() => onEdit(newEdit(camerasOf(picked.value, all)))}
            >
              Start cutting
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

function Trouble() {
  if (!trouble.value) return null;
  return (
    <div class="row bad" role="alert">
      {trouble.value}
      {keys.asking.value === "declined" ? (
        <Button small onClick={() => keys.offer()}>
          Enter a key…
        </Button>
      ) : (
        <Button small onClick={refreshSources}>
          Try again
        </Button>
      )}
    </div>
  );
}

function FirstTime() {
  return (
    <div class="first-time">
      <p>There are no camera files yet.</p>
      <ol>
        <li>Drop the files of your cameras here, or press “Upload files…”.</li>
        <li>Pick the cameras of one recording, two to six.</li>
        <li>Line them up by their sound, and cut between them while they play.</li>
        <li>Export, and download your programme.</li>
      </ol>
      <p class="small soft">
        Whoever runs this service can also put files into its folder <code>sources</code>.
      </p>
    </div>
  );
}

interface PickedListProps {
  picked: readonly string[];
  onChange: (next: readonly string[]) => void;
}

function PickedList({ picked, onChange }: PickedListProps) {
  if (picked.length === 0)
    return <p class="soft">The first camera gives the programme its frame rate.</p>;
  return (
    <ol class="row" aria-label="Picked cameras, in order">
      {picked.map((filePath, index) => {
        const { name } = pathInParts(filePath);
        return (
          <li class="picked" key={filePath}>
            <span class={`badge camera-${index + 1}`}>{index + 1}</span>
            <span class="picked-name">{name}</span>
            <Button
              small
              kind="plain"
              disabled={index === 0}
              aria-label={`Move ${name} one place to the front`}
              onClick={() => onChange(moved(picked, filePath, -1))}
            >
              ←
            </Button>
            <Button
              small
              kind="plain"
              disabled={index === picked.length - 1}
              aria-label={`Move ${name} one place to the end`}
              onClick={() => onChange(moved(picked, filePath, 1))}
            >
              →
            </Button>
            <Button
              small
              kind="plain"
              aria-label={`Do not pick ${name}`}
              onClick={() => onChange(toggled(picked, filePath))}
            >
              ✕
            </Button>
          </li>
        );
      })}
    </ol>
  );
}
