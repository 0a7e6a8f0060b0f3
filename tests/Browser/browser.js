// Opens pages in the Chromium of this machine, and watches: nothing may be asked for but files, and nothing may complain.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const cannotRun = 77;

function skip(reason) {
  console.log(reason);
  process.exit(cannotRun);
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(file => {
    try { accessSync(file, constants.X_OK); return true; } catch { return false; }
  });
}

export async function load(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return skip(`The package ${name} is not installed: run npm ci in tests/Browser.`);
  }
}

export const folder = process.argv[2];

// What a test did not expect: requests, dialogs, errors, breaches of the policy.
export const complaints = [];

const { chromium } = await load("playwright-core");
const executablePath = process.env.CHROMIUM ?? onPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) ?? skip("Chromium is not installed.");
const browser = await chromium.launch({ executablePath });

/** Opens a page of the folder; `options` are those of a browser's context, such as colorScheme and viewport. `path` may have a fragment. */
export async function open(path, options = {}) {
  const [file, ...fragment] = path.split("#");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", ...options });
  const page = await context.newPage();
  page.on("request", request => { if (!request.url().startsWith("file://")) complaints.push(`request: ${request.url()}`); });
  page.on("dialog", dialog => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", error => complaints.push(`error: ${error.message}`));
  page.on("console", message => { if (message.type() !== "log") complaints.push(`console: ${message.text()}`); });
  await page.goto([pathToFileURL(join(folder, file)).href, ...fragment].join("#"));
  return page;
}

/** Runs a test and ends the process with what it found. */
export async function test(body) {
  let error;
  try {
    await body();
  } catch (thrown) {
    error = thrown;
  }
  await browser.close();
  if (error) console.log(error.stack);
  for (const complaint of complaints) console.log(complaint);
  process.exitCode = error || complaints.length > 0 ? 1 : 0;
}

export const titles = page => page.locator("tbody a.title").allTextContents();

/** Does something that changes what is shown, and waits until it has; the page waits a little itself while somebody types. */
export async function change(page, action) {
  await page.evaluate(() => document.querySelector("tbody").append(document.createComment("before")));
  await action();
  await page.waitForFunction(() => ![...document.querySelector("tbody").childNodes].some(node => node.nodeType === Node.COMMENT_NODE));
  await searched(page);
}

/** Waits until all messages are searched. */
export const searched = page => page.waitForFunction(() => document.querySelector("#table").ariaBusy !== "true");

/** The line that says how many were found. */
export const count = page => page.locator("#count").textContent();
