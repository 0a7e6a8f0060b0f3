// axe-core's rules, all of them, over both pages in every guise.
import assert from "node:assert/strict";
import { change, count, load, open, test } from "./browser.js";

const { default: axe } = await load("axe-core");

async function check(page, where) {
  await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(passes.length > 10, where);
  assert.deepEqual(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join(" | ")}`), []);
}

await test(async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      for (const path of ["index.html", "threads/cthr_abc123.html"]) {
        const page = await open(path, { colorScheme, viewport: { width, height: 900 } });
        await check(page, `${path} ${colorScheme} ${width}`);
        if (path === "index.html") {
          await change(page, () => page.fill("#search", "no such thread"));
          assert.match(await count(page), /^No thread/);
          await check(page, `${path} ${colorScheme} ${width}, nothing found`);
        }
        await page.context().close();
      }
    }
  }
  await check(await open("threads/cthr_6e0f8acfb65364d0e59eaf69ee0cac771860bef5070bc622.html"), "a thread without items");
  for (const path of ["index.html", "threads/cthr_abc123.html"]) {
    const page = await open(path);
    await page.emulateMedia({ media: "print" });
    await check(page, `${path} print`);
  }
  for (const path of ["index.html", "threads/cthr_abc123.html"]) await check(await open(path, { forcedColors: "active" }), `${path} forced colours`);
});
