/** Builds the client into `dist`, which the server's binary carries; in development it stands in front of a running server. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env["TENANTA_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist", target: "es2022", sourcemap: false, reportCompressedSize: true },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/rest": server, "/health": server, "/metrics": server },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
