// Chromium as every script and test starts it.
import { chromium } from "@playwright/test";

export const launchOptions = {
  executablePath: process.env.GUILDHALL_CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

let stop = false;

/** Whether somebody asked the script to stop. */
export const stopped = () => stop;

/** Chromium for a script that puts away itself what it started, also when it is asked to stop. */
export function launch() {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => (stop = true));
  return chromium.launch({ ...launchOptions, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
}
