// Signing in with a real OpenID Connect provider, in the browser.
import { expect, test } from "@playwright/test";
import { CLIENT, startProvider } from "./support/oidc.mjs";
import { startPortal } from "./support/portal.mjs";

test("a newcomer signs in with a provider and gets the same account the next time", async ({ browser }) => {
  const provider = await startProvider();
  const portal = await startPortal({
    env: {
      GUILDHALL_OIDC_ISSUER: provider.issuer,
      GUILDHALL_OIDC_CLIENT_ID: CLIENT.id,
      GUILDHALL_OIDC_CLIENT_SECRET: CLIENT.secret,
      GUILDHALL_OIDC_LABEL: "the guild’s provider",
    },
  });
  try {
    const names = [];
    for (let visit = 0; visit < 2; visit += 1) {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${portal.url}/sign-in`);
      await page.getByRole("link", { name: /the guild’s provider/ }).click();
      await page.locator('input[name="login"]').fill("vera");
      await page.locator('input[name="password"]').fill("anything");
      await page.locator('button[type="submit"], input[type="submit"]').first().click();
      await page.locator('button[type="submit"], input[type="submit"]').first().click();
      await expect(page).toHaveURL(new RegExp(`^${portal.url}`));
      await page.goto(`${portal.url}/profile`);
      names.push(await page.locator('input[name="name"]').inputValue());
      await page.goto(`${portal.url}/profile/account`);
      // The account is connected already, so the page doesn't offer to connect it.
      await expect(page.getByText(provider.issuer)).toBeVisible();
      await expect(page.getByRole("link", { name: /the guild’s provider/ })).toHaveCount(0);
    }
    expect(names).toEqual(["Vera Rubin", "Vera Rubin"]);
  } finally {
    await portal.stop();
    await provider.stop();
  }
});
