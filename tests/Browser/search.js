// The messages: found from the index without case, opened at the item with the words marked, and back to the same view.
import assert from "node:assert/strict";
import { readdirSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { change, complaints, count, folder, open, searched, test, titles } from "./browser.js";

const said = page => page.locator("#searched p").textContent();
const hits = page => page.locator("tbody .hits a");
const marked = page => page.evaluate(() => [...CSS.highlights.get("searched") ?? []].map(range => String(range)));
const shards = readdirSync(join(folder, "search")).map(name => join(folder, "search", name)).sort((a, b) => statSync(a).size - statSync(b).size);

await test(async () => {
  assert.equal(shards.length, 3, "two with texts, and the filter");
  const page = await open("index.html");
  const loaded = [];
  page.on("request", request => loaded.push(request.url()));
  assert.equal(await page.locator("#searched").isVisible(), false);
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve)));
  assert.deepEqual(loaded, [], "nothing is loaded before a search");
  await change(page, () => page.fill("#search", "nowhereatall"));
  assert.equal(await said(page), "Messages: no item, of 15 items.");
  assert.equal(loaded.length, 1, "the filter says that no shard has it");
  for (const word of ["нигде", "ÄÖÜ", "ёѓњ", "請求", "감사", "תודה", "\u{1F4A5}"]) {
    await change(page, () => page.fill("#search", word));
    assert.equal(await said(page), "Messages: no item, of 15 items.");
    assert.equal(loaded.length, 1, `the filter says that no shard has ${word}`);
  }
  await change(page, () => page.fill("#search", "NEEDLE_at_the_end"));
  assert.deepEqual(await titles(page), ["Long"]);
  assert.equal(loaded.length, 2, "a shard has it");

  // Without case; all words in one item; a phrase in quotes.
  await change(page, () => page.fill("#search", "ZEBRA"));
  assert.match(await count(page), /^3 threads, of 8 in all$/);
  assert.equal(await said(page), "Messages: 7 items in 3 threads, of 15 items.");
  assert.deepEqual((await titles(page)).sort(), ["Code", "Many zebras", "Words"]);
  assert.equal(await page.locator("tbody tr", { hasText: "Many zebras" }).locator(".hits a").count(), 3);
  assert.deepEqual(new Set(await page.locator("tbody mark").allTextContents()), new Set(["zebra", "Zebra"]));
  await change(page, () => page.fill("#search", "crossing zebra"));
  assert.deepEqual(await titles(page), ["Words"]);
  await change(page, () => page.fill("#search", '"crossing zebra"'));
  assert.match(await count(page), /^No thread matches/);
  assert.match(await said(page), /^Messages: no item, of 15 items\.$/);
  await change(page, () => page.fill("#search", '"ZEBRA crossing"'));
  assert.deepEqual(await titles(page), ["Words"]);
  await change(page, () => page.fill("#search", "STRAẞE"));
  assert.match(await count(page), /^No thread/, "a letter is its capital and nothing else, as in Find-ChatKitThreadItem");
  await change(page, () => page.fill("#search", "üBERgROß \u{1F600}"));
  assert.deepEqual(await titles(page), ["Words"]);
  for (const word of ["СРОК", "срок", "ЉУБАВ", "éàÜ", "ÉÀü", "迷子", "שלום", "안녕"]) {
    await change(page, () => page.fill("#search", word));
    assert.deepEqual(await titles(page), ["Words"], word);
  }
  for (const [text, expected] of [["a.c", 0], ["(", 2], ["[x-", 1], ["\\d", 1], ["$&", 1], ['"', 8]]) {
    await change(page, () => page.fill("#search", text));
    assert.equal((await titles(page)).length, expected, text);
  }

  // More than anybody types is cut.
  await change(page, () => page.evaluate(() => {
    const field = document.getElementById("search");
    field.value = "zebra ".repeat(40_000);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }));
  assert.equal((await titles(page)).length, 3);
  assert.ok(page.url().length < 3000);

  // One letter will do. A filter keeps what was found, and the other way round.
  await change(page, () => page.fill("#search", "z"));
  assert.equal((await titles(page)).length, 3);
  await change(page, () => page.selectOption("#status", "locked"));
  assert.deepEqual(await titles(page), ["Words"]);
  await change(page, () => page.fill("#search", "zebra crossing"));
  assert.deepEqual(await titles(page), ["Words"]);

  // Paper says what was asked for, and has no dark marks, whatever the screen has.
  assert.equal(await page.locator("#pages").isVisible(), false, "one page of the list needs no buttons");
  assert.equal(await page.locator("#asked").isVisible(), false);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("#asked").innerText(), "Search: zebra crossing · Status: locked");
  assert.equal(await page.locator("mark").first().evaluate(mark => getComputedStyle(mark).color), "rgb(0, 0, 0)");
  await page.emulateMedia({ media: "screen", colorScheme: "light" });

  // A hit opens the thread at the item, marked, with its words.
  assert.equal(await hits(page).count(), 1);
  assert.match(await hits(page).getAttribute("aria-label"), /^Item 2: A Zebra at the crossing/);
  const view = new URL(page.url()).hash;
  await hits(page).click();
  await page.waitForURL(/threads\/.*#item-2$/);
  assert.equal(await page.locator(":target .id").textContent(), "cthi_1");
  assert.notEqual(await page.locator(":target .what").evaluate(element => getComputedStyle(element).outlineStyle), "none");
  assert.deepEqual(new Set(await marked(page)), new Set(["Zebra", "crossing", "zebra"]));
  assert.equal(await page.locator(".back").getAttribute("href"), "../index.html" + view);
  await page.reload();
  assert.equal(await page.locator(".back").getAttribute("href"), "../index.html" + view);
  assert.ok((await marked(page)).length > 0);

  // A click on the number of an item changes the address, and not the way back.
  await page.click("#item-1 .number");
  await page.waitForURL(/#item-1$/);
  await page.reload();
  assert.equal(await page.locator(".back").getAttribute("href"), "../index.html" + view);
  await page.goBack();
  await page.waitForURL(/#item-2$/);
  for (const back of [() => page.click(".back"), () => page.goBack().then(() => page.goBack())]) {
    await back();
    await page.waitForURL(/index\.html/);
    await searched(page);
    assert.equal(new URL(page.url()).hash, view);
    assert.equal(await page.inputValue("#search"), "zebra crossing");
    assert.equal(await page.inputValue("#status"), "locked");
    assert.deepEqual(await titles(page), ["Words"]);
    assert.equal(await hits(page).count(), 1);
  }

  // In what is folded, and far below in a long message.
  await change(page, () => page.click("button[type=reset]"));
  await change(page, () => page.fill("#search", "needle_in_arguments"));
  await hits(page).click();
  await page.waitForURL(/#item-3$/);
  assert.equal(await page.locator(":target details").evaluate(details => details.open), true);
  assert.deepEqual(new Set(await marked(page)), new Set(["needle_in_arguments"]));
  await page.goBack();
  await searched(page);
  await change(page, () => page.fill("#search", "needle_at_the_end"));
  await hits(page).click();
  await page.waitForURL(/#item-1$/);
  await page.waitForFunction(() => { const { top, bottom } = [...CSS.highlights.get("searched")][0].getBoundingClientRect(); return top > 0 && bottom < innerHeight; });

  // Text that means harm is searched and shown like any other.
  const harm = await open("index.html");
  await change(harm, () => harm.fill("#search", "</script><script>"));
  assert.deepEqual(await titles(harm), ["Harm"]);
  assert.match(await hits(harm).textContent(), /^1<\/script><script>window\.__pwned = 1 d e\uFFFDf"\); window/);
  await change(harm, () => harm.fill("#search", "after_the_separators"));
  assert.deepEqual(await titles(harm), ["Harm"]);
  assert.equal(await harm.evaluate(() => window.__pwned), undefined);
  await hits(harm).click();
  await harm.waitForURL(/#item-1$/);
  assert.equal(await harm.evaluate(() => window.__pwned), undefined);
  const address = await open("threads/cthr_harm.html#item=1&q=x&user=%22%3E%3Cimg%20src%3Dx%20onerror%3D%22window.__pwned%3D1&evil=javascript:1");
  assert.equal(await address.evaluate(() => window.__pwned), undefined);
  assert.equal(await address.locator(".back").getAttribute("href"), "../index.html#q=x&user=%22%3E%3Cimg+src%3Dx+onerror%3D%22window.__pwned%3D1");
  assert.deepEqual(complaints, []);

  // A shard that is not there, one that is damaged, a filter that is not there: the page says so, and finds what is in the others.
  const [first, filter, last] = shards;
  renameSync(first, first + ".away");
  const some = await open("index.html");
  await change(some, () => some.fill("#search", "zebra"));
  assert.match(await said(some), /^Not everything is searched: \d+ of 15 items cannot be loaded from the folder "search"/);
  assert.equal(await some.locator("#searched").evaluate(element => element.classList.contains("incomplete")), true);
  renameSync(first + ".away", first);
  await change(some, () => some.fill("#search", "Zebra"));
  assert.match(await said(some), /^Messages: 7 items in 3 threads, of 15 items\.$/, "it is loaded by the next search");
  writeFileSync(last, "chatkitTexts(");
  unlinkSync(filter);
  const damaged = await open("index.html");
  await change(damaged, () => damaged.fill("#search", "e"));
  assert.match(await said(damaged), /^Not everything is searched/);
  unlinkSync(first);
  unlinkSync(last);
  const none = await open("index.html");
  await change(none, () => none.fill("#search", "Many"));
  assert.deepEqual(await titles(none), ["Many zebras"], "titles are searched all the same");
  assert.match(await said(none), /^Not everything is searched: 15 of 15 items/);
  assert.ok(complaints.every(complaint => /Failed to load resource|Unexpected end of input|missing \)/.test(complaint)), complaints.join("\n"));
  complaints.length = 0;

  // The policy lets in what has the nonce, and nothing else of the file system.
  writeFileSync(shards[0], "window.__pwned = 40");
  const guarded = await open("index.html");
  await guarded.evaluate(source => new Promise(resolve => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = script.onerror = resolve;
    document.head.append(script);
  }), "search/" + shards[0].split(/[\\/]/).at(-1));
  assert.equal(await guarded.evaluate(() => window.__pwned), undefined);
  assert.ok(complaints.length > 0 && complaints.every(complaint => complaint.includes("Content Security Policy")), complaints.join("\n"));
  complaints.length = 0;
});
