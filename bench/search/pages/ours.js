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

  // By our own clock: from the input event (waiting for quiet fingers counts) until the page says that results stand,
  // layout included, and until it says that snippets do. The moment it says so is caught in the act: what it loads
  // next is already for snippets.
  bench.run = async (query) => {
    let said = -1, first = 0, scriptsFirst = 0;
    const loaded = scripts();
    Object.defineProperty(stats(), "firstResultsMs", {
      configurable: true, enumerable: true, get: () => said,
      set(ms) {
        list().getBoundingClientRect();
        [said, first, scriptsFirst] = [ms, performance.now(), scripts() - loaded];
      },
    });
    stats().snippetsMs = -1;
    const start = performance.now();
    box().value = query;
    box().dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: query }));
    await until(() => said >= 0, 30000, `no results for ${query}`);
    await until(() => stats().snippetsMs >= 0, 30000, `no snippets for ${query}`);
    const snippetsMs = performance.now() - start;
    const total = list().querySelectorAll("li").length;
    return { firstMs: first - start, snippetsMs, total, scriptsFirst, scripts: scripts() - loaded, said: { ...stats() } };
  };

  bench.urls = async (query) => {
    if (!window.tingsuoSearch.urls) throw new Error("window.tingsuoSearch.urls(query) is missing");
    return window.tingsuoSearch.urls(query);
  };
}
