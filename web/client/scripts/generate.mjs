// Writes src/generated/ from the service's own descriptions; with --check it only compares.
//
// docs/openapi.json and docs/config.schema.json are written by `make api` from the service's code, so
// types and schemas here are never typed by hand. Only the parts that the client speaks are taken.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const DOCS = new URL("../../../docs/", import.meta.url);
const TARGET = new URL("../src/generated/", import.meta.url);
const SPOKEN = [
  "Accepted",
  "Cancelled",
  "ExportConfig",
  "Fault",
  "OutputSpec",
  "Problem",
  "Segment",
  "SourceRef",
  "Status",
];

const api = JSON.parse(await readFile(new URL("openapi.json", DOCS), "utf8"));
const config = JSON.parse(await readFile(new URL("config.schema.json", DOCS), "utf8"));
const spoken = Object.fromEntries(SPOKEN.map((name) => [name, api.components.schemas[name]]));
for (const [name, schema] of Object.entries(spoken)) {
  if (!schema) throw new Error(`docs/openapi.json has no schema ${name}`);
}

/** The schema on its own: references lead into its `$defs`, and fields of a later service are let in. */
function alone(name) {
  const { additionalProperties: _, ...schema } = spoken[name];
  const defs = name === "Problem" ? { $defs: { Fault: spoken.Fault } } : {};
  return JSON.parse(
    JSON.stringify({ ...schema, ...defs }).replaceAll("#/components/schemas/", "#/$defs/"),
  );
}

const digest = createHash("sha256").update(JSON.stringify({ spoken, config })).digest("hex");
const head = `// Written by scripts/generate.mjs from docs/openapi.json and docs/config.schema.json (${digest}).\n`;
const types = astToString(
  await openapiTS(
    {
      openapi: "3.1.0",
      info: { title: "", version: "1" },
      paths: {},
      components: { schemas: spoken },
    },
    { defaultNonNullable: false },
  ),
);
const constants = Object.entries({ config, status: alone("Status"), problem: alone("Problem") })
  .map(([name, schema]) => `export const ${name} = ${JSON.stringify(schema, null, 2)};\n`)
  .join("\n");

const files = { "contract.ts": head + types, "schemas.ts": head + constants };
for (const [name, text] of Object.entries(files)) {
  const path = new URL(name, TARGET);
  if (!process.argv.includes("--check")) {
    await writeFile(path, text);
  } else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    console.error(`src/generated/${name} is not what docs/ says any more: run \`make api\``);
    process.exitCode = 1;
  }
}
