// Starts the program on a new data folder, and stops it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { start as startMail } from "./smtp.mjs";

/** An unused port. */
export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Runs a command of the program. Resolves to its exit code and its output. */
export async function run(args, { env = {} } = {}) {
  const child = spawn(process.env.GUILDHALL_BIN, args, { env: clean(env) });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

/** The environment without settings of the portal, plus `env`. */
function clean(env) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GUILDHALL_"));
  return { ...Object.fromEntries(inherited), ...env };
}

/** The address of a new PostgreSQL database. `null` for SQLite, whose file is in the data folder. */
async function database(engine) {
  if (engine !== "postgres") return null;
  const server = process.env.GUILDHALL_TEST_POSTGRES;
  if (!server) throw new Error("GUILDHALL_TEST_POSTGRES names no PostgreSQL: run `cargo xtask test`.");
  const name = `e2e_${process.pid}_${Date.now()}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return server.replace(/\/[^/]*$/, `/${name}`);
}

/** Starts a portal that sends to a mail server of its own. `stop()` stops both. */
export async function startPortalWithMail() {
  const mail = await startMail();
  const env = { GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`, GUILDHALL_MAIL_FROM: "Secure Synergy <guild@example.org>" };
  const portal = await startPortal({ env });
  const stop = async () => {
    await portal.stop();
    await mail.close();
  };
  return { mail, portal, stop };
}

/**
 * Starts a portal and waits until it is ready. `demo` adds the demo community, `env` adds settings. On SQLite, the
 * demo is a copy of the one that demo.mjs has made, if there is one.
 * @returns `url`, `data`, `env`, `log()`, `kill(signal)`, `restart()`, `later(seconds)`, `stop()`
 */
export async function startPortal({ engine = "sqlite", demo = true, env = {} } = {}) {
  const data = await mkdtemp(path.join(os.tmpdir(), "guildhall-e2e-"));
  const made = process.env.GUILDHALL_E2E_DEMO;
  // The dates of the demo are relative to the clock with which it was made.
  const isAhead = "GUILDHALL_TEST_CLOCK_AHEAD" in env;
  if (made && demo && engine === "sqlite" && !isAhead) await cp(made, data, { recursive: true });
  const url = await database(engine);
  const settings = { ...env, ...(url ? { GUILDHALL_DATABASE_URL: url } : {}) };
  const portal = { data, port: await freePort(), env: settings };
  portal.url = `http://127.0.0.1:${portal.port}`;
  let child;
  let log = "";
  portal.log = () => log;
  portal.restart = async () => {
    const args = ["serve", "--port", `${portal.port}`, "--data", data, ...(demo ? ["--demo"] : [])];
    child = spawn(process.env.GUILDHALL_BIN, args, { env: clean(settings) });
    child.stdout.on("data", (text) => (log += text));
    child.stderr.on("data", (text) => (log += text));
    for (let tries = 0; tries < 1200; tries += 1) {
      if (child.exitCode !== null) throw new Error(`The portal exited:\n${log}`);
      try {
        if ((await fetch(`${portal.url}/readyz`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`The portal did not become ready:\n${log}`);
  };
  portal.kill = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
    return child.exitCode;
  };
  // Restarts the portal with a clock that is ahead, so that a test doesn't wait for what happens later.
  portal.later = async (seconds) => {
    await portal.kill();
    settings.GUILDHALL_TEST_CLOCK_AHEAD = `${seconds}`;
    await portal.restart();
  };
  portal.stop = async () => {
    await portal.kill("SIGTERM");
    await rm(data, { recursive: true, force: true });
  };
  await portal.restart();
  return portal;
}
