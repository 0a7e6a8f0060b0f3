// Ten thousand threads: the page holds a hundred of them at a time, whatever is asked for.
import assert from "node:assert/strict";
import { change, count, open, test, titles } from "./browser.js";

await test(async () => {
  const page = await open("index.html");
  const bounded = async () => assert.ok(await page.locator("*").count() < 3000, "few elements");
  assert.match(await count(page), /^1 to 100 of 10,000 threads$/);
  assert.equal(await page.locator("tbody tr").count(), 100);
  await bounded();
  await change(page, () => page.click("[data-to=last]"));
  assert.match(await count(page), /^9,901 to 10,000 of 10,000 threads$/);
  assert.equal(await page.locator("#page").textContent(), "Page 100 of 100");
  const last = await titles(page);
  await page.reload();
  assert.match(await count(page), /^9,901 to/);
  assert.deepEqual(await titles(page), last);
  await page.locator("[data-to=next]").dispatchEvent("click");
  assert.match(await count(page), /^9,901 to/);
  await change(page, () => page.click("[data-to=previous]"));
  assert.match(await count(page), /^9,801 to 9,900/);
  await change(page, () => page.click("th[data-column=user] button"));
  assert.match(await count(page), /^1 to 100 of 10,000/);
  await change(page, () => page.fill("#search", "invoice"));
  assert.match(await count(page), /of 10,000 in all/);
  await bounded();
  assert.deepEqual(new Set(await titles(page)), new Set(["Refund for a duplicate invoice"]));

  // Every thread is found somewhere, once.
  await change(page, () => page.click("button[type=reset]"));
  assert.match(await count(page), /^1 to 100 of 10,000/);
  const found = await page.evaluate(() => {
    const links = [];
    for (let i = 0; i < 100; i++) {
      links.push(...[...document.querySelectorAll("tbody a.title")].map(link => link.getAttribute("href")));
      document.querySelector("[data-to=next]").click();
    }
    return links;
  });
  assert.equal(found.length, 10_000);
  assert.equal(new Set(found).size, 10_000);
});
