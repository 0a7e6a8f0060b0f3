// Without a mouse: to the search, through the filters, to a heading that sorts, to a thread, and back.
import assert from "node:assert/strict";
import { change, count, open, test, titles } from "./browser.js";

await test(async () => {
  const page = await open("index.html");
  assert.match(await count(page), /^1 to 100 of 250/);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.closest("th")?.dataset.column || document.activeElement.dataset.to || document.activeElement.className || document.activeElement.tagName);
  const tab = async until => {
    const passed = [];
    for (let i = 0; i < 140; i++) {
      await page.keyboard.press("Tab");
      passed.push(await focused());
      // Whatever has the focus shows it.
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none", passed.at(-1));
      if (passed.at(-1) === until) return passed;
    }
    throw new Error(`The focus never came to ${until}: ${passed.join(", ")}`);
  };

  await page.keyboard.press("Tab");
  assert.equal(await focused(), "skip");
  await page.waitForFunction(() => document.querySelector(".skip").getBoundingClientRect().top >= 0);
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "search");
  assert.notEqual(await page.evaluate(() => location.hash), "#search", "the address keeps the view");
  await change(page, () => page.keyboard.insertText("invoice"));
  assert.match(await count(page), /of 250 in all/);
  await page.keyboard.press("Enter");
  assert.deepEqual(new Set(await titles(page)), new Set(["Refund for a duplicate invoice"]));
  await change(page, () => page.keyboard.press("Escape"));
  assert.match(await count(page), /^1 to 100 of 250/);

  const passed = await tab("title");
  for (const each of ["status", "user", "from", "to"]) assert.ok(passed.includes(each), `${each} in ${passed}`);
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("th[data-column=title]").getAttribute("aria-sort"), "ascending");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("th[data-column=title]").getAttribute("aria-sort"), "descending");
  assert.equal(await focused(), "title");

  await tab("next");
  for (const start of [101, 201]) {
    await page.keyboard.press("Enter");
    assert.match(await count(page), new RegExp(`^${start} to`));
    assert.equal(await focused(), "next", "the focus stays, also at the end");
  }
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.match(await count(page), /^101 to/);

  await page.locator("tbody a.title").first().focus();
  const title = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.waitForURL(/threads\//);
  assert.equal(await page.locator("h1").textContent(), title);
  await page.goBack();
  assert.match(await count(page), /^101 to/);
});
