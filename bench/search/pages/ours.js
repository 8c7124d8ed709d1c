// Runs before search.html's own scripts. Needs of the page: a searchbox that answers `input` events; results as
// <li> in #search-results; `window.tingsuoSearch` with
//   ready        a promise (optional): the first file is in
//   stats        {readyMs, firstResultsMs, snippetsMs, scripts, bytes} of the query that was answered last
//   urls(query)  a promise of the addresses of ALL results, from the site's root (only for recall and precision)
"use strict";
{
  const bench = (window.bench = { readyMs: 0 });
  const frame = () => new Promise((resolve) => setTimeout(resolve, 0));
  const until = async (test, ms) => {
    const end = performance.now() + ms;
    while (!test()) {
      if (performance.now() > end) return false;
      await frame();
    }
    return true;
  };
  const list = () => document.getElementById("search-results");
  const box = () => document.querySelector("#search-query, main input[type=search], main [role=searchbox], input[type=search], [role=searchbox]");

  bench.ready = (async () => {
    if (document.readyState === "loading") await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
    if (!(await until(() => window.tingsuoSearch && box(), 60000))) throw new Error("no window.tingsuoSearch or no searchbox");
    await window.tingsuoSearch.ready;
    bench.readyMs = performance.now();
  })();

  const scripts = () => performance.getEntriesByType("resource").filter((entry) => entry.initiatorType === "script").length;

  // From the input event until the list has changed for this question, by our own clock.
  bench.run = async (query) => {
    const before = JSON.stringify(window.tingsuoSearch.stats);
    const loaded = scripts();
    const answered = () => JSON.stringify(window.tingsuoSearch.stats) !== before;
    let changed = 0;
    // Emptying the list is no answer; a new item is, or new figures (when nothing was found).
    const news = (node) => node.nodeName === "LI" || (node.querySelector && node.querySelector("li"));
    const watcher = new MutationObserver((records) => {
      if (!changed && (answered() || records.some((record) => [...record.addedNodes].some(news)))) changed = performance.now();
    });
    watcher.observe(list(), { childList: true, subtree: true });
    const start = performance.now();
    box().value = query;
    box().dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: query }));
    if (!(await until(answered, 20000))) throw new Error(`no new stats after ${query}`);
    changed = changed || performance.now();
    watcher.disconnect();
    const { stats } = window.tingsuoSearch;
    const total = list().querySelectorAll("li").length;
    return { firstMs: changed - start, snippetsMs: stats && stats.snippetsMs, total, scripts: scripts() - loaded, stats };
  };

  bench.urls = async (query) => {
    if (!window.tingsuoSearch.urls) throw new Error("window.tingsuoSearch.urls(query) is missing");
    return window.tingsuoSearch.urls(query);
  };
}
