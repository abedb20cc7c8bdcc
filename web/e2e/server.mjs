/** The real server on a port and in a folder of its own. */
import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = resolve(
  import.meta.dirname,
  "..",
  process.env.TENANTA_BIN ?? process.env.TENANTA_BINARY ?? "../target/debug/tenanta",
);
/** The first start makes a database cluster, on a busy machine too. */
const READY_WITHIN_MS = 90_000;
const POLL_MS = 100;
/** The most of the server's log that a failure shows. */
const LOG_SHOWN = 4_000;

export const ADMIN = { email: "admin@example.org", password: "correct horse battery" };

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function whenReady(url, child, log) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server stopped.\n${log()}`);
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (ready?.ok) return;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error(`The server was not ready in time.\n${log()}`);
}

/** Starts a server; `stop` ends it and removes its folder. */
export async function startServer(settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), "tenanta-e2e-"));
  // As root the database runs as another user, who must be able to come in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  const child = spawn(BINARY, ["serve"], {
    env: {
      ...process.env,
      TENANTA_LISTEN: `127.0.0.1:${port}`,
      TENANTA_DATA_DIR: join(folder, "data"),
      TENANTA_ADMIN_EMAIL: ADMIN.email,
      TENANTA_ADMIN_PASSWORD: ADMIN.password,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const log = () => output.slice(-LOG_SHOWN);
  async function stop() {
    if (child.exitCode === null) {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await whenReady(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop, log };
}
