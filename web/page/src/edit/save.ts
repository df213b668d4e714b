/** An edit as text and back. */
import type { Edit } from "./edit.ts";

/** The edit as JSON. */
export function save(edit: Edit): string {
  return `${JSON.stringify(edit, null, 2)}\n`;
}

/** The edit that a text says; throws an Error with a sentence where it says none. */
export function load(text: string): Edit {
  return JSON.parse(text) as Edit;
}
