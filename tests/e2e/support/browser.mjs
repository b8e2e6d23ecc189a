// How scripts and tests start Chromium.
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

/** Whether the script was asked to stop. */
export const stopped = () => stop;

/** Chromium for a script that cleans up after itself, even when it is asked to stop. */
export function launch() {
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => (stop = true));
  return chromium.launch({ ...launchOptions, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
}
