// The sample project: the search, the filters, the order, and that "back" comes back to them.
import assert from "node:assert/strict";
import { change, count, open, test, titles } from "./browser.js";

await test(async () => {
  const page = await open("index.html");
  assert.match(await count(page), /^12 threads$/);
  assert.equal(await page.title(), "Contoso support");
  const newestFirst = await titles(page);
  assert.equal(newestFirst.length, 12);

  // Search: in any field, all words, whatever their case and accents.
  await change(page, () => page.fill("#search", "INVOICE refünd"));
  assert.match(await count(page), /^1 thread, of 12 in all$/);
  assert.deepEqual(await titles(page), ["Refund for a duplicate invoice"]);
  await change(page, () => page.fill("#search", "cthr_DEF456"));
  assert.match(await count(page), /^1 thread,/);
  assert.deepEqual(await titles(page), ["Demo feedback"]);
  await change(page, () => page.fill("#search", "policy review"));
  assert.match(await count(page), /^1 thread,/);
  await change(page, () => page.fill("#search", "nothing has this"));
  assert.match(await count(page), /^No thread matches/);
  assert.equal(await page.locator("table").isVisible(), false);
  await change(page, () => page.click("button[type=reset]"));
  assert.match(await count(page), /^12 threads$/);
  assert.deepEqual(await titles(page), newestFirst);

  // Filters.
  await change(page, () => page.selectOption("#status", "locked"));
  assert.match(await count(page), /of 12 in all/);
  const locked = await page.locator("tbody tr").count();
  assert.ok(locked > 0 && locked < 12);
  assert.deepEqual(new Set(await page.locator("tbody td:nth-child(2) .status").allTextContents()), new Set(["locked"]));
  await change(page, () => page.fill("#user", "user_123"));
  assert.ok(await page.locator("tbody tr").count() < locked);
  assert.deepEqual(new Set(await page.locator("tbody .user").allTextContents()), new Set(["user_123"]));
  await change(page, () => page.click("button[type=reset]"));
  assert.match(await count(page), /^12 threads$/);
  await change(page, () => page.fill("#user", "user_"));
  assert.match(await count(page), /of 12 in all/);
  assert.ok(new Set(await page.locator("tbody .user").allTextContents()).size > 1, "part of a name finds all that have it");
  await change(page, () => page.click("button[type=reset]"));
  assert.match(await count(page), /^12 threads$/);

  // Days, both included, in UTC.
  const day = (await page.locator("tbody tr:nth-child(3) td:last-child time").getAttribute("datetime")).slice(0, 10);
  await change(page, () => page.fill("#from", day));
  await change(page, () => page.fill("#to", day));
  assert.match(await count(page), /of 12 in all/);
  for (const time of await page.locator("tbody td:last-child time").all()) assert.equal((await time.getAttribute("datetime")).slice(0, 10), day);
  assert.ok(await page.locator("tbody tr").count() >= 1);
  await change(page, () => page.click("button[type=reset]"));
  assert.match(await count(page), /^12 threads$/);

  // Order.
  const created = await page.locator("tbody td:last-child time").evaluateAll(times => times.map(time => time.dateTime));
  assert.deepEqual(created, [...created].sort().reverse());
  assert.equal(await page.locator("th[data-column=created]").getAttribute("aria-sort"), "descending");
  await change(page, () => page.click("th[data-column=created] button"));
  assert.equal(await page.locator("th[data-column=created]").getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await page.locator("tbody td:last-child time").evaluateAll(times => times.map(time => time.dateTime)), [...created].sort());
  await change(page, () => page.click("th[data-column=title] button"));
  assert.equal(await page.locator("th[aria-sort]").count(), 1);
  const byTitle = (await titles(page)).filter(title => title !== "Untitled thread");
  assert.deepEqual(byTitle, [...byTitle].sort(new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare));
  assert.equal((await titles(page)).at(-1), "Untitled thread", "what has no title comes last");
  await change(page, () => page.click("th[data-column=items] button"));
  const items = (await page.locator("tbody td.number").allTextContents()).map(Number);
  assert.deepEqual(items, [...items].sort((a, b) => b - a));

  // The charts show what was found.
  assert.match(await page.locator("#by-day svg").getAttribute("aria-label"), /^Threads per \w+ from 20\d\d-/);
  assert.equal((await page.locator("#by-status .value").allTextContents()).map(text => Number(text.split(" ")[0])).reduce((a, b) => a + b), 12);
  await change(page, () => page.selectOption("#status", "closed"));
  assert.match(await count(page), /of 12 in all/);
  assert.equal(await page.locator("#by-status li").count(), 1);

  // To a thread and back: the same view. Each row's link leads to its page.
  const before = await titles(page);
  await page.locator("tbody a.title").first().click();
  assert.equal(await page.locator("h1").textContent(), before[0]);
  await page.locator("nav .back").waitFor();
  await page.goBack();
  assert.match(await count(page), /of 12 in all/);
  assert.deepEqual(await titles(page), before);
  assert.equal(await page.inputValue("#status"), "closed");
  await page.reload();
  assert.match(await count(page), /of 12 in all/);
  assert.deepEqual(await titles(page), before);

  // A tool call is folded until it is opened.
  const thread = await open("threads/cthr_abc123.html");
  const call = thread.locator("details", { hasText: "get_workflow_deployment" });
  assert.equal(await call.locator("pre").first().isVisible(), false);
  await call.locator("summary").click();
  assert.equal(await call.locator("pre").first().isVisible(), true);
  await thread.click(".back");
  await thread.waitForURL(/index\.html/);
  assert.match(await count(thread), /^12 threads$/);

  // On a narrow screen there is no room for the headings: there the list of orders does it.
  const narrow = await open("index.html", { viewport: { width: 360, height: 740 } });
  await change(narrow, () => narrow.selectOption("#sort", "title-ascending"));
  assert.deepEqual((await titles(narrow)).filter(title => title !== "Untitled thread"), byTitle);
  for (const each of [narrow, await open("threads/cthr_abc123.html", { viewport: { width: 320, height: 740 } })]) {
    assert.ok(await each.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
  }
});
