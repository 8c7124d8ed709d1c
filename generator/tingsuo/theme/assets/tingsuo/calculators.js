/* One function for each calculator, by the id that it has in guides/reference/calculators.yaml.
   `v`: what was typed, by input key (exact numbers, days, choices; null when left empty); `sheet`: where results go. */
(function () {
  "use strict";
  var X = tingsuoExact, D = tingsuoDays, define = tingsuoCalculators.define;
  var money = function (value) { return X.grouped(X.money(value)); };
  var percent = function (value) { return X.plain(value, 4) + "%"; };
  var NEW_LENDING = D.of("2020-08-20"), OLD_LENDING = D.of("2015-09-01"), FIRST_LPR = D.of("2019-08-20"), LABOUR_CONTRACT_LAW = D.of("2008-01-01");

  function or0(value) { return value || X.ZERO; }
  function whole(value) { return Number(value.n / value.d); }

  /* Days from one day to another, the first counted and the last not; refused at `key` when they are the wrong way round. */
  function span(sheet, from, to, key, message) {
    if (to < from) sheet.refuse(key, message || "结束那天不能早于开始那天。");
    return to - from;
  }

  /* Simple interest: 本金 × 年利率% × 天数 ÷ 365. */
  function interest(principal, rate, days) { return X.div(X.mul(principal, rate, days), "36500"); }
  function interestLine(name, principal, rate, days, result) {
    return name + "：" + money(principal) + " × " + percent(rate) + " ÷ 365 × " + days + "天 = " + money(result) + "元";
  }

  /* An agreed rate per year; 月息 counts twelve times. */
  function yearly(rate, unit) { return unit === "month" ? X.mul(rate, "12") : rate; }

  // ---- private lending ---------------------------------------------------------------
  function lendingCap(sheet, day, key) {
    if (day < NEW_LENDING) sheet.refuse(key, "2020年8月20日以前借的，要分两段算，请用“旧借款分段算息”。");
    var lpr = sheet.figure("lpr", day), cap = X.mul(lpr, "4");
    sheet.line("年利率上限：" + percent(lpr) + " × 4 = " + percent(cap));
    return cap;
  }

  define("lpr-cap", function (v, sheet) {
    var cap = lendingCap(sheet, v.day, "day");
    sheet.out("cap", X.plain(cap, 4));
    sheet.out("month", X.plain(X.div(cap, "12"), 3));
    if (!v.rate) return;
    var rate = yearly(v.rate, v["rate-unit"]);
    if (v["rate-unit"] === "month") sheet.line("约定的年利率：" + percent(v.rate) + " × 12 = " + percent(rate));
    sheet.out("agreed", X.plain(rate, 4));
    if (X.compare(rate, cap) > 0) sheet.remark("over");
    else sheet.remark("within");
  });

  define("loan-interest", function (v, sheet) {
    var deducted = or0(v.deducted);
    if (X.compare(deducted, v.amount) >= 0) sheet.refuse("deducted", "先扣的钱要少于借条写的数。");
    if (v.from < v.day) sheet.refuse("from", "起息那天不能早于借款成立那天。");
    var principal = X.sub(v.amount, deducted), days = span(sheet, v.from, v.to, "to", "算到哪天，不能早于起息那天。");
    if (v.deducted) sheet.line("实际本金：" + money(v.amount) + " − " + money(deducted) + " = " + money(principal) + "元");
    var cap = lendingCap(sheet, v.day, "day"), agreed = v.rate ? yearly(v.rate, v["rate-unit"]) : X.ZERO, used = X.least(agreed, cap);
    var due = interest(principal, used, days), most = interest(principal, cap, days), supported = due;
    if (!v.rate) sheet.remark("no-rate");
    else if (X.compare(agreed, cap) > 0) sheet.remark("over");
    if (v.rate) sheet.line(interestLine("利息", principal, used, days, due));
    if (v.other) {
      supported = X.least(X.add(due, v.other), most);
      sheet.line("利息加违约金等：" + money(due) + " + " + money(v.other) + " = " + money(X.add(due, v.other)) + "元，上限" + money(most) + "元");
      if (X.compare(X.add(due, v.other), most) > 0) sheet.remark("total-over");
    }
    // Each part is rounded by itself, so that the parts shown add up.
    supported = X.cents(supported);
    var total = X.sub(X.add(principal, supported), or0(v.paid));
    if (v.paid) sheet.line("还要还：" + money(principal) + " + " + money(supported) + " − 已付" + money(v.paid) + " = " + money(total) + "元");
    if (v.paid && X.compare(v.paid, supported) > 0) sheet.remark("overpaid");
    sheet.money("principal", principal);
    sheet.out("days", days);
    sheet.out("used", X.plain(used, 4));
    sheet.money("interest", supported);
    sheet.money("total", X.most(total, X.ZERO));
  });

  define("loan-rollover", function (v, sheet) {
    if (v.from < v.day) sheet.refuse("from", "起息那天不能早于借款成立那天。");
    var days = span(sheet, v.from, v.to, "to"), cap = lendingCap(sheet, v.day, "day"), most = X.cents(X.add(v.amount, interest(v.amount, cap, days)));
    sheet.line(interestLine("最多的利息", v.amount, cap, days, interest(v.amount, cap, days)));
    sheet.line("本息最多：" + money(v.amount) + " + " + money(X.sub(most, v.amount)) + " = " + money(most) + "元");
    sheet.money("most", most);
    var over = X.sub(v.asked, most);
    if (X.compare(over, X.ZERO) > 0) { sheet.money("over", over); sheet.remark("over"); } else sheet.remark("within");
  });

  define("loan-old", function (v, sheet) {
    if (v.from >= NEW_LENDING) sheet.refuse("from", "2020年8月20日起借的不用分段，请用“借款利息”。");
    if (v.from < OLD_LENDING) sheet.refuse("from", "2015年9月1日以前开始计息的，规则又不同，请直接问法官。");
    if (v.filed < NEW_LENDING) sheet.refuse("filed", "起诉那天在2020年8月20日以前的，全按旧规定，请直接问法官。");
    span(sheet, v.from, v.to, "to");
    var rate = yearly(v.rate, v["rate-unit"]), turn = Math.min(v.to, NEW_LENDING), first = X.least(rate, "24"), before = interest(v.amount, first, turn - v.from), after = X.ZERO;
    sheet.line(interestLine("到2020年8月19日", v.amount, first, turn - v.from, before));
    if (v.to > NEW_LENDING) {
      var lpr = sheet.figure("lpr", v.filed), second = X.least(rate, X.mul(lpr, "4"));
      sheet.line("起诉那天的上限：" + percent(lpr) + " × 4 = " + percent(X.mul(lpr, "4")));
      after = interest(v.amount, second, v.to - NEW_LENDING);
      sheet.line(interestLine("从2020年8月20日起", v.amount, second, v.to - NEW_LENDING, after));
    }
    before = X.cents(before);
    after = X.cents(after);
    sheet.money("first", before);
    sheet.money("second", after);
    sheet.money("interest", X.add(before, after));
    sheet.money("total", X.add(v.amount, before, after));
    if (X.compare(rate, "36") > 0) sheet.remark("over-36");
    else if (X.compare(rate, "24") > 0) sheet.remark("over-24");
  });

  define("loan-overdue", function (v, sheet) {
    if (v.due + 1 < FIRST_LPR) sheet.refuse("due", "2019年8月19日以前逾期的，当时还没有LPR，请问法官。");
    var days = span(sheet, v.due, v.to, "to", "算到哪天，不能早于约定还款那天。"), lpr = sheet.figure("lpr", v.due + 1), loss = X.cents(interest(v.amount, lpr, days));
    sheet.line(interestLine("逾期利息", v.amount, lpr, days, loss));
    sheet.out("days", days);
    sheet.money("interest", loss);
    sheet.money("total", X.add(v.amount, loss));
  });

  define("instalments", function (v, sheet) {
    var count = whole(v.count), left = X.cents(v.total), usual = X.div(X.round(X.mul(X.div(left, String(count)), "100"), 0), "100");
    // Rounded down, so that the last one is never negative.
    if (X.compare(X.mul(usual, String(count)), left) > 0) usual = X.sub(usual, "0.01");
    if (X.compare(usual, "0.01") < 0) sheet.refuse("count", "期数太多，每期不到一分钱。");
    var rows = [], sum = X.mul(usual, String(count - 1)), last = X.sub(left, sum);
    for (var n = 1; n <= count; n++) {
      var day = D.addMonths(v.first, (n - 1) * whole(v.every)), part = n === count ? last : usual;
      left = X.sub(left, part);
      rows.push(["第" + n + "期", D.iso(day), money(part), money(left)]);
      sheet.result.events.push({ key: "instalment-" + n, day: day, title: "分期付款第" + n + "期：" + money(part) + "元", text: "还清后还剩" + money(left) + "元。付款留凭证。" });
    }
    sheet.result.tables.push({ caption: "分期付款表", heads: ["期次", "最迟付款日", "付多少（元）", "还剩（元）"], rows: rows });
    sheet.money("each", usual);
    sheet.money("last", last);
    sheet.out("end", rows[count - 1][1], D.said(D.of(rows[count - 1][1])));
  });

  // ---- sale, deposit, damages ---------------------------------------------------------
  define("sale-late", function (v, sheet) {
    if (v.due + 1 < FIRST_LPR) sheet.refuse("due", "2019年8月19日以前违约的，按当时的贷款基准利率，这里没有数，请问法官。");
    var days = span(sheet, v.due, v.to, "to", "算到哪天，不能早于约定付款那天。"), lpr = sheet.figure("lpr", v.due + 1);
    [["low", "1.3", "加三成"], ["high", "1.5", "加五成"]].forEach(function (way) {
      var rate = X.mul(lpr, way[1]), loss = interest(v.amount, rate, days);
      sheet.line(interestLine(way[2], v.amount, rate, days, loss));
      sheet.out(way[0] + "-rate", X.plain(rate, 4));
      sheet.money(way[0], loss);
    });
  });

  define("delayed-interest", function (v, sheet) {
    var days = span(sheet, v.due, v.to, "to", "算到哪天，不能早于履行期最后一天。"), double = X.cents(X.div(X.mul(v.amount, "1.75", days), "10000")), usual = X.ZERO;
    sheet.line("加倍部分：" + money(v.amount) + " × 0.0175% × " + days + "天 = " + money(double) + "元");
    if (v.rate) {
      usual = X.cents(interest(v.amount, v.rate, days));
      sheet.line(interestLine("一般利息", v.amount, v.rate, days, usual));
      sheet.money("usual", usual);
    }
    sheet.out("days", days);
    sheet.money("double", double);
    sheet.money("total", X.add(v.amount, double, usual));
  });

  define("deposit", function (v, sheet) {
    var limit = X.mul(v.price, "0.2"), effective = X.least(v.paid, limit), excess = X.sub(v.paid, effective), part = X.div(v.part || "100", "100");
    var penalty = X.cents(X.mul(effective, part));
    sheet.line("定金上限：" + money(v.price) + " × 20% = " + money(limit) + "元");
    sheet.money("limit", limit);
    sheet.money("effective", effective);
    if (X.compare(excess, X.ZERO) > 0) { sheet.money("excess", excess); sheet.remark("excess"); }
    if (X.compare(part, "1") < 0) sheet.line("只有" + percent(v.part) + "没履行：" + money(effective) + " × " + percent(v.part) + " = " + money(penalty) + "元");
    if (v.side === "payer") {
      sheet.money("kept", penalty);
      sheet.money("back", X.sub(v.paid, penalty));
      sheet.line("付定金的一方违约：没收" + money(penalty) + "元，退回" + money(X.sub(v.paid, penalty)) + "元");
    } else {
      sheet.money("back", X.add(v.paid, penalty));
      sheet.line("收定金的一方违约：" + money(v.paid) + " + " + money(penalty) + " = " + money(X.add(v.paid, penalty)) + "元");
    }
  });

  define("penalty", function (v, sheet) {
    var line = X.mul(v.loss, "1.3");
    sheet.line("参考线：" + money(v.loss) + " × 130% = " + money(line) + "元");
    sheet.money("line", line);
    if (X.compare(v.agreed, line) > 0) { sheet.money("over", X.sub(v.agreed, X.cents(line))); sheet.remark("high"); }
    else if (X.compare(v.agreed, v.loss) < 0) { sheet.money("short", X.sub(v.loss, v.agreed)); sheet.remark("low"); }
    else sheet.remark("fair");
  });

  // ---- labour ------------------------------------------------------------------------
  /* Months of pay for a time of service, both days counted: a year gives one, six months or more one, less a half. */
  function serviceMonths(from, to) {
    var months = D.wholeMonths(from, to + 1), years = Math.floor(months / 12), rest = months % 12;
    var odd = D.addMonths(from, months) < to + 1;
    return { years: years, rest: rest, odd: odd, pay: years + (rest >= 6 ? 1 : rest || odd ? 0.5 : 0) };
  }

  define("severance", function (v, sheet) {
    span(sheet, v.from, v.to, "to", "离职那天不能早于入职那天。");
    var served = serviceMonths(v.from, v.to), counted = v.from < LABOUR_CONTRACT_LAW ? serviceMonths(LABOUR_CONTRACT_LAW, v.to) : served;
    if (v.to < LABOUR_CONTRACT_LAW) sheet.refuse("to", "2008年以前离职的，不按这部法律算，请问仲裁委。");
    var base = v.wage, most = Infinity, average = sheet.known("average", v.to), floor = sheet.known("minimum", v.to);
    sheet.line("工作" + served.years + "年" + served.rest + "个月" + (served.odd ? "多几天" : "") + "，算" + counted.pay + "个月工资");
    if (counted !== served) sheet.remark("before-2008");
    if (!average) sheet.remark("no-average");
    else if (X.compare(base, X.mul(average, "3")) > 0) {
      base = X.mul(average, "3");
      most = 12;
      sheet.line("三倍封顶：" + money(average) + " × 3 = " + money(base) + "元，年限最多12年");
      sheet.remark("capped");
    }
    if (floor && X.compare(base, floor) < 0) { base = floor; sheet.remark("floor"); }
    var n = Math.min(counted.pay, most), all = Math.min(served.pay, most), pay = X.mul(base, String(n)), double = X.mul(base, String(all), "2");
    sheet.line("经济补偿：" + money(base) + " × " + n + " = " + money(pay) + "元");
    sheet.line("违法解除赔偿金：" + money(base) + " × " + all + " × 2 = " + money(double) + "元");
    sheet.out("months", String(n));
    sheet.money("pay", pay);
    sheet.money("double", double);
  });

  define("unpaid-wages", function (v, sheet) {
    var whole = X.mul(v.wage, v.months), paid = or0(v.paid), owed = X.sub(whole, paid);
    if (X.compare(owed, X.ZERO) < 0) sheet.refuse("paid", "已经付的比该付的还多，核对一下。");
    sheet.line("欠薪：" + money(v.wage) + " × " + X.plain(v.months, 2) + "个月" + (v.paid ? " − " + money(paid) : "") + " = " + money(owed) + "元");
    sheet.money("owed", owed);
    sheet.money("low", X.mul(owed, "0.5"));
    sheet.money("high", owed);
    var minimum = sheet.known("minimum", sheet.today);
    if (!minimum) { sheet.remark("no-minimum"); return; }
    var line = X.mul(minimum, "12");
    sheet.line("一裁终局的线：" + money(minimum) + " × 12 = " + money(line) + "元");
    sheet.money("line", line);
    if (X.compare(owed, line) <= 0) sheet.remark("final");
    else sheet.remark("not-final");
  });

  // ---- injury ------------------------------------------------------------------------
  /* Twenty years; from sixty one less for each year of age; five from seventy-five. */
  function yearsByAge(age) { return age >= 75 ? 5 : age > 60 ? 80 - age : 20; }

  define("disability-death", function (v, sheet) {
    var income = sheet.figure("income", v.day), years = yearsByAge(whole(v.age)), degree = v.kind === "disability" ? v.degree : X.of("100"), amount = X.div(X.mul(income, String(years), degree), "100");
    sheet.line(whole(v.age) + "岁，算" + years + "年");
    sheet.line(money(income) + " × " + years + "年" + (v.kind === "disability" ? " × " + percent(degree) : "") + " = " + money(amount) + "元");
    sheet.out("years", years);
    sheet.money("amount", amount);
    if (v.kind === "disability") sheet.remark("degree");
  });

  define("funeral", function (v, sheet) {
    var wage = sheet.figure("wage", v.day), amount = X.mul(wage, "6");
    sheet.line("丧葬费：" + money(wage) + " × 6个月 = " + money(amount) + "元");
    sheet.money("amount", amount);
  });

  define("injury-costs", function (v, sheet) {
    var sum = X.ZERO;
    function item(key, amount, line) {
      if (X.compare(amount, X.ZERO) <= 0) return;
      amount = X.cents(amount);
      sum = X.add(sum, amount);
      if (line) sheet.line(line + " = " + money(amount) + "元");
      sheet.money(key, amount);
    }
    function pair(one, other) {
      if (v[one] && !v[other]) sheet.refuse(other, "这一项也要填，才算得出来。");
      if (v[other] && !v[one]) sheet.refuse(one, "这一项也要填，才算得出来。");
    }
    pair("work-days", "wage-day");
    pair("care-days", "care-day");
    item("medical", or0(v.medical));
    if (v["work-days"]) item("work", X.mul(v["work-days"], v["wage-day"]), "误工费：" + money(v["wage-day"]) + " × " + whole(v["work-days"]) + "天");
    if (v["care-days"]) {
      var people = v["care-people"] || X.of("1");
      item("care", X.mul(v["care-days"], v["care-day"], people), "护理费：" + money(v["care-day"]) + " × " + whole(v["care-days"]) + "天 × " + whole(people) + "人");
    }
    if (v["stay-days"]) {
      var meal = sheet.figure("meal", sheet.today);
      item("meals", X.mul(v["stay-days"], meal), "住院伙食补助：" + money(meal) + " × " + whole(v["stay-days"]) + "天");
    }
    item("food", or0(v.food));
    item("transport", or0(v.transport));
    if (X.compare(sum, X.ZERO) <= 0) sheet.refuse("medical", "一样都没填。有哪样填哪样。");
    var share = v.share || X.of("100"), part = X.cents(X.div(X.mul(sum, share), "100"));
    if (X.compare(share, "100") < 0) sheet.line("对方承担：" + money(sum) + " × " + percent(share) + " = " + money(part) + "元");
    sheet.money("sum", sum);
    sheet.money("part", part);
  });

  define("dependants", function (v, sheet) {
    var degree = v.degree || X.of("100"), people = [], most = 0;
    ["1", "2", "3"].forEach(function (n) {
      if (!v["age-" + n] && !v["people-" + n]) return;
      if (!v["age-" + n]) sheet.refuse("age-" + n, "这个人几岁也要填。");
      if (!v["people-" + n]) sheet.refuse("people-" + n, "几个人一起养，也要填；只有他一个就填1。");
      var age = whole(v["age-" + n]), years = age < 18 ? 18 - age : yearsByAge(age);
      people.push({ years: years, share: X.div(degree, X.mul(v["people-" + n], "100")) });
      sheet.line("第" + people.length + "个：" + age + "岁，算" + years + "年，" + whole(v["people-" + n]) + "人分担");
      most = Math.max(most, years);
    });
    if (!people.length) sheet.refuse("age-1", "至少填一个被扶养人的年龄。");
    var spending = sheet.figure("spending", v.day), total = X.ZERO, capped = false;
    for (var year = 0; year < most; year++) {
      var together = people.reduce(function (sum, one) { return one.years > year ? X.add(sum, one.share) : sum; }, X.ZERO);
      if (X.compare(together, "1") > 0) { together = X.of("1"); capped = true; }
      total = X.add(total, together);
    }
    var amount = X.mul(spending, total);
    sheet.line("按年合起来：" + money(spending) + " × " + X.plain(total, 4) + "年 = " + money(amount) + "元");
    if (capped) sheet.remark("capped");
    sheet.money("amount", amount);
  });

  // ---- family ------------------------------------------------------------------------
  define("child-support", function (v, sheet) {
    var children = whole(v.children), high = children > 1 ? "50" : "30", years = 18 - whole(v.age);
    sheet.line("每月：" + money(v.income) + " × 20%至" + high + "%");
    sheet.money("low", X.mul(v.income, "0.2"));
    sheet.money("high", X.div(X.mul(v.income, high), "100"));
    sheet.out("years", years);
    if (children > 1) sheet.remark("several");
  });

  define("support-share", function (v, sheet) {
    var gap = X.sub(v.need, or0(v.own)), shares = [], all = X.ZERO;
    if (X.compare(gap, X.ZERO) <= 0) sheet.refuse("own", "老人自己的收入已经够用，没有差额要分。");
    ["1", "2", "3", "4", "5", "6"].forEach(function (n) {
      var income = v["income-" + n];
      if (!income) return;
      shares.push({ key: "share-" + n, income: income });
      all = X.add(all, income);
    });
    if (X.compare(all, X.ZERO) <= 0) sheet.refuse("income-1", "至少有一个子女的月收入大于0。");
    var left = gap;
    sheet.line("差额：" + money(v.need) + " − " + money(or0(v.own)) + " = " + money(gap) + "元，按收入比例分");
    shares.forEach(function (share, index) {
      // What rounding leaves over goes to the last one, so that the shares add up.
      var part = index === shares.length - 1 ? left : X.least(left, X.cents(X.div(X.mul(gap, share.income), all)));
      left = X.sub(left, part);
      sheet.line("收入" + money(share.income) + "元的：" + money(gap) + " × " + money(share.income) + " ÷ " + money(all) + " = " + money(part) + "元");
      sheet.money(share.key, part);
    });
    sheet.money("gap", gap);
  });

  // ---- consumers, tenants ---------------------------------------------------------------
  define("consumer-damages", function (v, sheet) {
    var food = v.kind === "food", least = food ? "1000" : "500", times = food ? "10" : "3", extra = X.mul(v.price, times);
    sheet.line("价款的" + (food ? "十" : "三") + "倍：" + money(v.price) + " × " + times + " = " + money(extra) + "元");
    if (food && v.loss) {
      sheet.line("损失的三倍：" + money(v.loss) + " × 3 = " + money(X.mul(v.loss, "3")) + "元");
      extra = X.most(extra, X.mul(v.loss, "3"));
    }
    if (X.compare(extra, least) < 0) { extra = X.of(least); sheet.line("不足" + least + "元，按" + least + "元"); }
    sheet.money("extra", extra);
    sheet.money("total", X.add(extra, v.price));
  });

  define("prepaid-card", function (v, sheet) {
    var used;
    if (v.kind === "time") {
      if (X.compare(v["days-left"], v["days-total"]) > 0) sheet.refuse("days-left", "剩下的天数不能多过总天数。");
      var share = X.div(X.mul(v.paid, v["days-left"]), v["days-total"]);
      sheet.line(money(v.paid) + " × " + whole(v["days-left"]) + "天 ÷ " + whole(v["days-total"]) + "天 = " + money(share) + "元");
      sheet.money("back", share);
      sheet.remark("time");
      return;
    }
    if (v.reason === "customer") {
      used = v.used;
      sheet.remark("customer");
    } else if (v.kind === "gift") {
      used = X.cents(X.div(X.mul(v.used, v.paid), X.add(v.paid, v.gift)));
      sheet.line("已用部分折价：" + money(v.used) + " × " + money(v.paid) + " ÷ （" + money(v.paid) + " + " + money(v.gift) + "） = " + money(used) + "元");
    } else {
      used = X.cents(X.div(X.mul(v.used, v.discount), "10"));
      sheet.line("已用部分折价：" + money(v.used) + " × " + X.plain(v.discount, 2) + "折 = " + money(used) + "元");
    }
    var back = X.most(X.sub(v.paid, used), X.ZERO);
    sheet.line("应退：" + money(v.paid) + " − " + money(used) + " = " + money(X.sub(v.paid, used)) + "元" + (X.compare(used, v.paid) > 0 ? "，不用补，退0元" : ""));
    sheet.money("used-value", used);
    sheet.money("back", back);
  });

  define("rent-settlement", function (v, sheet) {
    var plus = X.add(v.deposit, or0(v.prepaid), or0(v.fitting)), minus = X.add(or0(v.rent), or0(v.utilities), or0(v.damage)), balance = X.sub(plus, minus);
    sheet.line("该退给租客：" + [v.deposit, or0(v.prepaid), or0(v.fitting)].map(money).join(" + ") + " = " + money(plus) + "元");
    sheet.line("该由租客付：" + [or0(v.rent), or0(v.utilities), or0(v.damage)].map(money).join(" + ") + " = " + money(minus) + "元");
    if (X.compare(balance, X.ZERO) >= 0) sheet.money("back", balance);
    else { sheet.money("due", X.sub(X.ZERO, balance)); sheet.remark("due"); }
    if (v.damage) sheet.remark("damage");
  });

  // ---- court -------------------------------------------------------------------------
  /* Fees by bands: [upper end of the band, per cent within it]; the last band has no end. */
  function byBands(amount, bands, sheet) {
    var sum = X.ZERO, from = X.ZERO;
    bands.forEach(function (band) {
      var to = band[0] ? X.least(amount, band[0]) : amount, part = X.sub(to, from), fee = X.div(X.mul(part, band[1]), "100");
      if (X.compare(part, X.ZERO) <= 0) return;
      if (sheet && X.compare(fee, X.ZERO) > 0) sheet.line(money(from) + "元以上的" + money(part) + "元 × " + band[1] + "% = " + money(fee) + "元");
      sum = X.add(sum, fee);
      from = to;
    });
    return sum;
  }
  var PROPERTY = [["10000", "0"], ["100000", "2.5"], ["200000", "2"], ["500000", "1.5"], ["1000000", "1"], ["2000000", "0.9"], ["5000000", "0.8"], ["10000000", "0.7"], ["20000000", "0.6"], [null, "0.5"]];
  var ENFORCEMENT = [["10000", "0"], ["500000", "1.5"], ["5000000", "1"], ["10000000", "0.5"], [null, "0.1"]];
  var PRESERVATION = [["1000", "0"], ["100000", "1"], [null, "0.5"]];

  define("court-fee", function (v, sheet) {
    if (v.kind === "property" && !v.amount) sheet.refuse("amount", "财产案件要填争几多钱。");
    var amount = or0(v.amount), low, high;
    if (v.kind === "labour") low = high = X.of("10");
    else if (v.kind === "property") {
      sheet.line("1万元以内：50元");
      low = high = X.add("50", byBands(amount, PROPERTY, sheet));
    }
    else {
      var extra = v.kind === "divorce" ? byBands(amount, [["200000", "0"], [null, "0.5"]], sheet) : byBands(amount, [["50000", "0"], ["100000", "1"], [null, "0.5"]], sheet);
      low = X.add(v.kind === "divorce" ? "50" : "100", extra);
      high = X.add(v.kind === "divorce" ? "300" : "500", extra);
    }
    function fee(key, share) {
      var from = X.money(X.div(low, share)), to = X.money(X.div(high, share));
      sheet.out(key, from === to ? from : from + "-" + to, from === to ? "" : X.grouped(from) + " 至 " + X.grouped(to));
    }
    sheet.money("mediation", X.ZERO);
    sheet.money("confirmation", X.ZERO);
    fee("half", "2");
    fee("full", "1");
    if (v.kind === "property") fee("order", "3");
    if (v.amount) {
      sheet.money("preservation", X.least("5000", X.add("30", byBands(amount, PRESERVATION))));
      sheet.money("enforcement", X.add("50", byBands(amount, ENFORCEMENT)));
    }
    if (v.kind === "labour") sheet.remark("labour");
  });

  define("small-claims", function (v, sheet) {
    var wage = sheet.figure("wage", v.day), year = X.mul(wage, "12"), half = X.div(year, "2"), double = X.mul(year, "2");
    sheet.line("年平均工资：" + money(wage) + " × 12 = " + money(year) + "元");
    sheet.money("half", half);
    sheet.money("double", double);
    if (X.compare(v.amount, half) <= 0) sheet.remark("automatic");
    else if (X.compare(v.amount, double) <= 0) sheet.remark("agreed");
    else sheet.remark("no");
  });

  // ---- last days ---------------------------------------------------------------------
  function clock(minutes) { return ("0" + Math.floor(minutes / 60)).slice(-2) + ":" + ("0" + (minutes % 60)).slice(-2); }

  function conclude(sheet, event, length, unit, key, title, text) {
    var found = D.lastDay(event, length, unit, sheet.workdays), left = found.day - sheet.today;
    sheet.line("从" + D.said(event) + "的第二天算起，" + length + (unit === "月" ? "个月" : unit === "日" ? "天" : unit === "工作日" ? "个工作日" : unit));
    if (found.before !== null) sheet.line("第" + length + (unit === "日" ? "天" : unit) + "到" + D.said(found.before) + "，是休息日，顺延");
    sheet.out("last", D.iso(found.day), D.said(found.day));
    sheet.out("left", left, left > 0 ? "还有" + left + "天" : left === 0 ? "就是今天" : "已经过了" + -left + "天");
    if (found.unknown.length) sheet.remark("no-holidays");
    sheet.result.events.push({ key: sheet.definition.key + "-" + key, day: found.day, title: "最后一天：" + title, text: text });
    return left;
  }

  define("limitation", function (v, sheet) {
    var period = tingsuoCalculators.deadlineOf(sheet.definition, v.limit), start = v.restart || v.day;
    if (v.restart && v.restart < v.day) sheet.refuse("restart", "重新算的那天，不能早于起算那天。");
    if (v.restart) {
      sheet.line("催过或者认过账，从" + D.said(v.restart) + "重新算");
      if (v.restart > D.lastDay(v.day, period.length, period.unit, sheet.workdays).day) sheet.remark("restart-late");
    }
    if (period.unit === "小时") {
      var minutes = v.time + period.length * 60, day = start + Math.floor(minutes / 1440), at = clock(minutes % 1440);
      sheet.line("从" + D.said(start) + clock(v.time) + "起，" + period.length + "小时");
      sheet.out("last", D.iso(day) + " " + at, D.said(day) + at);
    } else {
      var left = conclude(sheet, start, period.length, period.unit, period.id, period.title, "从" + period.event + "起" + period.length + period.unit + "。" + (period.late ? "过期：" + period.late : ""));
      if (left < 0) sheet.remark("late");
    }
    [["能不能延：", period.extend], ["过了怎么办：", period.late]].forEach(function (row) {
      if (row[1]) sheet.result.texts.push(row[0] + row[1].replace(/。?$/, "。"));
    });
  });

  define("deadline", function (v, sheet) {
    var unit = { day: "日", workday: "工作日", month: "月", year: "年" }[v.unit];
    conclude(sheet, v.day, whole(v.length), unit, whole(v.length) + v.unit, whole(v.length) + unit + "期满", "从" + D.said(v.day) + "的第二天算起。");
  });
})();
