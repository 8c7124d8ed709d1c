/* What depends on the day on which the page is read: an edition past its review; which publicity day comes next and in how many days. */
var tingsuoDates = (function () {
  "use strict";
  var DAY = 86400000;

  // ---- days as text, 2026-11-23; the same reckoning as pages/calendar.py ---------------------
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function number(day) { return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)) / DAY; }
  function text(number) { return new Date(number * DAY).toISOString().slice(0, 10); }
  function lastOf(year, month) { return new Date(Date.UTC(year, month, 0)).getUTCDate(); }
  /* A day of every year: 02-29 is the last of February where there is none. */
  function inYear(year, monthDay) {
    var month = +monthDay.slice(0, 2);
    return year + "-" + two(month) + "-" + two(Math.min(+monthDay.slice(3), lastOf(year, month)));
  }

  function spanIn(words, year) {
    if (words[0] === "day") return [inYear(year, words[1]), inYear(year, words[1])];
    if (words[0] === "month") return [year + "-" + two(+words[1]) + "-01", year + "-" + two(+words[1]) + "-" + lastOf(year, +words[1])];
    return [inYear(year, words[1]), inYear(words[2] < words[1] ? year + 1 : year, words[2])];
  }

  function spans(when, today) {
    var words = when.split(" "), year = +today.slice(0, 4);
    if (words[0] !== "dates") return [year - 1, year, year + 1].map(function (y) { return spanIn(words, y); });
    return words.slice(2).map(function (first) { return [first, text(number(first) + +words[1] - 1)]; });
  }

  /* The next or running occurrence of `when` ("day 12-04", "month 5", "span 03-01 03-08", "dates 29 2027-01-08 …"; several
     stand between |) → [first, last], or null when it isn't known. */
  function next(when, today) {
    var best = null;
    when.split("|").forEach(function (one) {
      var found = one && spans(one, today).filter(function (span) { return span[1] >= today; })[0];
      if (found && (!best || found[0] < best[0])) best = found;
    });
    return best;
  }

  /* 正在进行, 明天, 还有9天 */
  function togo(span, today) {
    var days = number(span[0]) - number(today);
    return days <= 0 ? "正在进行" : days === 1 ? "明天" : "还有" + days + "天";
  }

  function said(day) { return +day.slice(0, 4) + "年" + +day.slice(5, 7) + "月" + +day.slice(8) + "日"; }

  /* `rows`: [{when, …}] → those whose day is known by what comes next, then the others as they stood; each with its span. */
  function sorted(rows, today) {
    rows.forEach(function (row, n) { row.span = row.when ? next(row.when, today) : null; row.n = n; });
    // Of those under way the one that is over first.
    function key(row) { return row.span ? (row.span[0] > today ? row.span[0] : today) + row.span[1] : "~"; }
    return rows.slice().sort(function (a, b) { return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.n - b.n; });
  }

  // ---- the page -----------------------------------------------------------------------------
  var today = tingsuo.today();

  function note(row, className, words) {
    var made = document.createElement("span");
    made.className = className;
    made.textContent = words;
    (row.querySelector(".ts-days__when") || row).appendChild(made);
  }

  tingsuo.each("[data-review]", function (note) { note.hidden = today <= note.getAttribute("data-review"); });

  tingsuo.each("[data-days]", function (list) {
    var most = +list.getAttribute("data-days") || 999;
    var rows = Array.prototype.map.call(list.children, function (row) { return { row: row, when: row.getAttribute("data-when") }; });
    sorted(rows, today).forEach(function (entry, n) {
      var row = entry.row, span = entry.span, on = row.querySelector("[data-on]");
      list.appendChild(row);
      row.hidden = n >= most;
      if (on && span) on.textContent = said(span[0]) + on.getAttribute("data-on");
      if (span) note(row, span[0] <= today ? "ts-days__now" : "ts-days__togo", togo(span, today));
      else if (entry.when) {
        if (on) on.textContent = "";
        note(row, "ts-days__togo", "今年的日子由本地核对");
      }
    });
  });

  return { next: next, togo: togo, sorted: sorted };
})();
