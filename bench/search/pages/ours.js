// Runs before search.html's own scripts. Needs of the page: a searchbox that answers `input` events; results as
// <li> in #search-results; `window.tingsuoSearch` with
//   stats        {readyMs, firstResultsMs, snippetsMs, …}, written when each is reached, milliseconds
//   urls(query)  a promise of the addresses of ALL results, from the site's root (only for recall and precision)
"use strict";
{
  const bench = (window.bench = { readyMs: 0 });
  const until = async (test, ms, what) => {
    const end = performance.now() + ms;
    while (!test()) {
      if (performance.now() > end) throw new Error(what);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  const list = () => document.getElementById("search-results");
  const box = () => list().closest("main, body").querySelector("input[type=search], [role=searchbox]") || document.querySelector("input[type=search], [role=searchbox]");
  const stats = () => window.tingsuoSearch.stats;

  // The first file may come only when the box is focused: so it is, at once.
  bench.ready = (async () => {
    if (document.readyState === "loading") await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
    await until(() => window.tingsuoSearch && list() && box(), 10000, "no window.tingsuoSearch, #search-results or searchbox");
    box().focus();
    await until(() => stats().readyMs > 0, 60000, "stats.readyMs stays 0");
    bench.readyMs = performance.now();
  })();

  // Resource timing knows nothing of file://: count the script elements that the page adds.
  let added = 0;
  const scripts = () => {
    counter.takeRecords().forEach(count);
    return added;
  };
  const count = (record) => (added += [...record.addedNodes].filter((node) => node.nodeName === "SCRIPT").length);
  const counter = new MutationObserver((records) => records.forEach(count));
  counter.observe(document, { childList: true, subtree: true });

  // By our own clock: from the input event until the last change of the list before the page says that results stand
  // (waiting for quiet fingers counts), and until it says that snippets do.
  bench.run = async (query) => {
    Object.assign(stats(), { firstResultsMs: -1, snippetsMs: -1 });
    const loaded = scripts();
    let first = 0, scriptsFirst = 0;
    const watcher = new MutationObserver(() => {
      if (!first && stats().firstResultsMs >= 0) {
        first = performance.now();
        scriptsFirst = scripts() - loaded;
      }
    });
    watcher.observe(list(), { childList: true, subtree: true });
    const start = performance.now();
    box().value = query;
    box().dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: query }));
    await until(() => stats().firstResultsMs >= 0, 30000, `no results for ${query}`);
    list().getBoundingClientRect();
    first = first || performance.now();
    await until(() => stats().snippetsMs >= 0 || !list().querySelector("li"), 30000, `no snippets for ${query}`);
    watcher.disconnect();
    const snippetsMs = performance.now() - start;
    const total = list().querySelectorAll("li").length;
    return { firstMs: first - start, snippetsMs, total, scriptsFirst, scripts: scripts() - loaded, said: { ...stats() } };
  };

  bench.urls = async (query) => {
    if (!window.tingsuoSearch.urls) throw new Error("window.tingsuoSearch.urls(query) is missing");
    return window.tingsuoSearch.urls(query);
  };
}
