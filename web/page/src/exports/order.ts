/** The config that is sent for an edit and what was chosen, and what to know of it. */
import { type Generated, generateExportConfig } from "multicam-export-client";
import type { Edit } from "../edit/edit.ts";
import { toState } from "../edit/state.ts";
import { type Choices, optionsOf, shaped } from "./choices.ts";

/** Throws ExportError `invalid_edit` with every fault. */
export function orderOf(edit: Edit, choices: Choices, id: string): Generated {
  const { config, warnings } = generateExportConfig(toState(edit), optionsOf(choices, id));
  return { config: shaped(config, choices), warnings };
}
