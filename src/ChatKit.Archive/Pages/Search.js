// Searches the texts of items. They lie in shards beside the index, which are loaded by the first search, and searched one after the other, so that
// what is found first is shown first. A script is the only thing that a page of the file system may load.
"use strict";

// shards: the texts, [[name, number of items], ...], and the name of the filter; nonce: what the page's policy lets them load by; changed: is called as the search gets on.
const textSearch = ({ filter, texts: shards }, nonce, changed) => {
  const end = "\x1E";
  const excerpts = 3;
  const loadedAhead = 4;
  // Characters; beyond that a shard is loaded again by each search.
  const keptAtMost = 64 * 1024 * 1024;
  const longestSliceMs = 40;

  const allItems = shards.reduce((sum, [, items]) => sum + items, 0);
  const kept = new Map();
  const loading = new Map();
  let keptLength = 0;
  let received = null;
  let runs = 0;

  // found: by a thread's number, how many of its items match, and the first of them.
  const state = { busy: false, allItems, items: 0, missingItems: 0, missingShards: 0, matches: 0, found: new Map() };

  window.chatkitTexts = (threads, text) => {
    if (document.currentScript) received = { script: document.currentScript, threads, text };
  };

  function load(name) {
    if (kept.has(name)) return kept.get(name);
    if (!loading.has(name)) loading.set(name, new Promise(resolve => {
      const script = document.createElement("script");
      script.nonce = nonce;
      script.onload = script.onerror = () => {
        // A script's "load" follows its execution at once.
        const shard = received?.script === script ? { threads: received.threads, text: received.text } : null;
        received = null;
        script.remove();
        loading.delete(name);
        if (shard && keptLength + shard.text.length <= keptAtMost) {
          keptLength += shard.text.length;
          kept.set(name, shard);
        }
        resolve(shard);
      };
      script.src = `search/${name}.js`;
      document.head.append(script);
    }));
    return loading.get(name);
  }

  // The sets of SearchFilter.cs, once they are loaded; null where there are none.
  let sets = null;
  async function loadFilter() {
    const loaded = sets === null && filter ? await load(filter) : null;
    if (!loaded) return;
    kept.delete(filter);
    keptLength -= loaded.text.length;
    sets = Uint8Array.from(atob(loaded.text), character => character.charCodeAt(0));
  }

  // As SearchFilter.cs does.
  const isIn = (code, ...ranges) => ranges.some(([from, to]) => code >= from && code <= to);
  const isWithoutCase = code => isIn(code, [0x590, 0xFFF], [0x3040, 0x9FFF], [0xAC00, 0xDFFF]);
  function fold(code) {
    if (isIn(code, [0x61, 0x7A], [0xE0, 0xF6], [0xF8, 0xFE], [0x430, 0x44F])) return code - 32;
    if (isIn(code, [0x450, 0x45F])) return code - 80;
    return isIn(code, [0x21, 0x7E], [0xC0, 0xDF], [0xF7, 0xF7], [0x400, 0x42F]) ? code : 0;
  }

  // The bits of what stands in the words: each three characters in a row, or one alone.
  function bitsOf(words) {
    const bits = new Set();
    for (const word of words) {
      let [before, between] = [0, 0];
      for (let at = 0; at < word.length; at++) {
        const code = word.charCodeAt(at);
        const last = fold(code);
        if (isWithoutCase(code)) bits.add(code * 7919 % 65536);
        if (before && between && last) bits.add((before * 8009 + between * 89 + last) % 65536);
        [before, between] = [between, last];
      }
    }
    return [...bits];
  }

  const mayHave = (index, bits) => sets === null || bits.every(bit => sets[index * 8192 + (bit >> 3)] & 1 << (bit & 7));

  // The words around a match: a copy, since a part of a string keeps the whole in memory.
  function excerpt(text, index) {
    const isInPair = at => at > 0 && at < text.length && /[\uDC00-\uDFFF]/.test(text[at]) && /[\uD800-\uDBFF]/.test(text[at - 1]);
    let from = Math.max(0, index - 60);
    let to = Math.min(text.length, index + 140);
    if (isInPair(from)) from++;
    if (isInPair(to)) to--;
    const words = text.slice(from, to).replace(/\s+/g, " ").trim();
    return JSON.parse(JSON.stringify((from > 0 ? "… " : "") + words + (to < text.length ? " …" : "")));
  }

  function scan({ threads, text }, [first, ...others]) {
    let itemStart = 0;
    let item = 0;
    let thread = 0;
    let threadStart = 0;
    first.lastIndex = 0;
    for (let match = first.exec(text); match !== null; match = first.exec(text)) {
      let itemEnd = text.indexOf(end, itemStart);
      while (itemEnd !== -1 && itemEnd < match.index) {
        itemStart = itemEnd + 1;
        itemEnd = text.indexOf(end, itemStart);
        item++;
      }
      if (itemEnd === -1) return;
      first.lastIndex = itemEnd;
      const whole = text.slice(itemStart, itemEnd);
      if (!others.every(other => other.test(whole))) continue;
      while (item >= threadStart + threads[thread][2]) threadStart += threads[thread++][2];
      const [number, firstItem] = threads[thread];
      let hit = state.found.get(number);
      if (!hit) state.found.set(number, hit = { count: 0, items: [] });
      hit.count++;
      state.matches++;
      if (hit.items.length < excerpts) hit.items.push({ number: firstItem + item - threadStart, text: excerpt(whole, match.index - itemStart) });
    }
  }

  // Searches for items that have all of the words; an earlier search ends.
  async function search(words) {
    const run = ++runs;
    Object.assign(state, { busy: words.length > 0 && shards.length > 0, items: 0, missingItems: 0, missingShards: 0, matches: 0, found: new Map() });
    changed();
    if (!state.busy) return;

    // The longest is likely the rarest.
    const patterns = [...words].sort((a, b) => b.length - a.length).map((word, index) => wordPattern(word, index === 0 ? "gi" : "i"));
    await loadFilter();
    if (run !== runs) return;
    const bits = bitsOf(words);
    const wanted = shards.filter((shard, index) => mayHave(index, bits));
    for (const [, items] of shards) state.items += items;
    for (const [, items] of wanted) state.items -= items;
    let slice = performance.now();
    for (let index = 0; index < wanted.length; index++) {
      for (const [name] of wanted.slice(index + 1, index + 1 + loadedAhead)) load(name);
      const [name, items] = wanted[index];
      const shard = await load(name);
      if (run !== runs) return;
      if (shard) {
        scan(shard, patterns);
        state.items += items;
      } else {
        state.missingShards++;
        state.missingItems += items;
      }
      if (index + 1 < wanted.length) changed();
      if (performance.now() - slice > longestSliceMs) {
        // Lets the page answer in between.
        await new Promise(resolve => setTimeout(resolve));
        if (run !== runs) return;
        slice = performance.now();
      }
    }
    state.busy = false;
    changed();
  }

  return { state, search };
};
