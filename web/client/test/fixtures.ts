/** The editor's states, and the configs that the editor itself made of them. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ExportConfig, GenerateOptions, MulticamState } from "../src/index.js";

const FOLDER = resolve("../../tests/fixtures/editor-configs");
const SUFFIX = ".state.json";

export const STATES = readdirSync(`${FOLDER}/states`)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

export function stateOf(name: string): MulticamState & { options: GenerateOptions } {
  return JSON.parse(readFileSync(`${FOLDER}/states/${name}${SUFFIX}`, "utf8"));
}

export function configOf(name: string): ExportConfig {
  const path = name.startsWith("x") ? `extra/${name}` : name;
  return JSON.parse(readFileSync(`${FOLDER}/${path}.json`, "utf8"));
}
