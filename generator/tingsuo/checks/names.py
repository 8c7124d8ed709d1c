"""Names (姓名): every party masked by the rule of 法释〔2016〕19号第8、9条, no full name in any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, error, warning
from ..library import Reference
from ..model.case import CaseBase
from .subject import Subject

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄麴家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦肖覃区冼佘邝庹"
)
# Surnames that are rarely anything else; text rules use only these.
COMMON = "李王张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴夏钟汪姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙黎贺龚莫赖欧冼覃肖"
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_ORG = re.compile(
    rf"(?:公司|企业|厂|店|铺|部|所|院|校|园|局|会|社|组|队|村|行|站|中心|集团|银行|商行|超市|餐厅|酒店|农场|合作社|工作室|个体户|家庭|户|政府|办事处|平台|机构|单位|馆|场|城|处|中学|小学|大学|学校|祠|祠堂|庙|档|档口|摊|室|业主|村民|居民|家属|亲属|员工|工人|子女|兄弟|姐妹|夫妻|等)(?:[{_ORDINALS}]|\d{{1,2}})?$"
)
# Up to two characters of surname; three or four only for a name that isn't Han (买买提某). 张某华 keeps a given name.
_MASKED = re.compile(
    rf"^(?:.{{1,2}}|[^{SURNAMES}某][^某]{{2,3}})某{{1,2}}(?:[{_ORDINALS}]|\d{{1,2}})?"
    rf"(?:等(?:[\d一二两三四五六七八九十百]{{1,4}}[人户]|人)?)?$|^某{{1,2}}[{_ORDINALS}]?$"
)
_KIN = re.compile(
    rf"^(?:.{{1,2}}某{{1,2}}[{_ORDINALS}\d]?之?的?)(?:父|母|父亲|母亲|妻|妻子|夫|丈夫|儿子|女儿|子|女|祖父|祖母|外祖父|外祖母|兄|弟|姐|妹|监护人|父母)$"
)
_PLAIN = re.compile(
    r"^(?:老人|孩子|女儿|儿子|父亲|母亲|丈夫|妻子|房东|租客|业主|业主委员会|村委会|居委会|村民小组|保险公司|物业公司|村民委员会|用人单位|劳动者|商家|消费者|出租人|承租人|司机|乘客|行人|邻居)[甲乙丙丁\d]?$"
)

_ROLES = (
    "原告|被告|申请人|被申请人|上诉人|被上诉人|第三人|当事人|受害人|被害人|死者|伤者|证人|委托代理人|法定代理人|法定代表人|负责人|驾驶人|驾驶员|司机|车主|业主|村民|居民|出借人|借款人|担保人|保证人|"
    "房东|租客|承租人|出租人|老板|包工头|工人|丈夫|妻子|儿子|女儿|父亲|母亲|老人|大哥|弟弟|调解员|邻居|户主|户名为|名叫|姓名|联系人|经营者|嫌疑人|被告人"
)
_ROLE_ENDS = "".join(sorted({role[-1] for role in _ROLES.split("|")}))
_GIVEN = r"[\u4e00-\u9fff]"
_STOP = r"(?=[，。、；：（()）\s]|$|男|女|诉|与|和|向|在|于|因|系|将|把|被|的|等|称|说|已|从|到|及|为)"
_ROLE_NAME = re.compile(rf"[{COMMON}](?<=[{_ROLE_ENDS}为是叫系：:\s].){_GIVEN}{{1,2}}?{_STOP}")
_ROLE_BEFORE = re.compile(rf"(?:{_ROLES})[为是叫系：:\s]{{0,2}}$")
# A surname is rarer than a role, so it is looked for first.
_SEX_NAME = re.compile(rf"(?<![\u4e00-\u9fff])([{SURNAMES}]{_GIVEN}{{1,2}})[，,（(]\s*[男女][，,。)）]")
_SEX = re.compile(r"[男女](?<=[，,（(\s].)(?=[，,。)）])")
_LABEL_NAME = re.compile(rf"姓\s*名\s*[：:为]\s*([{SURNAMES}]{_GIVEN}{{1,3}})")
# Given "names" that are words: 原告高度怀疑, 被告方主张.
_NOT_GIVEN = re.compile(
    r"某|[甲乙丙丁×xX]|^.(?:度|兴|等|于|上|下|中|内|外|后|前|方|均|应|需|要|可|能|就|才|也|都|又|只|没|不|未|有|无|是|在|来|去|说|做|干|家|人|们|女士|先生|老师|师傅|医生|律师|警官|法官|书记|主任|村|镇|县|市|省|公司|姓|氏|伯|叔|姨|婶|嫂|哥|姐|弟|妹|爷|奶|婆|公|老|小|生|总|经理|老板)"
)
_SCHOOL = re.compile(r"(?<!某)(?<!一所)([\u4e00-\u9fff]{2,6}(?:镇|县|市|区|村))(?:第[一二三四五六七八九十]+|中心|实验)?(?:小学|中学|幼儿园)")
_CHILD = re.compile(r"未成年|儿童|孩子|学生|小孩|(?<!\d)(?:\d|1[0-7])岁")
# 在某镇中心小学: the words before the name are not the school's.
_BEFORE_SCHOOL = re.compile(r".*[在到从于的是往去和与就读](?=.{2})")


def masked(name: str) -> bool:
    """Whether a party's name is masked: 张某, 张某1, 张某甲, 张某某, 某公司, 某镇某村民小组."""
    if _MASKED.match(name) or _PLAIN.match(name) or _KIN.match(name):
        return True
    if any(part in name for part in ("、", "，")):
        return all(masked(part) for part in re.split(r"[、，]", name) if part)
    return "某" in name and bool(_ORG.search(name)) or bool(re.fullmatch(rf"[{_ORDINALS}A-Z](?:方|公司|厂|店|村|组)?", name))


def full_names(text: str) -> Iterator[tuple[str, int]]:
    """Likely full names in running text, with their offsets."""
    found = [m for m in _ROLE_NAME.finditer(text) if _ROLE_BEFORE.search(text, max(0, m.start() - 9), m.start())]
    for sex in _SEX.finditer(text):
        found += _SEX_NAME.finditer(text, max(0, sex.start() - 8), sex.end() + 1)
    found += _LABEL_NAME.finditer(text)
    for m in found:
        name = m[m.lastindex or 0]
        if not _NOT_GIVEN.search(name):
            yield name, m.start(m.lastindex or 0)


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """Parties masked, no full names, no recognisable minors."""
    item, file = subject.item, subject.file
    if isinstance(item, CaseBase):
        for index, person in enumerate(item.people):
            if not masked(person.name):
                yield error(
                    file,
                    "name-unmasked",
                    f"当事人“{person.name}”没有隐名",
                    "保留姓，名改成“某”：张某；重名写 张某1、张某2 或 张某甲；单位写 某公司",
                    ("people", index, "name"),
                )
    if next(full_names(subject.whole), None):
        for loc, text in subject.texts:
            for name, at in full_names(text):
                yield error(file, "name-in-text", f"“{name}”像是真实姓名", f"改成“{name[0]}某”；如果不是人名，换个说法避免误会", loc, at)
    if isinstance(item, CaseBase) and any(word in subject.whole for word in ("小学", "中学", "幼儿园")) and _SCHOOL.search(subject.whole):
        for loc, text in subject.texts:
            for m in _SCHOOL.finditer(text) if _CHILD.search(text) else ():
                lead = _BEFORE_SCHOOL.match(m[1])
                at = lead.end() if lead else 0
                said = f"可能认得出未成年人：写了学校“{m[0][at:]}”"
                yield warning(file, "minor-school", said, "学校写成“某小学”（未成年人保护法第103条）", loc, m.start() + at)


def check_listed(subject: Subject, listed: tuple[str, ...]) -> Iterator[Finding]:
    """None of the real names on the clerk's own list (kept outside the project) occurs anywhere."""
    for name in listed:
        if name not in subject.whole:
            continue
        for loc, text in subject.texts:
            at = text.find(name)
            if at >= 0:
                yield error(subject.file, "name-listed", f"出现了名单里的真实姓名“{name[0]}…”", "改成隐名，例如 张某", loc, at)
