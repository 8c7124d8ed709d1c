"""Files of the site as libzim wants them. The only module that imports libzim; imported late, because it may be missing."""

from __future__ import annotations

from pathlib import Path

from libzim.writer import ContentProvider, FileProvider, Hint, IndexData, Item, StringProvider

from .content_types import media_type
from .plain_text import PlainText, plain_text, quoted_from_article


class PageIndex(IndexData):  # type: ignore[misc]
    """What Kiwix' own search reads of a page."""

    def __init__(self, words: PlainText, keywords: str, found: bool) -> None:
        super().__init__()
        self.words, self.keywords, self.found = words, keywords, found

    def has_indexdata(self) -> bool:
        """Whether the page is to be found by its text at all."""
        return self.found

    def get_title(self) -> str:
        """The page's title without the site's name."""
        return self.words.title

    def get_content(self) -> str:
        """The page's text without navigation."""
        return self.words.text

    def get_keywords(self) -> str:
        """Words that the page should be found by, with blanks between."""
        return self.keywords

    def get_wordcount(self) -> int:
        """Characters: Chinese has no blanks to count words by."""
        return len(self.words.text)


class SiteFile(Item):  # type: ignore[misc]
    """A file of the site; a page that is to be `found` brings what is indexed of it."""

    def __init__(self, path: Path, name: str, keywords: str, found: bool) -> None:
        super().__init__()
        self.name, self.title, self.page = name, name, name.endswith(".html")
        self.provider: ContentProvider
        if self.page:
            html = path.read_text("utf-8")
            words = plain_text(html)
            self.title, self.provider = words.title, StringProvider(quoted_from_article(html))
            # libzim asks pages without this for their whole HTML, navigation included.
            self.get_indexdata = lambda: PageIndex(words, keywords, found)
        else:
            self.provider = FileProvider(path)

    def get_path(self) -> str:
        """From the site's root."""
        return self.name

    def get_title(self) -> str:
        """Suggested while a reader types."""
        return self.title

    def get_mimetype(self) -> str:
        """Kiwix wants it without the charset."""
        return media_type(self.name)

    def get_contentprovider(self) -> ContentProvider:
        """The file's bytes."""
        return self.provider

    def get_hints(self) -> dict[Hint, int]:
        """Pages are articles: they are counted, suggested and drawn by lot."""
        return {Hint.FRONT_ARTICLE: int(self.page)}
