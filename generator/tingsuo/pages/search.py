"""The search page: a box; its results are made in the browser."""

from __future__ import annotations

from ..library import Library
from .html import render
from .page import Page


def search_page(library: Library) -> Page:
    """The page that every search field leads to."""
    return Page(
        url="search.html",
        section="home",
        title="查找",
        body=render("search.html", live=False),
        description="用群众的话查找指引、流程、案例和法条。",
        crumbs=(("首页", "index.html"),),
        layout="search",
    )
