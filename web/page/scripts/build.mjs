// Builds the page into export_service/page, which is committed: who runs the service needs no Node.js.
// With --check nothing is written; it only says whether what is there is what the sources give.
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const target = path("../../../export_service/page/");
const fresh = path("../.built/");

await rm(fresh, { recursive: true, force: true });
await build({
  root: path(".."),
  logLevel: "warn",
  build: { outDir: fresh, emptyOutDir: true },
});

/** Every file below a folder with what is in it. */
async function contents(folder) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  const pairs = files.map(async (file) => [
    file.slice(folder.length).replace(/^\/+/, ""),
    (await readFile(file)).toString("base64"),
  ]);
  return new Map((await Promise.all(pairs)).sort());
}

if (process.argv.includes("--check")) {
  const [wanted, there] = await Promise.all([contents(fresh), contents(target)]);
  const names = new Set([...wanted.keys(), ...there.keys()]);
  const other = [...names].filter((name) => wanted.get(name) !== there.get(name));
  if (other.length > 0) {
    console.error(
      `export_service/page is not what web/page gives any more (${other.join(", ")}): run \`make page\``,
    );
    process.exitCode = 1;
  }
} else {
  await rm(target, { recursive: true, force: true });
  await mkdir(path("../../../export_service/"), { recursive: true });
  await rename(fresh, target);
}
