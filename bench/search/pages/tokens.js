// Text to tokens without a dictionary: pairs of neighbouring Han characters, Latin words and numbers whole.
// Runs in the page and, through require, in build.js.
"use strict";

function bigrams(text) {
  const out = [];
  for (const run of text.toLowerCase().match(/[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?/g) || []) {
    if (run.length === 1 || run.charCodeAt(0) < 0x3400) out.push(run);
    else for (let n = 0; n + 1 < run.length; n++) out.push(run.slice(n, n + 2));
  }
  return out;
}

if (typeof module !== "undefined") module.exports = { bigrams };
