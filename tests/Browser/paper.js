// On paper there are no pages to turn and nothing to unfold.
import assert from "node:assert/strict";
import { count, open, test } from "./browser.js";

await test(async () => {
  const index = await open("index.html");
  assert.match(await count(index), /^1 to 100 of 262 threads$/);
  await index.evaluate(() => window.addEventListener("beforeprint", () => { window.printed = document.querySelectorAll("tbody tr").length; }));
  await index.emulateMedia({ media: "print" });
  await index.pdf();
  assert.equal(await index.evaluate(() => window.printed), 262);
  assert.equal(await index.locator("form").isVisible(), false);
  await index.emulateMedia({ media: "screen" });
  assert.match(await count(index), /^1 to 100 of 262 threads$/);

  const thread = await open("threads/cthr_abc123.html");
  const output = thread.locator("details pre").first();
  assert.equal(await output.isVisible(), false);
  await thread.emulateMedia({ media: "print" });
  assert.equal(await output.isVisible(), true);
  assert.ok((await output.boundingBox()).height > 20);
});
