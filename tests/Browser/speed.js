// Measures a search over many messages: how long until the first result is shown, and until all are searched. Prints figures, and has no limits.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { count, folder, open, searched, test } from "./browser.js";

const runs = 5;
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

await test(async () => {
  const shards = readdirSync(join(folder, "search")).map(name => statSync(join(folder, "search", name)).size);
  console.log(`${shards.length} shards, ${Math.round(shards.reduce((a, b) => a + b) / 2 ** 20)} MiB`);
  const words = process.argv.slice(3);
  const figures = new Map();
  for (let run = 0; run < runs; run++) {
    for (const word of words) {
      const page = await open("index.html");
      if (run === 0 && word === words[0]) console.log(await count(page));
      for (const state of ["cold", "warm"]) {
        const measured = await page.evaluate(word => new Promise(resolve => {
          const start = performance.now();
          let first = null;
          const look = () => {
            if (first === null && document.querySelector("tbody .hits")) first = performance.now() - start;
            if (document.querySelector("#table").ariaBusy === "true" || performance.now() - start < 200) requestAnimationFrame(look);
            else resolve([first, performance.now() - start, performance.memory.usedJSHeapSize / 2 ** 20]);
          };
          const box = document.querySelector("#search");
          box.value = word;
          box.dispatchEvent(new Event("input", { bubbles: true }));
          requestAnimationFrame(look);
        }), word);
        figures.set(`${word}, ${state}`, [...figures.get(`${word}, ${state}`) ?? [], measured]);
        await page.evaluate(() => { const box = document.querySelector("#search"); box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); });
        await page.waitForTimeout(300);
        await searched(page);
      }
      await page.context().close();
    }
  }
  for (const [name, values] of figures) {
    const [first, all, memory] = [0, 1, 2].map(index => median(values.map(each => each[index])));
    console.log(`${name}: first result ${first === null ? "none" : Math.round(first) + " ms"}, all searched ${Math.round(all)} ms, heap ${Math.round(memory)} MiB`);
  }
});
