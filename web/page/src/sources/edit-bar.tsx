/** What the edit is called, and how it is saved, opened and begun anew. */
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Edit } from "../edit/edit.ts";
import { fileNameOf, load, save } from "../edit/save.ts";
import { saveText } from "../exports/save-text.ts";
import { Button } from "../look/button.tsx";
import { change } from "../session.ts";
import { ChooseFiles } from "./drop.tsx";

interface EditBarProps {
  edit: Edit;
  onEdit: (edit: Edit) => void;
  onOthers: () => void;
}

export function EditBar({ edit, onEdit, onOthers }: EditBarProps) {
  return (
    <div class="row row-apart edit-bar">
      <NameField edit={edit} />
      <div class="row">
        <Button onClick={() => saveText(fileNameOf(edit), save(edit))}>Save</Button>
        <OpenEdit onEdit={onEdit} words="Open…" />
        <Button onClick={onOthers}>New…</Button>
      </div>
    </div>
  );
}

function NameField({ edit }: { edit: Edit }) {
  const [name, setName] = useState(edit.name);
  useEffect(() => setName(edit.name), [edit.name]);
  const take = () => {
    const next = name.trim();
    if (next === "") setName(edit.name);
    else if (next !== edit.name) change({ ...edit, name: next });
  };
  return (
    <input
      class="input edit-name"
      aria-label="Name of the edit"
      maxLength={200}
      value={name}
      onInput={(event) => setName(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        else if (event.key === "Escape") setName(edit.name);
      }}
    />
  );
}

/** Opens a file that *Save* wrote. */
export function OpenEdit({ onEdit, words }: { onEdit: (edit: Edit) => void; words: string }) {
  const unreadable = useSignal<string | null>(null);
  const open = async ([file]: readonly File[]) => {
    if (!file) return;
    try {
      onEdit(load(await file.text()));
      unreadable.value = null;
    } catch (error) {
      unreadable.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <>
      <ChooseFiles
        onFiles={(files) => void open(files)}
        words={words}
        accept="application/json,.json"
        isOne
      />
      {unreadable.value && (
        <p class="bad" role="alert">
          {unreadable.value}
        </p>
      )}
    </>
  );
}
