// What a search asks for, as the index and the threads' pages understand it alike.
"use strict";

// All of these words are wanted; what stands in quotes is one.
const longestSearch = 1000;
const searchWords = text =>
  [...text.slice(0, longestSearch).replace(/[\0-\x1F]/g, " ").matchAll(/"([^"]+)"|([^\s"]+)/g)].map(match => (match[1] ?? match[2]).trim()).filter(Boolean);

// Without "u": so a capital letter is its small one and nothing else, as Find-ChatKitThreadItem has it. In a phrase, any white space is as good as another.
const wordSource = word => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+");
const wordPattern = (word, flags) => new RegExp(wordSource(word), flags);
const anyWordPattern = words => new RegExp([...words].sort((a, b) => b.length - a.length).map(wordSource).join("|"), "gi");
