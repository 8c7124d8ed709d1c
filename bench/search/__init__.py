"""Benchmarks of search (检索对比): ours beside the peers, on the same cases, in one run: `python -m bench.search`.

It installs, into a folder of its own (`--tools`, by default below the temporary work folder; never the project's
environment, its locks or the repository):

- from PyPI, in a virtual environment: `pagefind` with `pagefind_bin_extended`, `rjieba` (words for the
  libraries); and `jieba` in a folder that only Material's build sees;
- from npm: `minisearch`, `flexsearch`, `lunr`, and `iframe-worker`, without which Material's search doesn't
  run from `file://`.

Versions are pinned in `tools`. Node, Chromium and a network that reaches the two registries are needed. The modules:

- `tools`      installs the peers
- `texts`      a project's cases as plain texts, bare HTML and Markdown; which cases truly contain which substring
- `queries`    the twenty fixed queries; a seeded sample of substrings
- `segment`    rjieba's words of the same texts (runs in the peers' environment)
- `engines`    how each engine is built and which page opens it
- `ours`       our adapter: index alone, whole build, `site/search.html` from file://
- `serve`      a folder over http on loopback, for Pagefind
- `browser`    Chromium: bytes, scripts, times, heap
- `retrieval`  recall and precision against exact substrings
- `report`     results.json and the Markdown tables
- `pages/`     what runs in the page: each engine behind the same two functions, `bench.run` and `bench.urls`
"""
