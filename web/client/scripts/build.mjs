// Writes dist/, the published form: one ESM file and its types for each source file.

import { spawnSync } from "node:child_process";
import { copyFile, rm } from "node:fs/promises";

process.chdir(new URL("..", import.meta.url).pathname);
await rm("dist", { recursive: true, force: true });
const built = spawnSync(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"],
  {
    stdio: "inherit",
  },
);
await copyFile("../../LICENSE", "LICENSE");
process.exitCode = built.status ?? 1;
