/** What the page holds while it is open: who asks, what is edited, and where the playhead is. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Service } from "multicam-export-client";
import { askingForKeys } from "./api/key.ts";
import type { Edit } from "./edit/edit.ts";
import * as history from "./edit/history.ts";
import { load, save } from "./edit/save.ts";

/** The service as every call of `multicam-export-client` takes it; carries the key where there is one. */
export const service: ReadonlySignal<Service> = signal(askingForKeys());

const steps = signal<history.History<Edit> | null>(null);

/** What is edited now; null until cameras are picked. */
export const edit: ReadonlySignal<Edit | null> = computed(() => steps.value?.present ?? null);
export const canUndo: ReadonlySignal<boolean> = computed(() => !!steps.value?.past.length);
export const canRedo: ReadonlySignal<boolean> = computed(() => !!steps.value?.future.length);

/** The frame of the programme that is shown. */
export const playhead = signal(0);

/** Makes `next` what is edited, a step that can be undone. */
export function change(next: Edit): void {
  const before = steps.peek();
  if (next === before?.present) return;
  steps.value = before ? history.push(before, next) : history.begin(next);
}

/** Begins with another edit: what was before cannot be undone to. */
export function open(next: Edit | null): void {
  steps.value = next && history.begin(next);
  playhead.value = 0;
}

/** Takes the last change back. */
export function undo(): void {
  if (steps.value) steps.value = history.undo(steps.value);
}

/** Makes the change again that was taken back. */
export function redo(): void {
  if (steps.value) steps.value = history.redo(steps.value);
}

const PLACE = "multicam-edit";

/** Has the edit survive a reload of the page. */
export function remember(storage: Storage = localStorage): () => void {
  const text = storage.getItem(PLACE);
  if (text !== null && edit.peek() === null) {
    try {
      open(load(text));
    } catch {
      // What an older page wrote is no reason for this one not to open.
    }
  }
  return effect(() => {
    if (edit.value === null) storage.removeItem(PLACE);
    else storage.setItem(PLACE, save(edit.value));
  });
}
