/* Analysis (分析研判): rows of the ledger → counts by type, town and month, what rises, what comes back, what was settled.
   Pure: no page, no storage. A record has only what was chosen from a list, and a month. */
var tingsuoAnalysis = (function () {
  "use strict";
  var LEAST = 3, MORE = 13, WINDOW = 3, MOST_MONTHS = 24, UNSAID = "没有写";

  function shift(month, by) {
    var n = +month.slice(0, 4) * 12 + +month.slice(5, 7) - 1 + by;
    return Math.floor(n / 12) + "-" + ("0" + (n % 12 + 1)).slice(-2);
  }
  function between(from, to) {
    var out = [];
    for (var month = from; month <= to && out.length < 1200; month = shift(month, 1)) out.push(month);
    return out;
  }
  function span(from, to) { return between(from, to).length; }

  function monthText(month) { return month.slice(0, 4) + "年" + +month.slice(5, 7) + "月"; }
  /* 2026年8月至10月. */
  function periodText(from, to) {
    if (from === to) return monthText(from);
    return monthText(from) + "至" + (from.slice(0, 4) === to.slice(0, 4) ? +to.slice(5, 7) + "月" : monthText(to));
  }

  /* Rows of the analysed tab → {records, left}: what can be counted, and the row numbers of what can't, by reason. */
  function records(rows, roles, thisMonth) {
    var kept = [], left = { month: [], future: [], town: [], type: [] };
    rows.forEach(function (row) {
      var values = row.values, month = values[roles.month], why = !month ? "month" : month > thisMonth ? "future" : !values[roles.town] ? "town" : !values[roles.type] ? "type" : "";
      if (why) left[why].push(row.number);
      else kept.push({ month: month, town: values[roles.town], type: values[roles.type], result: values[roles.result] || UNSAID, values: values });
    });
    return { records: kept, left: left };
  }

  function within(all, from, to, town) {
    return all.filter(function (record) { return record.month >= from && record.month <= to && (!town || record.town === town); });
  }

  /* [[name, count], …] of a record's field, in the order of `names`, most first where `sorted`. */
  function tally(all, field, names, sorted) {
    var counts = Object.create(null);
    all.forEach(function (record) { counts[record[field]] = (counts[record[field]] || 0) + 1; });
    var out = names.map(function (name, n) { return [name, counts[name] || 0, n]; });
    if (sorted) out.sort(function (one, other) { return other[1] - one[1] || one[2] - other[2]; });
    return out.map(function (pair) { return [pair[0], pair[1]]; });
  }

  /* A table of counts: {rows: [[name, [counts], sum]], columns, sums, sum}. What is all zeros is left out, months excepted. */
  function cross(all, rowField, rowNames, columnField, columnNames) {
    var counts = Object.create(null), sums = columnNames.map(function () { return 0; }), at = Object.create(null);
    columnNames.forEach(function (name, n) { at[name] = n; });
    all.forEach(function (record) {
      var row = counts[record[rowField]] || (counts[record[rowField]] = columnNames.map(function () { return 0; }));
      row[at[record[columnField]]]++;
      sums[at[record[columnField]]]++;
    });
    var rows = rowNames.filter(function (name) { return counts[name]; }).map(function (name) {
      return [name, counts[name], counts[name].reduce(function (sum, n) { return sum + n; }, 0)];
    });
    return { rows: rows, columns: columnNames, sums: sums, sum: all.length };
  }

  /* Every type beside the same number of months before: {before: [from, to], known, whole, types: [{name, now, before, rises, steady}]}.
     Rising: three or more, and at least three tenths more than before. Steady: in each of the last three months. */
  function rising(all, from, to, town, types) {
    var months = span(from, to), earlier = [shift(from, -months), shift(from, -1)], first = all.reduce(function (least, record) { return record.month < least ? record.month : least; }, "9999-12");
    var now = within(all, from, to, town), past = within(all, earlier[0], earlier[1], town), known = first <= earlier[1];
    var before = tally(past, "type", types, false), last = between(shift(to, 1 - WINDOW), to);
    var out = tally(now, "type", types, false).map(function (pair, n) {
      var steady = last.every(function (month) { return all.some(function (record) { return record.type === pair[0] && record.month === month && (!town || record.town === town); }); });
      return { name: pair[0], now: pair[1], before: before[n][1], rises: known && pair[1] >= LEAST && pair[1] * 10 >= before[n][1] * MORE, steady: steady };
    }).filter(function (type) { return type.now || type.before; });
    out.sort(function (one, other) { return (other.rises - one.rises) || (other.now - other.before) - (one.now - one.before) || other.now - one.now; });
    return { before: earlier, known: known, whole: first <= earlier[0], types: out, now: now.length, past: past.length };
  }

  /* Same town, same type, three or more within three months: [{town, type, count, from, to}], most first. The window may begin before `from`. */
  function hotSpots(all, from, to, town) {
    var groups = Object.create(null), out = [], ends = between(from, to);
    within(all, shift(from, 1 - WINDOW), to, town).forEach(function (record) {
      var key = record.town + "\n" + record.type, group = groups[key] || (groups[key] = { town: record.town, type: record.type, months: Object.create(null) });
      group.months[record.month] = (group.months[record.month] || 0) + 1;
    });
    Object.keys(groups).forEach(function (key) {
      var group = groups[key], most = null;
      ends.forEach(function (end) {
        var count = between(shift(end, 1 - WINDOW), end).reduce(function (sum, month) { return sum + (group.months[month] || 0); }, 0);
        if (!most || count >= most.count) most = { town: group.town, type: group.type, count: count, from: shift(end, 1 - WINDOW), to: end };
      });
      if (most && most.count >= LEAST) out.push(most);
    });
    return out.sort(function (one, other) { return other.count - one.count || (one.town + one.type < other.town + other.type ? -1 : 1); });
  }

  /* 化解率: agreed ÷ taken on. What was turned away isn't taken on; what is still open stays in. `rate` in tenths of a percent, null of nothing. */
  function success(all, outcomes) {
    function count(result) { return all.filter(function (record) { return record.result === result; }).length; }
    var away = count(outcomes.turned_away), agreed = count(outcomes.agreed), taken = all.length - away;
    return { agreed: agreed, pending: count(outcomes.pending), away: away, unsaid: count(UNSAID), taken: taken, rate: taken ? Math.round(agreed * 1000 / taken) / 10 : null };
  }

  /* What each tab holds in a period: [{name, rows, sums: [[column, sum]]}]. */
  function overview(tabs, sheets, from, to) {
    return tabs.map(function (tab) {
      var month = tab.columns.filter(function (column) { return column.type === "月份"; })[0], rows = [];
      sheets.forEach(function (sheet) {
        if (sheet.tab !== tab) return;
        sheet.rows.forEach(function (row) {
          var at = month && row.values[month.name];
          if (at && at >= from && at <= to) rows.push(row.values);
        });
      });
      var sums = tab.columns.filter(function (column) { return column.type === "数字" && !/几天|分钟/.test(column.name); }).map(function (column) {
        return [column.name, Math.round(rows.reduce(function (sum, values) { return sum + (+values[column.name] || 0); }, 0) * 100) / 100];
      });
      return { name: tab.name, rows: rows.length, sums: sums };
    });
  }

  return {
    MOST_MONTHS: MOST_MONTHS, UNSAID: UNSAID, shift: shift, between: between, span: span, monthText: monthText, periodText: periodText, records: records,
    within: within, tally: tally, cross: cross, rising: rising, hotSpots: hotSpots, success: success, overview: overview
  };
})();
