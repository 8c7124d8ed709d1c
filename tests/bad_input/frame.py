"""The frame: mkdocs.yml and the handwritten pages. Only a build looks at them."""

import shutil

from project import Project

from .mistake import done, more, swap, whole

CONFIG = "mkdocs.yml"
PAGE = "docs/handbook/index.md"


def without_docs(project: Project) -> None:
    """No handwritten pages at all."""
    shutil.rmtree(project.root / "docs")


MISTAKES = [
    swap("a name without its colon", "theme:\n", "theme\n", ":8:1 错误 [yaml] 这一行少了冒号，或上一行的引号没有配对", file=CONFIG),
    swap("a tab", "  name: material", "\tname: material", ":9:1 错误 [yaml] 缩进里有 Tab 键", file=CONFIG),
    swap("a quote that isn't closed", "site_name: 某县", 'site_name: "某县', ":2:12 错误 [yaml] 这里的引号没有配对，一直到文件末尾", file=CONFIG),
    swap("no plugin", "plugins:\n  - tingsuo\n", "", ":1:1 错误 [mkdocs] plugins 里没有 tingsuo", file=CONFIG),
    swap("a plugin that isn't installed", "  - tingsuo", "  - tingsuo\n  - nothing", ":14:5 错误 [mkdocs] 没有安装插件“nothing”", file=CONFIG),
    swap("a theme that isn't installed", "name: material", "name: nothing", ":9:9 错误 [mkdocs] 没有主题“nothing”", file=CONFIG),
    swap(
        "a Markdown extension that isn't installed",
        "  - toc:",
        "  - nothing\n  - toc:",
        ":15:5 错误 [mkdocs] 没有 Markdown 扩展“nothing”",
        file=CONFIG,
    ),
    swap("no name for the site", "site_name: 某县庭所共建知识库\n", "", ":1:1 错误 [mkdocs] 缺少“site_name”", file=CONFIG),
    swap("the site in the folder of the pages", "site_dir: site", "site_dir: docs", ":5:1 错误 [mkdocs] “site_dir”写得不对", file=CONFIG),
    swap(
        "a page in the nav that isn't there",
        "使用手册: handbook/index.md",
        "使用手册: handbook/start.md",
        ":23:11 错误 [nav] nav 里的“handbook/start.md”不存在",
        file=CONFIG,
    ),
    more("an option that doesn't exist", "sitename: 某县\n", ":24:1 错误 [mkdocs] 不认识“sitename”", file=CONFIG),
    whole("a list at the top of mkdocs.yml", "- site_name\n", ":1:1 错误 [mkdocs] 文件应当是一行行的“名称: 内容”", file=CONFIG),
    whole("an empty mkdocs.yml", "", ":1:1 错误 [mkdocs] 缺少“site_name”", file=CONFIG),
    whole(
        "mkdocs.yml in GBK", "site_name: 某县\n".encode("gbk"), ":1:14 错误 [not-utf8] 文件不是 UTF-8 编码（可能是 GBK 或 Word 文件）", file=CONFIG
    ),
    done("no mkdocs.yml", lambda project: project.remove(CONFIG), ":1:1 错误 [file-missing] 缺少 mkdocs.yml", file=CONFIG),
    done("no handwritten pages", without_docs, ":4:1 错误 [mkdocs] 手写页面的文件夹不存在", file=CONFIG),
    more("a link to a page that isn't there", "\n见[这里](start.md)。\n", ":9:7 错误 [link] 链接“start.md”指向的页面不存在", file=PAGE),
    more(
        "a link to a guide that isn't there",
        "\n见[婚姻](../disputes/marriage.html)。\n",
        ":9:7 错误 [link] 链接“../disputes/marriage.html”指向的页面不存在",
        file=PAGE,
    ),
    more("a link to a heading that isn't there", "\n见[这里](#nothing)。\n", ":9:7 错误 [link] 链接“#nothing”指向的小标题不存在", file=PAGE),
    more(
        "a link from the root of the server", "\n见[首页](/index.html)。\n", ":9:7 错误 [link] 链接“/index.html”以 / 开头，双击打开时会断", file=PAGE
    ),
    whole(
        "a handwritten page in GBK", "# 使用手册\n".encode("gbk"), ":1:5 错误 [not-utf8] 文件不是 UTF-8 编码（可能是 GBK 或 Word 文件）", file=PAGE
    ),
    whole(
        "a handwritten page in the place of a generated one",
        "# 首页\n",
        ":1:1 错误 [page-twice] 网址 index.html 是自动生成的页面，不能再手写",
        file="docs/index.md",
    ),
    whole(
        "a file in the place of a case's page",
        "<p>\n",
        ":1:1 错误 [page-twice] 网址 cases/neighbours/lane.html 是自动生成的页面，不能再手写",
        file="docs/cases/neighbours/lane.html",
    ),
]
