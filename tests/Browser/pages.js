// A thread's page: ids, code, what is folded, long titles; and the labels of the index's chart.
import assert from "node:assert/strict";
import { change, open, test } from "./browser.js";

await test(async () => {
  const page = await open("threads/cthr_code.html");
  assert.equal(await page.locator("#item-1 .id").textContent(), "cthi_0");

  // Code is code, and whoever copies has the text as it was written.
  const written = "Before `zebra` after\n\n```js\nlet a = \"<b>\";\n\n  b();\n```\nand\n```\nunclosed";
  const text = page.locator("#item-1 .text");
  assert.equal(await text.evaluate(element => element.textContent), written);
  assert.equal(await text.evaluate(element => element.innerText), written);
  assert.equal(await text.evaluate(element => { getSelection().selectAllChildren(element); return String(getSelection()); }), written);
  assert.deepEqual(await text.locator("code").allTextContents(), ["`zebra`", "```js\nlet a = \"<b>\";\n\n  b();\n```"]);
  assert.match(await text.locator("code").first().evaluate(element => getComputedStyle(element).fontFamily), /mono/);

  // A long widget and a tool call are folded; the browser opens them where an address leads into them.
  assert.equal(await page.locator("#item-2 details .text").isVisible(), false);
  assert.match(await page.locator("#item-2 summary").first().textContent(), /^Words of the widget, [\d,]+ characters$/);
  assert.equal(await page.locator("#item-3 pre").first().isVisible(), false);
  const linked = await open("threads/cthr_code.html#:~:text=needle_in_arguments");
  await linked.waitForFunction(() => document.querySelector("#item-3 details").open);
  await page.emulateMedia({ media: "print" });
  for (const part of ["#item-2 .text", "#item-3 pre >> nth=0", "#item-1 .number", "#item-1 .id"]) assert.equal(await page.locator(part).isVisible(), true, part);

  // A long title is cut, and the whole is in its tooltip, as it is for whoever cannot see.
  const index = await open("index.html");
  const link = index.locator("a.title[title]");
  assert.equal(await link.count(), 1);
  assert.equal(await link.getAttribute("title"), await link.textContent());
  assert.ok((await link.boundingBox()).height < 90);
  await link.click();
  const heading = index.locator("h1");
  assert.equal(await heading.getAttribute("title"), await heading.textContent());
  assert.ok((await heading.boundingBox()).height < 200);

  // No label of the chart lies over another, however wide it is and however many bars it has.
  for (const width of [1280, 900, 500, 375, 320]) {
    const chart = await open("index.html", { viewport: { width, height: 800 } });
    for (const from of ["", "2026-11-13", "2026-11-17", "2026-11-19"]) {
      if (from) await change(chart, () => chart.fill("#from", from));
      const labels = await chart.locator("#by-day text[text-anchor=middle]").evaluateAll(all => all.map(label => label.getBoundingClientRect()).map(({ left, right }) => [left, right]));
      assert.ok(labels.length > 0);
      for (let i = 1; i < labels.length; i++) assert.ok(labels[i][0] > labels[i - 1][1], `${width} from ${from}: label ${i}`);
      const box = await chart.locator("#by-day svg").boundingBox();
      assert.ok(labels[0][0] >= box.x && labels.at(-1)[1] <= box.x + box.width + 1, `${width} from ${from}: within the chart`);
    }
    await chart.context().close();
  }
});
