// Makes the demo community once for all tests. A portal that starts with a copy of it is ready in less than a second.
import { rm } from "node:fs/promises";
import { startPortal } from "./portal.mjs";

export default async function makeDemo() {
  const portal = await startPortal();
  await portal.kill();
  process.env.GUILDHALL_E2E_DEMO = portal.data;
  return () => rm(portal.data, { recursive: true, force: true });
}
