// The browser tests use Chromium, the real program, a real mail server and a real identity provider.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.mjs";

if (!process.env.GUILDHALL_BIN || !process.env.GUILDHALL_CHROMIUM) {
  throw new Error("Run the browser tests with `cargo xtask test --only browser`: it sets GUILDHALL_BIN and GUILDHALL_CHROMIUM.");
}

export default defineConfig({
  testDir: ".",
  globalSetup: "./support/demo.mjs",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // While one worker waits for its portal or an email, the other one keeps the browser busy.
  workers: 2,
  retries: 0,
  reporter: process.env.CI ? "line" : "list",
  outputDir: "test-results",
  use: {
    screenshot: "only-on-failure",
    launchOptions,
  },
});
