// Makes the pictures for the documentation.
import { join } from "node:path";
import { open, test } from "./browser.js";

await test(async () => {
  const to = process.argv[3];
  for (const [name, options] of [["", {}], ["-dark", { colorScheme: "dark" }], ["-narrow", { viewport: { width: 390, height: 1100 } }], ["-narrow-dark", { colorScheme: "dark", viewport: { width: 390, height: 1100 } }]]) {
    if (name && !process.env.EVERY_PICTURE) continue;
    const index = await open("index.html", { viewport: { width: 1280, height: 960 }, ...options });
    await index.screenshot({ path: join(to, `archive-index${name}.png`) });
    const thread = await open("threads/cthr_abc123.html", { viewport: { width: 1000, height: 1100 }, ...options });
    await thread.locator("details").first().locator("summary").click();
    await thread.mouse.move(0, 0);
    await thread.screenshot({ path: join(to, `archive-thread${name}.png`), fullPage: true });
  }
});
