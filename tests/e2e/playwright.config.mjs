// The browser tests: Chromium, the real binary, a real mail server, a real provider.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.mjs";

if (!process.env.GUILDHALL_BIN || !process.env.GUILDHALL_CHROMIUM) {
  throw new Error("Run the browser tests with `cargo xtask test --only browser`: it says where the portal and Chromium are.");
}

export default defineConfig({
  testDir: ".",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Two cores: the portal wants one of them.
  workers: 1,
  retries: 0,
  reporter: process.env.CI ? "line" : "list",
  outputDir: "test-results",
  use: {
    screenshot: "only-on-failure",
    launchOptions,
  },
});
