import type { NextConfig } from "next";

// A page of files alone, for any server; leave it out where Next.js serves the page itself.
const config: NextConfig = { output: "export", turbopack: { root: import.meta.dirname } };

export default config;
