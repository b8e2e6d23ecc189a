// Runs the mail server of the tests on its own: node smtp-main.mjs FOLDER [none|starttls|tls|submission] [PORT]
//
// Prints its port as the first line. Writes each complete email as 0001.eml, 0002.eml ... into the folder, and
// the number of connections so far into the file `connections`. Exits when its standard input is closed.
//
// The recipient's local part decides what the server does:
// - refuse: 550
// - busy: 451 the first time
// - reset: resets the connection after DATA the first time
// - hang: never answers after DATA
// - stall: never answers to the recipient
// All other emails are accepted.
import { writeFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { start } from "./smtp.mjs";

const [folder, security, port] = process.argv.slice(2);
if (!folder) {
  console.error("Missing folder for the emails: node smtp-main.mjs FOLDER");
  process.exit(2);
}

function behaviour(address, count) {
  const first = count === 1;
  switch (address.split("@")[0]) {
    case "refuse":
      return "refuse";
    case "busy":
      return first ? "busy" : "accept";
    case "reset":
      return first ? "drop" : "accept";
    case "hang":
    case "stall":
      return address.split("@")[0];
    default:
      return "accept";
  }
}

const server = await start({ behaviour, security, port: Number(port ?? 0) });
server.onMail = ({ raw }) => {
  writeFileSync(join(folder, "connections"), String(server.connections));
  const name = `${String(server.mails.length).padStart(4, "0")}.eml`;
  // The file gets its name when it is complete, so that a test never reads half an email.
  writeFileSync(join(folder, `${name}.part`), raw);
  renameSync(join(folder, `${name}.part`), join(folder, name));
};
console.log(server.port);

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
