// Data that means harm, everywhere: it runs nothing, leads nowhere, and moves nothing out of its place.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { change, complaints, folder, open, test } from "./browser.js";

const usual = new Set(["HTML", "HEAD", "META", "TITLE", "STYLE", "BODY", "A", "HEADER", "NAV", "H1", "H2", "H3", "DL", "DIV", "DT", "DD", "SPAN", "BDI", "TIME", "CODE", "MAIN", "OL", "UL", "LI", "P", "BLOCKQUOTE", "DETAILS", "SUMMARY", "PRE", "FOOTER", "SCRIPT"]);

async function harmless(page, where) {
  assert.equal(await page.evaluate(() => window.__pwned), undefined, where);
  const found = await page.evaluate(() => ({
    handlers: [...document.querySelectorAll("*")].flatMap(element => element.getAttributeNames().filter(name => name.startsWith("on") || name === "style" && !element.matches("html"))),
    links: [...document.querySelectorAll("[href]")].map(element => element.getAttribute("href")),
    sources: document.querySelectorAll("[src], [srcdoc], iframe, object, embed, base, form[action], link, img").length,
    tags: [...new Set([...document.querySelectorAll("*")].map(element => element.tagName))],
    highest: Math.max(0, ...[...document.querySelectorAll("tbody tr, #by-status li")].map(element => element.offsetHeight)),
    wide: document.documentElement.scrollWidth > innerWidth,
    text: document.body.innerText,
  }));
  assert.deepEqual(found.handlers, [], where);
  assert.equal(found.sources, 0, where);
  assert.equal(found.wide, false, `${where} is wider than the screen`);
  assert.ok(found.highest < 1200, `${where} has a row of ${found.highest} pixels`);
  assert.doesNotMatch(found.text, /[\u202D\u202E\u0000-\u0008\u000B-\u001F]/, where);
  for (const href of found.links) assert.match(href, /^(https?:\/\/|#|\.\.\/index\.html(#|$)|threads\/)/, where);
  return found;
}

await test(async () => {
  const index = await open("index.html", { viewport: { width: 390, height: 800 } });
  await harmless(index, "index");
  const count = await index.locator("tbody tr").count();
  assert.equal(count, readdirSync(join(folder, "threads")).length);
  const links = await index.locator("tbody a.title").evaluateAll(all => all.map(link => link.href));
  assert.equal(new Set(links).size, count);

  // The data goes through the search, the filters and the address, too.
  for (const text of ["<script>", "</script><script>", "onerror=", "__proto__"]) {
    await change(index, () => index.fill("#search", text));
    await harmless(index, `search for ${text}`);
  }
  await change(index, () => index.click("button[type=reset]"));
  for (const option of await index.locator("#status option").evaluateAll(options => options.map(each => each.value))) {
    await change(index, () => index.selectOption("#status", option));
    await harmless(index, `status ${option}`);
  }
  await change(index, () => index.evaluate(() => { location.hash = "#q=<img src=x onerror=window.__pwned=1>&status=nosuch&sort=constructor-x&page=1e9&user=%00"; }));
  assert.match(await index.inputValue("#search"), /onerror/);
  assert.equal(await index.inputValue("#sort"), "created-descending");
  await harmless(index, "address");

  // Every thread's page, in one browser window after the other, with all that is folded unfolded.
  for (const file of readdirSync(join(folder, "threads"))) {
    const page = await open(`threads/${file}`, { viewport: { width: 390, height: 800 } });
    await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
    const { tags } = await harmless(page, file);
    assert.deepEqual(tags.filter(tag => !usual.has(tag)), [], file);
    // What follows a text in the opposite direction stands where it stood: the page's own words are in order.
    assert.equal(await page.locator("dt").allTextContents().then(all => all.join()), "Status,User,Created,Thread", file);
    const places = await page.locator(".who h2, .who time").evaluateAll(all => all.map(element => [element.getBoundingClientRect().left, element.getBoundingClientRect().top]));
    for (let i = 0; i + 1 < places.length; i += 2) assert.ok(places[i][1] < places[i + 1][1] - 4 || places[i][0] < places[i + 1][0], `${file}: a role comes before its time`);
    await page.mouse.move(200, 400);
    for (const link of await page.locator("li a[href^=http]").all()) {
      assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
    }
    await page.context().close();
  }

  assert.deepEqual(complaints, []);

  // The policy is no ornament: what is not the page's own may not run or load, however it comes in.
  const guarded = await open("index.html");
  const blocked = [];
  guarded.on("requestfailed", request => blocked.push(request.failure().errorText));
  await guarded.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.__pwned = 30";
    const image = document.createElement("img");
    image.src = "https://evil.example/x.png";
    document.body.append(script, image);
    return new Promise(resolve => { image.onerror = resolve; });
  });
  assert.equal(await guarded.evaluate(() => window.__pwned), undefined);
  assert.deepEqual(blocked, ["csp"]);
  assert.equal(complaints.filter(complaint => complaint.includes("Content Security Policy")).length, 2, complaints.join("\n"));
  complaints.length = 0;
});
