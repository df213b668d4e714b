import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/",
  resolve: {
    // The client's sources as they are: nothing of it has to be built first.
    alias: { "multicam-export-client": here("../client/src") },
  },
  server: {
    // `npm run dev` beside `make up`.
    proxy: { "/api": process.env.EXPORT_SERVICE ?? "http://127.0.0.1:8000" },
  },
  build: {
    target: "es2022",
    // The policy lets no inline anything in, and data: addresses would need a word of their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One page, one script: all of it is needed at once.
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
});
