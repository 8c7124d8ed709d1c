"""Benchmarks (性能对比): the same cases built by us, by Hugo and by stock Material for MkDocs.

`python -m bench` makes corpora of 1,000 and 10,000 cases, builds them in interleaved rounds and
prints one table. The modules:

- `disputes`   the table of dispute types that generated cases draw from
- `sentences`  clean sentences, cut from real court facts when they are at hand
- `corpus`     a project folder with N cases
- `peers`      the same cases as a Hugo site and as a stock Material project
- `edit`       one changed sentence, for the incremental build
- `builders`   how each generator is called, what it leaves behind
- `measure`    a command's wall time, peak memory and result
- `report`     medians, ratios, the table
"""
