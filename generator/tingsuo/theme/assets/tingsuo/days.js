/* Days and periods of time: a day is a whole number, there is no clock and no time zone.
   Periods follow the Civil Code, articles 200 to 204. No document, no storage. */
var tingsuoDays = (function () {
  "use strict";
  var FIRST = "1949-10-01", LAST = "2100-12-31";

  // ---- the calendar ------------------------------------------------------------------
  function leap(year) { return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0); }
  function daysIn(year, month) { return month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].indexOf(month) >= 0 ? 30 : 31; }

  /* Days since 1970-01-01; years are counted from March, so that the leap day comes last. */
  function number(year, month, day) {
    var y = month > 2 ? year : year - 1, era = Math.floor(y / 400), within = y - era * 400;
    var ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * 146097 + within * 365 + Math.floor(within / 4) - Math.floor(within / 100) + ofYear - 719468;
  }

  function parts(day) {
    var year = 1970 + Math.floor(day / 365.2425);
    while (number(year + 1, 1, 1) <= day) year++;
    while (number(year, 1, 1) > day) year--;
    var month = 1;
    while (month < 12 && number(year, month + 1, 1) <= day) month++;
    return { year: year, month: month, day: day - number(year, month, 1) + 1 };
  }

  function two(n) { return (n < 10 ? "0" : "") + n; }
  function iso(day) {
    var p = parts(day);
    return p.year + "-" + two(p.month) + "-" + two(p.day);
  }
  function of(text) { return number(+text.slice(0, 4), +text.slice(5, 7), +text.slice(8, 10)); }

  /* 2026年11月23日（星期一） */
  function said(day) {
    var p = parts(day);
    return p.year + "年" + p.month + "月" + p.day + "日（星期" + "日一二三四五六".charAt(weekday(day)) + "）";
  }
  /* 0 is Sunday. */
  function weekday(day) { return (((day + 4) % 7) + 7) % 7; }

  /* The corresponding day so many months on; the month's last day where there is none. */
  function addMonths(day, months) {
    var p = parts(day), at = p.year * 12 + p.month - 1 + months, year = Math.floor(at / 12), month = (at % 12) + 1;
    return number(year, month, Math.min(p.day, daysIn(year, month)));
  }

  /* Whole months from one day to another: a month is full on the corresponding day. */
  function wholeMonths(from, to) {
    var a = parts(from), b = parts(to), months = (b.year - a.year) * 12 + b.month - a.month;
    while (addMonths(from, months) > to) months--;
    return months;
  }

  /* What was typed (2026-11-23, 2026年11月23日, 2026.11.23, 20261123) → {value} or {error}. */
  function read(typed) {
    var text = String(typed).normalize("NFKC").replace(/\s/g, ""), m = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    m = m || /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text);
    if (!m) return { error: "日期写成年月日，例如 2026-11-23 或 20261123。" };
    var year = +m[1], month = +m[2], day = +m[3];
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return { error: "没有" + year + "年" + month + "月" + day + "日这一天，看看日历。" };
    var value = number(year, month, day);
    if (value < of(FIRST) || value > of(LAST)) return { error: "日期要在" + FIRST + "到" + LAST + "之间。" };
    return { value: value };
  }

  /* 8:30, 0830, 8时30分 → {value: minutes} or {error}. */
  function readTime(typed) {
    var text = String(typed).normalize("NFKC").replace(/\s/g, ""), m = /^(\d{1,2})(?:[:时点](\d{1,2})?分?)$/.exec(text) || /^(\d{2})(\d{2})$/.exec(text);
    if (!m || +m[1] > 23 || +(m[2] || 0) > 59) return { error: "时间写成几时几分，例如 8:30 或 0830。" };
    return { value: +m[1] * 60 + +(m[2] || 0) };
  }

  // ---- days off: weekends computed, holidays as entered -------------------------------
  /* `years`: [{year, off: [iso], work: [iso]}], only years whose announcement has been entered. */
  function Workdays(years) {
    this.known = {};
    this.special = {};
    (years || []).forEach(function (entry) {
      this.known[entry.year] = true;
      entry.off.forEach(function (day) { this.special[day] = "off"; }, this);
      entry.work.forEach(function (day) { this.special[day] = "work"; }, this);
    }, this);
  }
  Workdays.prototype.isOff = function (day) {
    var special = this.special[iso(day)];
    return special ? special === "off" : weekday(day) === 0 || weekday(day) === 6;
  };

  // ---- periods -----------------------------------------------------------------------
  /* The last day of a period that starts with an event.
     → {day, before: the day before it was moved off a day of rest, or null, unknown: years whose holidays aren't entered} */
  function lastDay(event, length, unit, workdays) {
    var day = event, left = length;
    if (unit === "工作日") {
      while (left > 0) if (!workdays.isOff(++day)) left--;
    } else {
      day = unit === "日" ? event + length : addMonths(event, unit === "年" ? length * 12 : length);
    }
    var before = day;
    while (workdays.isOff(day)) day++;
    var from = unit === "工作日" ? parts(event + 1).year : parts(before).year, unknown = [];
    for (var year = from; year <= parts(day).year; year++) if (!workdays.known[year]) unknown.push(year);
    return { day: day, before: before === day ? null : before, unknown: unknown };
  }

  return {
    of: of, iso: iso, said: said, parts: parts, weekday: weekday, addMonths: addMonths, wholeMonths: wholeMonths,
    read: read, readTime: readTime, Workdays: Workdays, lastDay: lastDay
  };
})();
