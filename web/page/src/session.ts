/** What the page holds while it is open: who asks, what is edited, and where the playhead is. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Service } from "multicam-export-client";
import { Keys } from "./api/key.ts";
import type { Edit } from "./edit/edit.ts";
import { History } from "./edit/history.ts";
import { load, save } from "./edit/save.ts";

/** Who asks. */
export const keys = new Keys({ tab: sessionStorage, computer: localStorage });

/** The service as every call of `multicam-export-client` takes it; carries the key where there is one. */
export const service: ReadonlySignal<Service> = signal(
  keys.service((...call) => globalThis.fetch(...call)),
);

const steps = signal<History<Edit> | null>(null);

/** What is edited now; null until cameras are picked. */
export const edit: ReadonlySignal<Edit | null> = computed(() => steps.value?.present ?? null);
export const canUndo: ReadonlySignal<boolean> = computed(() => steps.value?.canUndo ?? false);
export const canRedo: ReadonlySignal<boolean> = computed(() => steps.value?.canRedo ?? false);

/** The frame of the programme that is shown. */
export const playhead = signal(0);

/** Makes `next` what is edited, a step that can be undone. */
export function change(next: Edit): void {
  const before = steps.peek();
  steps.value = before ? before.push(next) : History.of(next);
}

/** Makes `next` of the last change: one step that can be undone, such as a switch while it is dragged. */
export function amend(next: Edit): void {
  steps.value = steps.peek()?.amend(next) ?? History.of(next);
}

/** Begins with another edit: what was before cannot be undone to. */
export function open(next: Edit | null): void {
  steps.value = next && History.of(next);
  playhead.value = 0;
}

/** Takes the last change back. */
export function undo(): void {
  steps.value = steps.peek()?.undo() ?? null;
}

/** Makes the change again that was taken back. */
export function redo(): void {
  steps.value = steps.peek()?.redo() ?? null;
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
