// What every engine's page has: a list for results, and `bench` with
//   ready       a promise: the engine can answer; `readyMs` is then the time since navigation
//   run(query)  → {firstMs, snippetsMs or null, total, scripts}: from the question until results stand in the list
//   urls(query) → the addresses of all results
"use strict";

const bench = { readyMs: 0 };

bench.show = (rows) => {
  const list = document.getElementById("search-results");
  list.replaceChildren(...rows.map(([title, url, excerpt]) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.textContent = title;
    link.href = url;
    if (excerpt) item.appendChild(document.createElement("p")).innerHTML = excerpt;
    return item;
  }));
  list.getBoundingClientRect();
};

// A library with its whole index in the page: `open` loads it, `find` gives document numbers, best first.
bench.library = ({ open, find }) => {
  const tokens = (query) => (window.QUERY_WORDS ? window.QUERY_WORDS[query] : bigrams(query));
  bench.ready = (async () => {
    await open();
    bench.readyMs = performance.now();
  })();
  bench.run = async (query) => {
    const start = performance.now();
    const found = find(tokens(query));
    bench.show(found.slice(0, 10).map((n) => TITLES[n]));
    return { firstMs: performance.now() - start, snippetsMs: null, total: found.length };
  };
  bench.urls = async (query) => find(tokens(query)).map((n) => TITLES[n][1]);
};
