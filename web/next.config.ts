import path from "node:path";
import type { NextConfig } from "next";

const root = path.join(import.meta.dirname, "..");

export default {
  // The console imports core/ from beside its own folder.
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  devIndicators: false,
  // A page's code is read when it is first asked for, not that of all pages when the first is.
  experimental: { preloadEntriesOnStart: false },
} satisfies NextConfig;
