/* Calculators: what is common to all of them. Typed texts and dated figures come in, a result or refusals go out.
   No document, no storage, no clock. The arithmetic of each is in calculators.js; their wording is content. */
var tingsuoCalculators = (function () {
  "use strict";
  var X = tingsuoExact, D = tingsuoDays, all = {};

  /* Something typed that can't be: shown below the input `key`. */
  function Refused(key, message) {
    this.key = key;
    this.message = message;
  }

  /* A calculator's work: (values by input key, sheet) → fills the sheet. */
  function define(id, work) { all[id] = work; }

  // ---- inputs ------------------------------------------------------------------------
  function deadlineOf(definition, id) {
    return (definition.deadlines || []).filter(function (d) { return d.id === id; })[0];
  }

  /* What a condition may name: the value itself; of a period also its unit and whether it starts anew. */
  function marks(definition, input, text) {
    var period = input.type === "期限" && deadlineOf(definition, text);
    return period ? [text, period.unit].concat(period.restarts ? ["可中断"] : []) : [text];
  }

  function asked(definition, input, typed) {
    if (!input.only_if) return true;
    var other = definition.inputs.filter(function (i) { return i.key === input.only_if.input; })[0];
    return asked(definition, other, typed) && marks(definition, other, typed[other.key] || "").some(function (mark) { return input.only_if.is.indexOf(mark) >= 0; });
  }

  function missing(input) {
    if (input.type === "选项" || input.type === "期限") return "先选一项。";
    return "这一项要填。" + (input.type === "日期" ? "例如 2026-11-23。" : "");
  }

  function read(input, text) {
    if (input.type === "日期") return D.read(text);
    if (input.type === "时刻") return D.readTime(text);
    if (input.type === "选项" || input.type === "期限") return { value: text };
    return X.read(text, { "金额": 2, "整数": 0, "小数": 2, "百分比": 4 }[input.type], input.min, input.max, input.unit);
  }

  // ---- the sheet that a calculator fills ------------------------------------------------
  function Sheet(definition, values, today) {
    this.definition = definition;
    this.values = values;
    this.today = today;
    this.workdays = new D.Workdays(definition.holidays);
    this.result = { outputs: [], lines: [], remarks: [], figures: [], tables: [], texts: [], events: [] };
  }

  /* A result. `shown` when people should see something else than the plain value. */
  Sheet.prototype.out = function (key, value, shown) { this.result.outputs.push({ key: key, value: String(value), shown: shown || X.grouped(String(value)) }); };
  Sheet.prototype.money = function (key, value) { this.out(key, X.money(value)); };
  /* A line of the working. */
  Sheet.prototype.line = function (text) { this.result.lines.push(text); };
  Sheet.prototype.remark = function (key) { this.result.remarks.push(key); };
  Sheet.prototype.refuse = function (key, message) { throw new Refused(key, message); };

  /* A dated figure: as typed, else as the table has it for the day; refused where neither is. */
  Sheet.prototype.figure = function (key, day) {
    var found = this.known(key, day);
    if (found) return found;
    var figure = this.figureOf(key), limit = figure.limit && figure.rows.length ? "（只知道到" + figure.limit + "）" : "";
    throw new Refused(key, "没有" + D.iso(day) + "的数" + limit + "，不往后推算。请查" + figure.publisher + "公布的数，填在这里。");
  };

  /* The same, null where neither is. */
  Sheet.prototype.known = function (key, day) {
    var figure = this.figureOf(key), typed = this.values[key];
    if (typed) {
      this.result.figures.push({ title: figure.title, value: X.plain(typed, 4), unit: figure.unit, day: D.iso(day), typed: true });
      return typed;
    }
    var row = rowOn(figure, D.iso(day));
    if (!row) return null;
    this.result.figures.push({ title: figure.title, value: row.value, unit: figure.unit, day: D.iso(day), from: row.from, source: row.source });
    return X.of(row.value);
  };

  Sheet.prototype.figureOf = function (key) {
    var input = this.definition.inputs.filter(function (i) { return i.key === key; })[0];
    return this.definition.figures[input.figure];
  };

  /* The row that holds on a day (ISO texts compare as days do). A stretch lasts to the next row, a year's figure one year;
     beyond the day to which a figure is known there is none. */
  function rowOn(figure, day) {
    if (figure.limit && day > figure.limit) return null;
    var found = null;
    figure.rows.forEach(function (row) { if (row.from <= day && (!found || row.from > found.from)) found = row; });
    if (!found) return null;
    var end = found.to || (figure.kind === "年度" ? D.iso(D.addMonths(D.of(found.from), 12) - 1) : day);
    return day <= end ? found : null;
  }

  // ---- running -----------------------------------------------------------------------
  /* → {errors: {input key: sentence}} or the filled sheet's result. `typed`: texts by input key; `today`: a day's number. */
  function run(definition, typed, today) {
    var values = {}, errors = {};
    definition.inputs.forEach(function (input) {
      var text = String(typed[input.key] || "").trim();
      values[input.key] = null;
      if (!asked(definition, input, typed) || (!text && (input.optional || input.figure))) return;
      var got = text ? read(input, text) : { error: missing(input) };
      if (got.error) errors[input.key] = got.error;
      else values[input.key] = got.value;
    });
    if (Object.keys(errors).length) return { errors: errors };
    var sheet = new Sheet(definition, values, today);
    try { all[definition.id](values, sheet); } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      errors[problem.key] = problem.message;
      return { errors: errors };
    }
    return sheet.result;
  }

  return { define: define, run: run, asked: asked, deadlineOf: deadlineOf };
})();
