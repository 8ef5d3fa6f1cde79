import type { Page } from "playwright-core";

/** Resolves when the page's scripts have taken over what the server rendered: what is typed before can be lost. */
export async function untilTakenOver(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("main :is(a, button, input, select, textarea)")].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps")),
    ),
  );
}

/** Keeps back the answers to an operation, which the server has carried out already, until they are let go. */
export async function holdAnswers(page: Page, operation: `${"query" | "mutation"} ${string}`) {
  const held: (() => void)[] = [];
  let holding = true;
  await page.route("**/graphql", async (route) => {
    const asked = route.request().postData() ?? "";
    if (!holding || !asked.includes(`${operation}(`)) return route.fallback();
    const response = await route.fetch();
    await new Promise<void>((resolve) => void held.push(resolve));
    await route.fulfill({ response });
  });
  return {
    count: () => held.length,
    letGo() {
      holding = false;
      for (const go of held.splice(0)) go();
    },
  };
}
