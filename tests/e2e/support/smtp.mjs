// A real mail server for the tests. It can accept, refuse, delay and lose emails.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/**
 * Starts a mail server on the loopback interface. Port 0 means any free port. `security` is `none`, `starttls`,
 * `tls` or `submission`. With `submission`, clients sign in as `guild` with the password `secret` after STARTTLS.
 * The certificate is self-signed.
 *
 * `behaviour` says what the server does with an email. It can be a function of the recipient and the number of
 * emails to that recipient so far, counted from 1:
 * - `accept`: accepts it
 * - `refuse`: 550 for the recipient
 * - `busy`: 451 for the recipient
 * - `drop`: reads and keeps the complete email, then resets the connection without an answer
 * - `hang`: reads the complete email and never answers
 * - `stall`: never answers to the recipient
 *
 * @returns `port`, `mails` (every complete email as `{ to, raw, behaviour }`), `connections` (their number so far),
 * `find(to)` (the parsed emails to an address), `onMail` (called with each email) and `close()`
 */
export async function start({ port = 0, behaviour = "accept", security = "none" } = {}) {
  const tries = new Map();
  const chosen = new Map();
  const mails = [];
  const running = { mails, connections: 0, onMail: () => {} };

  const server = new SMTPServer({
    authOptional: security !== "submission",
    secure: security === "tls",
    ...(security === "submission" ? certificate() : {}),
    disabledCommands: { starttls: ["AUTH"], submission: [] }[security] ?? ["AUTH", "STARTTLS"],
    onAuth({ username, password }, _session, done) {
      if (username === "guild" && password === "secret") return done(null, { user: username });
      done(answer(535, "5.7.8 Wrong name or password"));
    },
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, done) {
      running.connections += 1;
      done();
    },
    onRcptTo({ address }, session, done) {
      const count = (tries.get(address) ?? 0) + 1;
      tries.set(address, count);
      const choice = typeof behaviour === "function" ? behaviour(address, count) : behaviour;
      chosen.set(session.id, choice);
      if (choice === "refuse") return done(answer(550, `5.1.1 <${address}> is unknown here`));
      if (choice === "stall") return;
      if (choice === "busy") return done(answer(451, `4.3.0 <${address}> has to wait`));
      done();
    },
    onData(stream, session, done) {
      const parts = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const mail = { to, raw: Buffer.concat(parts), behaviour: chosen.get(session.id) };
        mails.push(mail);
        running.onMail(mail);
        if (mail.behaviour === "hang") return;
        if (mail.behaviour === "drop") return reset(server, session);
        done();
      });
    },
  });
  // Connections that a test resets are not errors of the server.
  server.on("error", () => {});

  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  running.port = server.server.address().port;
  running.find = (to) => Promise.all(mails.filter((mail) => mail.to.includes(to)).map(({ raw }) => simpleParser(raw)));
  running.close = () => {
    for (const connection of server.connections) connection._socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return running;
}

/** A new self-signed certificate. Few programs can read the version of smtp-server's own one. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-smtp-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", ...kind, "-subj", "/CN=relay", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const read = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return read;
}

function answer(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

function reset(server, session) {
  for (const connection of server.connections) {
    if (connection.id === session.id) connection._socket.resetAndDestroy();
  }
}
