/** What is published, and how much of it a page has to load. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const MOST_BYTES = 25 * 1024;
const MODULES = ["button", "button-element", "button-look", "button-view", "clock", "contract"];
MODULES.push("errors", "events", "generate", "index", "multicam", "schemas", "service", "timeline");
MODULES.push("watch", "generated/contract", "generated/schemas");

before(() => {
  execFileSync(process.execPath, ["scripts/build.mjs"]);
});

async function bundled(source: string): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: ".", loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 });
}

test("the package holds its modules, their types, the manual and the licence, and nothing else", () => {
  // The one that runs this, which need not be on the path.
  const npm = process.env.npm_execpath ?? "npm";
  const pack = ["pack", "--dry-run", "--json"];
  const { stdout } = npm.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...pack], { encoding: "utf8" })
    : spawnSync(npm, pack, { encoding: "utf8" });
  const [packed] = Object.values(JSON.parse(stdout)) as { files: { path: string }[] }[];
  const expected = MODULES.flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]);
  expected.push("LICENSE", "README.md", "package.json");
  assert.deepEqual(packed?.files.map(({ path }) => path).sort(), expected.sort());
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const entry of Object.values<string | Record<string, string>>(exports)) {
    for (const path of typeof entry === "string" ? [entry] : Object.values(entry)) {
      assert.ok(existsSync(path), path);
    }
  }
});

test("client and button are at most 25 kB, compressed, without Zod", async (t) => {
  const both = await bundled('import "./dist/button.js"; export * from "./dist/index.js";');
  t.diagnostic(`client and button: ${both.length} bytes of gzip`);
  assert.ok(both.length > 1000 && both.length <= MOST_BYTES, `${both.length} bytes`);
  const schemas = await bundled('export * from "./dist/schemas.js";');
  t.diagnostic(`schemas: ${schemas.length} bytes of gzip`);
  assert.ok(schemas.length > MOST_BYTES, "the control: with Zod it would not be");
});

test("who takes one function does not load the button", async () => {
  const one = await bundled('export { cancelExport } from "./dist/index.js";');
  assert.ok(one.length < 1500, `${one.length} bytes`);
});

test("a server that renders pages can import all of it", () => {
  const imports = 'await import("./dist/button.js"); await import("./dist/index.js");';
  execFileSync(process.execPath, ["--input-type=module", "-e", imports]);
});
