// Comes from the index: goes to the item that was found, marks the words, and keeps the view of the index for the way back.
// Nothing of the address or of the data ever becomes markup: words are marked by ranges, and the address is only parsed.
"use strict";
(() => {
  const markedAtMost = 20000;
  const came = new URLSearchParams(history.state?.view ?? location.hash.slice(1));
  const view = new URLSearchParams();
  for (const name of ["q", "status", "user", "from", "to", "sort", "page"]) if (came.has(name)) view.set(name, came.get(name));
  if (String(view)) document.querySelector(".back").setAttribute("href", "../index.html#" + view);

  const number = came.get("item") ?? "";
  if (/^\d+$/.test(number)) {
    // The browser's own way of marking where an address leads to; a reload comes here by the state.
    location.replace("#item-" + number);
    history.replaceState({ view: String(view) }, "");
  }

  // A click on an item's number makes an entry of the history that does not know the view.
  addEventListener("hashchange", () => history.replaceState({ view: String(view) }, ""));

  const words = searchWords(view.get("q") ?? "");
  if (words.length === 0 || !globalThis.Highlight || !CSS.highlights) return;
  const pattern = anyWordPattern(words);
  const target = document.getElementById("item-" + number);
  const ranges = [];

  function mark(root) {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      for (const match of nodes.currentNode.data.matchAll(pattern)) {
        if (ranges.length === markedAtMost) return;
        const range = new Range();
        range.setStart(nodes.currentNode, match.index);
        range.setEnd(nodes.currentNode, match.index + match[0].length);
        ranges.push(range);
      }
    }
  }

  // The target first, so that its words are marked however many there are.
  if (target) mark(target.querySelector(".what"));
  const [first] = ranges;
  const folded = range => range.startContainer.parentElement.closest("details:not([open])");
  if (first && ranges.every(folded)) {
    for (let details = folded(first); details; details = folded(first)) details.open = true;
  }
  mark(document.querySelector("h1"));
  mark(document.getElementById("conversation"));
  CSS.highlights.set("searched", new Highlight(...ranges));

  // In a long message the word may be far below its beginning, to which the browser goes until the page is loaded.
  const shown = target && ranges.find(range => target.contains(range.startContainer) && !folded(range));
  if (shown) addEventListener("load", () => setTimeout(() => {
    const { top, bottom } = shown.getBoundingClientRect();
    if (bottom > innerHeight) scrollBy(0, top - innerHeight / 2);
  }));
})();
