"""`tingsuo init`: the same thing for another court or county."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from ..library import today
from .output import console
from .schema import FOLDER, write_schemas

_STARTER = Path(__file__).resolve().parents[1] / "starter"
_SOURCE = Path(__file__).resolve().parents[3]
_TREES = ("guides", "docs/handbook")


def starter() -> Path | None:
    """Where the shipped content is: inside the installed package, or the source tree."""
    for place in (_STARTER, _SOURCE):
        if (place / "guides" / "reference" / "laws.yaml").is_file():
            return place
    return None


def office_text(county: str, province: str, name: str, site_id: str) -> str:
    """A fresh office.yaml for another county, local facts left to be filled in."""
    day = today()
    return f"""# 本地信息。不知道的留空，由本地填写，不猜。
name: {name}
site_id: {site_id}
county: {county}
province: {province}
edition: {{name: {day.year}年{day.month}月版, date: {day.isoformat()}, review_due: {day.year + 1}-{day.month:02d}-01}}
hotlines:
- {{number: "110", use: 人身危险、正在打人、有人要自杀}}
- {{number: "120", use: 有人受伤、服毒、昏迷}}
- {{number: "119", use: 起火、有人被困、溺水}}
- {{number: "122", use: 交通事故}}
- {{number: "12348", use: 法律咨询、法律援助、人民调解}}
- {{number: "12338", use: 妇女维权、家庭暴力求助}}
- {{number: "12345", use: 政府各部门的投诉和查询}}
- {{number: "12315", use: 买东西、买服务的投诉举报}}
- {{number: "12333", use: 工资、社保、工伤、劳动仲裁咨询}}
- {{number: "12368", use: 法院立案、查案、联系法官}}
# 镇街，例如：- {{id: chengguan, name: 城关镇, kind: 镇}}
towns: []
# 综治中心（群众先到的那个门），例如：- {{id: chengguan-centre, name: 城关镇综治中心, towns: [chengguan]}}
centres: []
# 人民法庭，例如：- {{id: chengguan-court, name: 城关人民法庭, towns: [chengguan], line: 办公固定电话, hours: 办公时间}}
courts: []
# 司法所
justice_offices: []
# 法官联络点，例如：- {{id: chengguan-point, town: chengguan, name: 城关法官联络点, inside: 综治中心}}
points: []
"""


def command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="目录", help="新项目放在哪里")],
    county: Annotated[str, typer.Option("--county", metavar="县名", help="例如 某某县")] = "某某县",
    province: Annotated[str, typer.Option("--province", metavar="省名", help="例如 广东省")] = "广东省",
    site_id: Annotated[str, typer.Option("--site-id", metavar="编号", help="网站编号，小写英文，例如 xinyi")] = "mycounty",
    cases: Annotated[bool, typer.Option("--cases/--no-cases", help="要不要带上公开案例和教学示例")] = True,
) -> None:
    """Start a new project with the shipped guides, laws and (unless refused) public cases."""
    place = folder if folder.is_absolute() else Path.cwd() / folder
    if place.exists() and any(place.iterdir()):
        console.print(f"“{place}”里已经有东西，换一个空文件夹。", style="red", markup=False)
        raise typer.Exit(2)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", site_id):
        console.print(f"网站编号“{site_id}”不行：只用小写字母、数字和连字符。", style="red", markup=False)
        raise typer.Exit(2)
    source = starter()
    if source is None:
        console.print("找不到样板内容，请重新安装 tingsuo。", style="red")
        raise typer.Exit(1)
    place.mkdir(parents=True, exist_ok=True)
    for tree in (*_TREES, *(("cases",) if cases else ())):
        shutil.copytree(source / tree, place / tree)
    if not cases:
        (place / "cases").mkdir()
        _without_cases(place)
    _rename(place, source, county)
    config = (source / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"^site_name: .*$", f"site_name: {county}庭所共建知识库", config, flags=re.MULTILINE)
    config = re.sub(r"^(exclude_docs: \|\n(?:  .*\n)+)", "", config, flags=re.MULTILINE)
    config = re.sub(r"^site_url: .*\n", "", config, flags=re.MULTILINE)
    (place / "mkdocs.yml").write_text(config, "utf-8")
    (place / "guides/reference/office.yaml").write_text(office_text(county, province, f"{county}人民法院 {county}司法局", site_id), "utf-8")
    (place / ".gitignore").write_text("site/\ndist/\n.tingsuo/\n", "utf-8")
    (place / ".vscode").mkdir()
    (place / ".vscode/settings.json").write_text(editor_settings(), "utf-8")
    write_schemas(place / FOLDER)
    typer.echo(f"新项目在 {place}")
    typer.echo("接下来：")
    typer.echo("  1. 改 guides/reference/office.yaml：单位、镇街、办公电话")
    typer.echo("  2. 删去 cases/ 里不要的案例，写自己的：tingsuo new case --dispute neighbours")
    typer.echo(f"  3. 生成网站：tingsuo -C {folder} build")


def _rename(place: Path, source: Path, county: str) -> None:
    """The shipped county's name in figures, terms and handbook becomes the new one's."""
    old = re.search(r"^county: (.+)$", (source / "guides/reference/office.yaml").read_text("utf-8"), re.MULTILINE)
    if not old:
        return
    name = old[1].strip()
    for path in (*(place / "guides").rglob("*.yaml"), *(place / "docs").rglob("*.md")):
        text = path.read_text("utf-8")
        changed = text.replace(name, county).replace(name.rstrip("市县区"), county.rstrip("市县区"))
        if changed != text:
            path.write_text(changed, "utf-8")


def _without_cases(place: Path) -> None:
    """Quizzes and kits stop naming cases that aren't there."""
    for path in (*(place / "guides/quizzes").glob("*.yaml"), *(place / "guides/publicity").glob("*.yaml")):
        text = path.read_text("utf-8")
        text = re.sub(r"^  case: .*\n", "", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"^cases:(?: \[.*\]|(?:\n- .*)+)\n", "", text, flags=re.MULTILINE), "utf-8")


def editor_settings() -> str:
    """Settings with which an editor's YAML plug-in finds the schemas."""
    import json

    from ..model import KINDS

    schemas = {f"./{FOLDER}/{name}.json": kind.pattern for name, kind in KINDS.items()}
    return json.dumps({"yaml.schemas": schemas, "files.eol": "\n", "files.encoding": "utf8"}, ensure_ascii=False, indent=2) + "\n"
