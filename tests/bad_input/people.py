"""People who could be recognised: names, numbers, addresses, schools, case numbers, invented sources."""

from project import EAVES, OFFICE

from .mistake import Mistake, swap

RESULT = "李某在三日内搬走石头，双方都不在巷里堆物。"
SOURCE = 'source: {name: 某省高级人民法院发布的典型案例, published: 2025-09-01, url: "https://example.org/eaves"}\n'
STATUS = "status: 已发布"


def said(name: str, text: str, *expect: str) -> Mistake:
    """A sentence before the result of the mediation."""
    return swap(name, RESULT, f"{text}，{RESULT}", *expect)


MISTAKES = [
    swap("a party by full name", "name: 张某}", "name: 张三}", ":37:21 错误 [name-unmasked] 当事人“张三”没有隐名"),
    swap("a party by a name of four characters", "name: 张某}", "name: 欧阳修文}", ":37:21 错误 [name-unmasked] 当事人“欧阳修文”没有隐名"),
    swap("a company by its name", "name: 张某}", "name: 东方物业有限公司}", ":37:21 错误 [name-unmasked] 当事人“东方物业有限公司”没有隐名"),
    swap("one of two parties by name", "name: 张某}", "name: 张某、李四}", ":37:21 错误 [name-unmasked] 当事人“张某、李四”没有隐名"),
    said("a full name behind a role", "原告张建国到场", ":33:7 错误 [name-in-text] “张建国”像是真实姓名"),
    said("a full name behind a label", "姓名：王大锤", ":33:8 错误 [name-in-text] “王大锤”像是真实姓名"),
    said("a full name before man or woman", "陈建军，男，五十岁", ":33:5 错误 [name-in-text] “陈建军”像是真实姓名"),
    said("an ID number", "身份证号445381199003071237", ":33:9 错误 [identifier] 出现身份证号“445…7”"),
    said("an ID number with a wrong last digit, called one", "身份证号445381199003071234", ":33:9 错误 [identifier] 出现身份证号“445…4”"),
    said("an ID number that ends in X", "证件11010519491231002X", ":33:7 错误 [identifier] 出现身份证号“110…X”"),
    said("an ID number in full-width digits", "身份证４４５３８１１９９００３０７１２３７", ":33:8 错误 [identifier] 出现身份证号“４４５…７”"),
    said("a mobile number", "打13812345678", ":33:6 错误 [identifier] 出现手机号“138…8”"),
    said("a mobile number with spaces", "打138 1234 5678", ":33:6 错误 [identifier] 出现手机号“138…8”"),
    said("a mobile number in full-width digits", "打１３８１２３４５６７８", ":33:6 错误 [identifier] 出现手机号“１３８…８”"),
    said("a mobile number with the country's code", "打8613812345678", ":33:6 错误 [identifier] 出现手机号“861…8”"),
    said("a landline number", "打0766-3812345", ":33:6 错误 [identifier] 出现固定电话“076…5”"),
    said("a bank card", "转到银行卡6222020200112233445", ":33:10 错误 [identifier] 出现银行账号“622…5”"),
    said("a bank card with spaces", "卡号6222 0202 0011 2233 445", ":33:7 错误 [identifier] 出现银行账号“622…5”"),
    said("a plate", "开粤A12345来", ":33:6 错误 [identifier] 出现车牌号“粤A1…5”"),
    said("a plate of an electric car", "开粤AD12345来", ":33:6 错误 [identifier] 出现车牌号“粤AD…5”"),
    said("a plate of a trailer", "拖着粤A1234挂", ":33:7 错误 [identifier] 出现车牌号“粤A1…挂”"),
    said("an e-mail address", "写到zhang@example.com", ":33:7 错误 [identifier] 出现电子邮箱“zha…m”"),
    said("a WeChat name", "加微信zhang_1990", ":33:6 错误 [identifier] 出现微信或QQ号“微信z…0”"),
    said("a QQ number", "加QQ 123456789", ":33:6 错误 [identifier] 出现微信或QQ号“QQ …9”"),
    said("a credit code", "统一社会信用代码91440101MA5C12345X", ":33:13 错误 [identifier] 出现统一社会信用代码“914…X”"),
    said("a house number", "住在幸福路12号", ":33:5 错误 [identifier] 出现门牌地址“住在幸福路12号”"),
    said("a flat", "住在5栋2单元301室", ":33:7 错误 [identifier] 出现门牌地址“5栋2单元301室”"),
    said("a house in a village", "住在三元村3组25号", ":33:5 错误 [identifier] 出现门牌地址“住在三元村3组25号”"),
    said("a case number", "见（2023）粤5381民初123号", ":33:6 错误 [identifier] 出现案号“（2023）粤5381民初123号”"),
    swap(
        "a case number as the source, without leave",
        STATUS,
        "source: {name: 某法院, case_number: （2023）粤5381民初123号}",
        ":39:34 错误 [case-number] 写了案号，但没有允许",
    ),
    swap("a number in the title", "title: 张某", "title: 13812345678张某", ":3:8 错误 [identifier] 出现手机号“138…8”"),
    swap("a number among the elements", STATUS, "elements: {打13812345678: 有人接}", ":39:27 错误 [identifier] 出现手机号“138…8”"),
    swap(
        "a number in a review",
        STATUS,
        "reviews: [{role: 法院审核, who: 13812345678, on: 2026-01-01, result: 通过}]",
        ":39:29 错误 [identifier] 出现手机号“138…8”",
    ),
    swap(
        "a mobile number in the office's list", "line: 0766-3812345", 'line: "13812345678"', ":13:56 错误 [identifier] 出现手机号“138…8”", file=OFFICE
    ),
    swap(
        "a full name in the office's list",
        "inside: 综治中心",
        "inside: 综治中心，联系人张建国",
        ":17:63 错误 [name-in-text] “张建国”像是真实姓名",
        file=OFFICE,
    ),
    swap(
        "an ID number in the office's list",
        "inside: 综治中心",
        "inside: 身份证号445381199003071237",
        ":17:59 错误 [identifier] 出现身份证号“445…7”",
        file=OFFICE,
    ),
    swap(
        "a teaching example with a source",
        "kind: 人民调解案例",
        "kind: 教学示例\nsource: {name: 某法院}",
        ":3:1 错误 [source-invented] 教学示例是虚构的，不能写来源",
    ),
    swap("a typical case without a source", SOURCE, "", ":2:7 错误 [source-missing] 典型案例要写来源", file=EAVES),
    swap("a case without a law", "laws: [民法典第288条, 民法典第290条]", "laws: []", ":13:1 错误 [laws-missing] 没有写相关法条", file=EAVES),
]

DOUBTS = [
    said("an ID number with a wrong last digit, not called one", "号码是445381199003071234", ":33:8 提醒 [identifier] 看上去像身份证号“445…4”"),
    said("a school with a child", "张某的孩子在东镇中心小学读书", ":33:11 提醒 [minor-school] 可能认得出未成年人：写了学校“东镇中心小学”"),
]
