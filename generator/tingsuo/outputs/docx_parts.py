"""The parts of a Word file that don't depend on the paper: styles, numbering, footer, settings, and the frame of the text.

WordprocessingML as in ISO/IEC 29500, the transitional form that Word, WPS and LibreOffice all read.
Lengths are twips (1/1440 inch), font sizes half points.
"""

from __future__ import annotations

from datetime import date
from html import escape

TEXT_WIDTH = 8845
"""A4 less margins of 28 mm (left, for binding) and 26 mm."""
LISTS = 40
"""Numbered lists in one paper, each beginning at 一."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "fontTable", "footer")


def document_part(body: str) -> str:
    """word/document.xml around a body: A4, room for binding, the page's number below."""
    return (
        f"{_HEAD}<w:document {_W} {_R}><w:body>{body}"
        '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1474" w:bottom="1417" w:left="1587" w:header="850" w:footer="850" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def core_part(title: str, office: str, edition: date) -> str:
    """docProps/core.xml: who publishes the form and of which edition; nothing of who fills it in."""
    day = f"{edition.isoformat()}T00:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(office)}</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def static_parts() -> dict[str, str]:
    """Every part but the text and the title, by name, in the order in which they are stored."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")),
        "word/_rels/document.xml.rels": _relations(*((name, f"{name}.xml") for name in _PARTS)),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _fonts(),
        "word/footer.xml": _FOOTER,
    }


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>' for name in _PARTS)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = []
    for n, (kind, target) in enumerate(targets, 1):
        base = f"{_PACKAGE}/relationships/metadata" if kind == "core-properties" else f"{_OFFICE}/relationships"
        rows.append(f'<Relationship Id="rId{n}" Type="{base}/{kind}" Target="{target}"/>')
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _face(family: str) -> str:
    """The fonts of a style: Chinese by name, Latin letters and figures beside it; quotes count as Chinese."""
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{family}" w:cs="Times New Roman" w:hint="eastAsia"/>'


def _style(key: str, name: str, *, paragraph: str = "", run: str = "", based: str = "Normal", follows: str = "") -> str:
    custom = "" if name in ("Normal", "Title", "heading 1", "footer") else ' w:customStyle="1"'
    base = f'<w:basedOn w:val="{based}"/>' if key != "Normal" else ""
    after = f'<w:next w:val="{follows}"/>' if follows else ""
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{key}"><w:name w:val="{name}"/>{base}{after}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _styles() -> str:
    flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    loose = '<w:spacing w:before="20" w:after="20" w:line="300" w:lineRule="auto"/>'
    styles = [
        _style(
            "Normal",
            "Normal",
            paragraph='<w:widowControl/><w:spacing w:line="500" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="560"/><w:jc w:val="both"/>',
        ),
        _style(
            "Title",
            "Title",
            paragraph=f'<w:keepNext/><w:spacing w:before="60" w:after="280" w:line="360" w:lineRule="auto"/>{flush}<w:jc w:val="center"/>',
            run=f'{_face("宋体")}<w:b/><w:bCs/><w:sz w:val="44"/><w:szCs w:val="44"/>',
            follows="Normal",
        ),
        _style(
            "Heading1",
            "heading 1",
            paragraph='<w:keepNext/><w:keepLines/><w:spacing w:before="120"/><w:outlineLvl w:val="0"/>',
            run=f"{_face('黑体')}<w:bCs/>",
            follows="Normal",
        ),
        _style("Clause", "Clause"),
        _style("Open", "Open", paragraph=flush),
        _style("Cell", "Cell", paragraph=f'{loose}{flush}<w:jc w:val="left"/>', run=f'{_face("宋体")}<w:sz w:val="24"/><w:szCs w:val="24"/>'),
        _style("CellSmall", "Cell Small", run='<w:sz w:val="21"/><w:szCs w:val="21"/>', based="Cell"),
        _style(
            "CellHead",
            "Cell Head",
            paragraph='<w:jc w:val="center"/>',
            run=f'{_face("黑体")}<w:sz w:val="21"/><w:szCs w:val="21"/>',
            based="Cell",
        ),
        _style("Between", "Between", paragraph=f'<w:spacing w:line="160" w:lineRule="exact"/>{flush}'),
        _style("Sign", "Sign", paragraph=f'<w:spacing w:before="120"/>{flush}<w:jc w:val="left"/>'),
        _style("SignDate", "Sign Date", paragraph=f'<w:spacing w:before="200"/>{flush}<w:jc w:val="right"/>'),
        _style("Footer", "footer", paragraph=f'{loose}{flush}<w:jc w:val="center"/>', run=f'{_face("宋体")}<w:sz w:val="18"/><w:szCs w:val="18"/>'),
    ]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    return (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_face('仿宋')}"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{''.join(styles)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Ruled"><w:name w:val="Ruled"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _numbering() -> str:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="560"/></w:pPr></w:lvl>'
    )
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(1, LISTS + 1)
    )
    return f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>{lists}</w:numbering>'


def _fonts() -> str:
    """What stands in where a font has another name."""
    fonts = (("宋体", "SimSun"), ("仿宋", "FangSong"), ("黑体", "SimHei"))
    rows = "".join(f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>' for name, other in fonts)
    return f"{_HEAD}<w:fonts {_W}>{rows}</w:fonts>"


_SETTINGS = (
    f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:ulTrailSpace/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _field(code: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _plain(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


_FOOTER = (
    f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    f"{_plain('第 ')}{_field('PAGE')}{_plain(' 页　共 ')}{_field('NUMPAGES')}{_plain(' 页')}</w:p></w:ftr>"
)
