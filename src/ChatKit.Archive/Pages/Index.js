// Shows the rows of the index as they are needed: searched, filtered, sorted, a page at a time; and draws the charts of what was found.
// Nothing of the data ever becomes markup: text goes into text nodes, addresses are made of file names that hold a-z, 0-9, _, - and ~.
"use strict";
(() => {
  const pageLength = 100;
  const printLength = 5000;
  const day = 86400;
  const svgNamespace = "http://www.w3.org/2000/svg";
  const byId = id => document.getElementById(id);
  const form = byId("filter");
  const table = byId("table");
  const body = table.tBodies[0];
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const number = n => n.toLocaleString("en-US");
  const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  const isoDay = seconds => new Date(seconds * 1000).toISOString().slice(0, 10);

  const rows = JSON.parse(byId("rows").textContent).map(([id, title, status, reason, user, created, items, number, name]) => ({
    id, title, status, reason, user, created, items, number, name: name ?? id,
    text: plain([title, user, id, status, reason].join("\n")),
  }));
  const texts = textSearch(JSON.parse(byId("shards").textContent), document.currentScript.nonce, showTexts);

  function element(name, attributes, ...children) {
    const made = name.startsWith("svg:") ? document.createElementNS(svgNamespace, name.slice(4)) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const longText = 80;
  const tooltip = text => text.length > longText ? { title: text.length > 2000 ? text.slice(0, 2000) + "…" : text } : {};
  const statusClass = status => ["active", "locked", "closed"].includes(status) ? status : "other";

  function counts(list, key) {
    const found = new Map();
    for (const row of list) if (row[key]) found.set(row[key], (found.get(row[key]) ?? 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
  }

  // What can be chosen: of data that has thousands, the most frequent.
  const knownUsers = new Set(rows.map(row => row.user));
  byId("users").append(...counts(rows, "user").slice(0, 500).map(([user]) => element("option", { value: user })));
  byId("status").append(...counts(rows, "status").slice(0, 50).map(([status, count]) => element("option", { value: status }, `${status} (${number(count)})`)));

  // The view: what is asked for, what was found, which page of it. The address keeps it, so that "back" comes back to it.
  let found = [];
  let page = 0;
  let wantedPage = 0;
  let printing = false;
  let searchedFor = "";
  let lastShown = 0;

  function matching() {
    const words = searchWords(form.q.value).map(plain);
    const status = form.status.value;
    const user = form.user.value.trim();
    const userPart = plain(user);
    const from = Date.parse(form.from.value) / 1000;
    const to = Date.parse(form.to.value) / 1000 + day;
    return rows.filter(row =>
      (words.every(word => row.text.includes(word)) || texts.state.found.has(row.number)) &&
      (!status || row.status === status) &&
      (!user || (knownUsers.has(user) ? row.user === user : plain(row.user).includes(userPart))) &&
      (Number.isNaN(from) || (row.created !== null && row.created >= from)) &&
      (Number.isNaN(to) || (row.created !== null && row.created < to)));
  }

  function sorted(list) {
    const [column, direction] = form.sort.value.split("-");
    const sign = direction === "ascending" ? 1 : -1;
    const numeric = column === "items" || column === "created";
    const isEmpty = value => value === null || value === "";
    return list.sort((a, b) => {
      // What has no value comes last, whichever way it goes.
      const empty = isEmpty(a[column]) - isEmpty(b[column]);
      return empty || sign * (numeric ? a[column] - b[column] : collator.compare(a[column], b[column])) || (a.id < b.id ? -1 : 1);
    });
  }

  function fields() {
    return [["q", ""], ["status", ""], ["user", ""], ["from", ""], ["to", ""], ["sort", "created-descending"]];
  }

  function view() {
    const state = new URLSearchParams();
    for (const [name, usual] of fields()) if (form[name].value !== usual) state.set(name, form[name].value.slice(0, longestSearch));
    if (page > 0) state.set("page", page + 1);
    return String(state);
  }

  function remember() {
    history.replaceState(null, "", "#" + view());
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [name, usual] of fields()) {
      form[name].value = (state.get(name) ?? usual).slice(0, longestSearch);
      if (form[name].selectedIndex === -1) form[name].value = usual;
    }
    searchTexts();
    find();
    turnTo(Number(state.get("page") ?? 1) - 1);
  }

  // The texts are searched anew where other words are asked for, and not where only a filter is another.
  function searchTexts() {
    const words = searchWords(form.q.value);
    if (words.join("\n") === searchedFor) return;
    searchedFor = words.join("\n");
    texts.search(words);
  }

  // What is found first is shown at once, and the rest a few times a second.
  function showTexts() {
    const { busy, items, allItems, missingItems, missingShards, matches, found: inThreads } = texts.state;
    const place = byId("searched");
    const isNew = matches > 0 && place.dataset.any !== "true";
    if (busy && !isNew && items > 0 && performance.now() - lastShown < 300) return;
    lastShown = performance.now();
    place.dataset.any = matches > 0;
    place.hidden = searchedFor === "" || allItems === 0;
    place.classList.toggle("incomplete", missingShards > 0);
    table.setAttribute("aria-busy", busy);
    const [message, progress] = place.children;
    progress.hidden = !busy;
    progress.value = (items + missingItems) / Math.max(1, allItems);
    const sum = `${number(matches)} ${matches === 1 ? "item" : "items"} in ${number(inThreads.size)} ${inThreads.size === 1 ? "thread" : "threads"}`;
    const all = `Messages: ${matches === 0 ? "no item" : sum}, of ${number(allItems)} items.`;
    const missing = `Not everything is searched: ${number(missingItems)} of ${number(allItems)} items cannot be loaded from the folder "search". ` +
      `Keep it beside this page. Found so far: ${sum}.`;
    const text = busy ? "Searching the messages. Not all of them are searched yet." : missingShards > 0 ? missing : all;
    if (message.textContent !== text) message.textContent = text;
    if (items + missingItems > 0) {
      find();
      turnTo(wantedPage);
    }
  }

  function find() {
    found = sorted(matching());
    page = 0;
    const [column, direction] = form.sort.value.split("-");
    for (const heading of table.tHead.querySelectorAll("th")) {
      if (heading.dataset.column === column) heading.setAttribute("aria-sort", direction);
      else heading.removeAttribute("aria-sort");
    }
    drawDays();
    drawStatuses();
  }

  const lastPage = () => Math.max(0, Math.ceil(found.length / pageLength) - 1);

  function turnTo(wanted) {
    wantedPage = wanted;
    page = Math.min(Math.max(0, Math.trunc(wanted) || 0), lastPage());
    const start = printing ? 0 : page * pageLength;
    const shown = found.slice(start, start + (printing ? printLength : pageLength));
    const focused = body.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const state = view();
    const marked = searchedFor ? anyWordPattern(searchedFor.split("\n")) : null;
    body.replaceChildren(...shown.map(row => tableRow(row, state, marked)));
    if (focused) [...body.querySelectorAll("a")].find(link => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    table.hidden = found.length === 0;
    byId("pages").hidden = lastPage() === 0;
    byId("page").textContent = `Page ${number(page + 1)} of ${number(lastPage() + 1)}`;
    for (const button of byId("pages").querySelectorAll("button")) {
      // Not "disabled", which would take the focus away from whoever pressed it.
      const atEnd = ["first", "previous"].includes(button.dataset.to) ? page === 0 : page === lastPage();
      button.setAttribute("aria-disabled", atEnd);
    }
    byId("count").textContent = countText(start, shown.length);
    byId("asked").textContent = askedText();
  }

  // Paper has no fields that say what was asked for.
  function askedText() {
    const asked = [["q", "Search"], ["status", "Status"], ["user", "User"], ["from", "Created from"], ["to", "Created to"]];
    return asked.filter(([name]) => form[name].value !== "").map(([name, label]) => `${label}: ${form[name].value}`).join(" · ");
  }

  function countText(start, length) {
    const all = found.length === rows.length;
    const total = `${number(found.length)} ${found.length === 1 ? "thread" : "threads"}`;
    if (rows.length === 0) return "There are no threads.";
    if (found.length === 0) return `No thread matches. There are ${number(rows.length)} in all.`;
    return (length < found.length ? `${number(start + 1)} to ${number(start + length)} of ${total}` : total) + (all ? "" : `, of ${number(rows.length)} in all`);
  }

  // The words that were searched for stand out.
  function withMarks(text, pattern) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      parts.push(text.slice(end, match.index), element("mark", null, match[0]));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  }

  // The first items of a thread in which the words stand, each a link to it.
  function hits(row, address, state, pattern) {
    const hit = texts.state.found.get(row.number);
    if (!hit || !pattern) return [];
    const more = hit.count - hit.items.length;
    return [element("ul", { class: "hits" },
      ...hit.items.map(({ number: item, text }) => element("li", null,
        element("a", { href: `${address}#item=${item}${state && "&" + state}`, "aria-label": `Item ${item}: ${text}` },
          element("span", { class: "item" }, String(item)), element("bdi", null, ...withMarks(text, pattern))))),
      ...(more > 0 ? [element("li", { class: "more" }, `and ${number(more)} more`)] : []))];
  }

  function tableRow(row, state, pattern) {
    const title = row.title || "Untitled thread";
    const address = `threads/${encodeURIComponent(row.name)}.html`;
    const created = row.created === null ? null : new Date(row.created * 1000).toISOString();
    const time = () => created === null ? "" : element("time", { datetime: created }, created.slice(0, 10), element("span", { class: "clock" }, " " + created.slice(11, 16)));
    const status = () => element("span", { class: "status " + statusClass(row.status), ...tooltip(row.status) }, element("bdi", null, row.status));
    const reason = row.reason ? [element("bdi", { class: "reason", ...tooltip(row.reason) }, row.reason)] : [];
    const user = () => element("bdi", { class: "user", ...tooltip(row.user) }, row.user);
    return element("tr", null,
      element("td", null,
        element("a", { href: address + (state && "#" + state), class: row.title ? "title" : "title none", ...tooltip(title) }, element("bdi", null, title)),
        element("bdi", { class: "id" }, row.id),
        ...hits(row, address, state, pattern),
        // On a narrow screen this line stands for the columns that it has no room for.
        element("div", { class: "rest" }, status(), user(), time())),
      element("td", null, status(), ...reason),
      element("td", null, user()),
      element("td", { class: "number" }, number(row.items)),
      element("td", null, time()));
  }

  // A round number of steps to the top of an axis.
  function axisStep(most) {
    const rough = Math.max(1, most / 3);
    const power = 10 ** Math.floor(Math.log10(rough));
    return Math.max(1, [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough));
  }

  function drawDays() {
    const place = byId("by-day");
    const dates = found.filter(row => row.created !== null).map(row => Math.floor(row.created / day));
    if (dates.length === 0) {
      place.replaceChildren(element("p", { class: "none" }, "Nothing to show."));
      return;
    }

    const first = dates.reduce((a, b) => Math.min(a, b));
    const last = dates.reduce((a, b) => Math.max(a, b));
    const width = Math.max(240, place.clientWidth);
    const height = 190;
    const left = 44, right = 6, top = 10, bottom = 26;
    const room = width - left - right;

    // A bar per day, while a bar has two pixels; beyond that, one per as many days as it takes.
    const span = [1, 7, 28, 91, 365].find(days => (last - first + 1) / days * 2 <= room) ?? Math.ceil((last - first + 1) * 2 / room);
    const bars = new Array(Math.floor((last - first) / span) + 1).fill(0);
    for (const date of dates) bars[Math.floor((date - first) / span)]++;
    const most = bars.reduce((a, b) => Math.max(a, b));
    const step = axisStep(most);
    const ceiling = Math.ceil(most / step) * step;
    const y = value => top + (height - top - bottom) * (1 - value / ceiling);
    const pitch = room / Math.max(bars.length, 7);
    const thickness = Math.min(36, pitch * (pitch > 6 ? 0.72 : 0.86));
    const unit = span === 1 ? "day" : span === 7 ? "week" : `${number(span)} days`;
    const dayOf = index => isoDay((first + index * span) * day);

    const drawing = element("svg:svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `Threads per ${unit} from ${dayOf(0)} to ${isoDay(last * day)}, ${number(most)} at most` });
    for (let value = 0; value <= ceiling; value += step) {
      drawing.append(
        element("svg:line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
        element("svg:text", { class: "axis", x: left - 8, y: y(value) + 4, "text-anchor": "end" }, number(value)));
    }
    bars.forEach((value, index) => {
      if (value === 0) return;
      const bar = element("svg:rect", { class: "bar", x: left + pitch * (index + 0.5) - thickness / 2, y: y(value), width: thickness, height: y(0) - y(value), rx: Math.min(3, thickness / 4) },
        element("svg:title", null, `${dayOf(index)}${span > 1 ? " and after" : ""}: ${number(value)}`));
      drawing.append(bar);
    });
    const every = Math.ceil(96 / pitch);
    let year = "";
    let free = 0;
    for (let index = 0; index < bars.length; index += every) {
      const x = left + pitch * (index + 0.5);
      if (index > 0 && x > width - 38) break;
      // The year where it is another one than before.
      const date = dayOf(index);
      const text = dayAndMonth.format(Date.parse(date)) + (date.slice(0, -6) === year ? "" : " " + date.slice(0, -6));
      const half = text.length * 3.5;
      const at = Math.max(x, left + half);
      if (at - half < free) continue;
      free = at + half + 8;
      year = date.slice(0, -6);
      drawing.append(element("svg:text", { class: "axis", x: at, y: height - 6, "text-anchor": "middle" }, text));
    }
    byId("by-day-caption").textContent = "Threads per " + unit;
    place.replaceChildren(drawing);
  }

  function drawStatuses() {
    const all = counts(found, "status");
    const shown = all.length > 6 ? [...all.slice(0, 5), [`${number(all.length - 5)} others`, all.slice(5).reduce((sum, [, count]) => sum + count, 0)]] : all;
    byId("by-status").replaceChildren(...shown.map(([status, count]) => {
      const share = 100 * count / found.length;
      const bar = element("svg:svg", { class: "share " + statusClass(status), width: "100%", height: 8, "aria-hidden": "true" },
        element("svg:rect", { class: "track", width: "100%", height: 8, rx: 4 }),
        element("svg:rect", { class: "fill", width: `${Math.max(share, 1)}%`, height: 8, rx: 4 }));
      return element("li", null,
        element("span", { class: "status " + statusClass(status), ...tooltip(status) }, element("bdi", null, status)),
        element("span", { class: "value" }, number(count), " ", element("span", { class: "percent" }, share > 0 && share < 1 ? "< 1 %" : `${Math.round(share)} %`)),
        bar);
    }));
    if (all.length === 0) byId("by-status").replaceChildren(element("li", { class: "none" }, "Nothing to show."));
  }

  function refresh() {
    searchTexts();
    find();
    turnTo(0);
    remember();
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 120);
  });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(refresh));
  table.tHead.addEventListener("click", event => {
    const column = event.target.closest("button")?.closest("th").dataset.column;
    if (!column) return;
    const usual = column === "items" || column === "created" ? "descending" : "ascending";
    const other = usual === "ascending" ? "descending" : "ascending";
    form.sort.value = `${column}-${form.sort.value === `${column}-${usual}` ? other : usual}`;
    refresh();
  });
  byId("pages").addEventListener("click", event => {
    const to = event.target.closest("button")?.dataset.to;
    if (!to || event.target.closest("button").getAttribute("aria-disabled") === "true") return;
    turnTo({ first: 0, previous: page - 1, next: page + 1, last: lastPage() }[to]);
    remember();
    byId("count").scrollIntoView({ block: "nearest" });
  });
  addEventListener("hashchange", recall);

  // Its address would take the place of the view's, and what had been asked for would be gone.
  document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); byId("search").focus(); });
  addEventListener("beforeprint", () => { printing = true; turnTo(page); });
  addEventListener("afterprint", () => { printing = false; turnTo(page); });
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; drawDays(); } });
  recall();
})();
