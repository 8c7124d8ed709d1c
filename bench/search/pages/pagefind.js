// A module: Pagefind runs over http only. No worker, so that throttling and the heap are those of the page.
import * as pagefind from "/pagefind/pagefind.js";

bench.ready = (async () => {
  await pagefind.options({ noWorker: true });
  await pagefind.init();
  bench.readyMs = performance.now();
})();

bench.run = async (query) => {
  const start = performance.now();
  const { results } = await pagefind.search(query);
  const rows = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  bench.show(rows.map((row) => [row.meta.title, row.url, row.excerpt]));
  // A result has no title before its fragment is read, which holds the excerpt too.
  const ms = performance.now() - start;
  return { firstMs: ms, snippetsMs: ms, total: results.length };
};

// Fragment ids; the driver knows their addresses from the files.
bench.urls = async (query) => (await pagefind.search(query)).results.map((result) => result.id);
