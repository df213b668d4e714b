// Writes src/generated/api.ts from the service's own description; with --check it only compares.
//
// docs/openapi.json is written by `make api` from the service's code, so no type of an answer is
// typed by hand.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const target = new URL("../src/generated/api.ts", import.meta.url);
const api = JSON.parse(
  await readFile(new URL("../../../docs/openapi.json", import.meta.url), "utf8"),
);
const types = astToString(await openapiTS({ ...api, paths: {} }, { defaultNonNullable: false }));
const text = `// Written by scripts/generate.mjs from docs/openapi.json.\n${types}`;
if (!process.argv.includes("--check")) {
  await writeFile(target, text);
} else if ((await readFile(target, "utf8").catch(() => "")) !== text) {
  console.error("src/generated/api.ts is not what docs/ says any more: run `make api`");
  process.exitCode = 1;
}
