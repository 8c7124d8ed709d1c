"""Files that can't be content: too large, links, pipes, wrong names, wrong places, missing."""

import os

from project import GUIDE, LANE, LAWS, OFFICE, Project

from .mistake import done, whole

MB = 1024 * 1024


def huge(project: Project) -> None:
    """100 MB of nothing; takes no space on disk."""
    with (project.root / LANE).open("wb") as file:
        file.truncate(100 * MB)


def linked(project: Project) -> None:
    """A case that is a link to another."""
    (project.root / "cases/neighbours/again.yaml").symlink_to(project.root / LANE)


def linked_outside(project: Project) -> None:
    """A case that is a link to a file of the system."""
    (project.root / "cases/neighbours/again.yaml").symlink_to("/etc/passwd")


def linked_folder(project: Project) -> None:
    """A folder of cases that is a link."""
    (project.root / "cases/marriage").symlink_to(project.root / "cases/neighbours")


def piped(project: Project) -> None:
    """A case that is a pipe: reading it would wait for ever."""
    os.mkfifo(project.root / "cases/neighbours/again.yaml")


def unspeakable(project: Project) -> None:
    """A file unpacked from an archive whose names are in GBK."""
    os.close(os.open(os.fsencode(project.root / "cases/neighbours") + b"/\xcf\xef.yaml", os.O_CREAT | os.O_WRONLY))


MISTAKES = [
    whole("a file of 3 MB", "id: lane\n# " + "x" * 3 * MB, ":1:1 错误 [file-too-large] 文件有 3 MB，超过 2 MB 的上限"),
    done("a file of 100 MB", huge, ":1:1 错误 [file-too-large] 文件有 100 MB，超过 2 MB 的上限"),
    done("a case that is a link", linked, ":1:1 错误 [file-link] 这是指向别处的链接，不读取", file="cases/neighbours/again.yaml"),
    done(
        "a case that is a link out of the project",
        linked_outside,
        ":1:1 错误 [file-link] 这是指向别处的链接，不读取",
        file="cases/neighbours/again.yaml",
    ),
    done("a folder that is a link", linked_folder, ":1:1 错误 [file-link] 这是指向别处的链接，不读取", file="cases/marriage"),
    done("a case that is a pipe", piped, ":1:1 错误 [file-link] 这不是普通文件，不读取", file="cases/neighbours/again.yaml"),
    done(
        "a file name that isn't UTF-8", unspeakable, "cases/neighbours/??.yaml:1:1 错误 [file-name] 文件名里有看不见的字，或者不是 UTF-8，不会被读取"
    ),
    whole("a case called .yml", "id: again\n", ":1:1 错误 [file-name] 文件名以“.yml”结尾，不会被读取", file="cases/neighbours/again.yml"),
    whole("a case called .YAML", "id: again\n", ":1:1 错误 [file-name] 文件名以“.YAML”结尾，不会被读取", file="cases/neighbours/again.YAML"),
    whole("a case that isn't in a dispute's folder", "id: again\n", ":1:1 错误 [file-place] 放在这里的案例不会被读取", file="cases/again.yaml"),
    whole("a case one folder too deep", "id: again\n", ":1:1 错误 [file-place] 放在这里的案例不会被读取", file="cases/neighbours/2026/again.yaml"),
    whole(
        "a guide in a folder that nobody reads", "id: again\n", ":1:1 错误 [file-place] 放在这里的文件不会被读取", file="guides/dispute/again.yaml"
    ),
    whole("a file in reference that nobody reads", "laws: []\n", ":1:1 错误 [file-place] 放在这里的文件不会被读取", file="guides/reference/law.yaml"),
    done("no office", lambda project: project.remove(OFFICE), ":1:1 错误 [file-missing] 缺少本地机构文件", file=OFFICE),
    done("no register of laws", lambda project: project.remove(LAWS), ":1:1 错误 [file-missing] 缺少法律登记册文件", file=LAWS),
    done(
        "no guide",
        lambda project: project.remove(GUIDE),
        "cases/neighbours/eaves.yaml:5:10 错误 [reference] 没有纠纷类型“neighbours”",
        "cases/neighbours/lane.yaml:5:10 错误 [reference] 没有纠纷类型“neighbours”",
        "guides/procedures/judicial-confirmation.yaml:20:12 错误 [reference] 没有纠纷类型“neighbours”",
        file=GUIDE,
    ),
]
