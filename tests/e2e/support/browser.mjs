// Chromium as every script and test starts it.
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
