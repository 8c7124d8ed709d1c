/* Exact numbers: fractions of whole numbers without limit, read from what people type, rounded once at the end.
   No document, no storage. */
var tingsuoExact = (function () {
  "use strict";
  var ZERO = { n: 0n, d: 1n };

  // ---- arithmetic: {n, d} is n/d with d > 0 ------------------------------------------
  function fraction(n, d) {
    n = BigInt(n);
    d = BigInt(d === undefined ? 1 : d);
    return d < 0n ? { n: -n, d: -d } : { n: n, d: d };
  }

  /* "3.10" → 310/100. */
  function of(text) {
    if (typeof text === "object") return text;
    var parts = String(text).split("."), decimals = parts[1] || "";
    return fraction(parts[0] + decimals, 10n ** BigInt(decimals.length));
  }

  function add() { return fold(arguments, function (a, b) { return fraction(a.n * b.d + b.n * a.d, a.d * b.d); }); }
  function sub() { return fold(arguments, function (a, b) { return fraction(a.n * b.d - b.n * a.d, a.d * b.d); }); }
  function mul() { return fold(arguments, function (a, b) { return fraction(a.n * b.n, a.d * b.d); }); }
  function div() { return fold(arguments, function (a, b) { return fraction(a.n * b.d, a.d * b.n); }); }
  function fold(values, step) { return Array.prototype.map.call(values, of).reduce(step); }

  /* Below 0 when a < b, 0 when equal, above 0 when a > b. */
  function compare(a, b) {
    var left = of(a), right = of(b), gap = left.n * right.d - right.n * left.d;
    return gap < 0n ? -1 : gap > 0n ? 1 : 0;
  }
  function least(a, b) { return compare(a, b) <= 0 ? of(a) : of(b); }
  function most(a, b) { return compare(a, b) >= 0 ? of(a) : of(b); }

  /* To so many decimals, half away from zero (四舍五入). */
  function round(value, decimals) {
    var v = of(value), scale = 10n ** BigInt(decimals), negative = v.n < 0n, n = (negative ? -v.n : v.n) * scale * 2n + v.d, whole = n / (v.d * 2n);
    return fraction(negative ? -whole : whole, scale);
  }
  function cents(value) { return round(value, 2); }

  // ---- writing -----------------------------------------------------------------------
  /* With at most so many decimals, no zeros that say nothing: 12.4. */
  function plain(value, decimals) {
    var v = round(value, decimals), negative = v.n < 0n, digits = String(negative ? -v.n : v.n);
    while (digits.length <= decimals) digits = "0" + digits;
    var whole = digits.slice(0, digits.length - decimals), rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
    return (negative ? "-" : "") + whole + (rest ? "." + rest : "");
  }

  /* 元: whole, or with both 角 and 分. */
  function money(value) {
    var text = plain(value, 2), at = text.indexOf(".");
    return at < 0 ? text : (text + "0").slice(0, at + 3);
  }

  /* A number of `money` or `plain` for the eye: 12,345.60. Anything else stays as it is. */
  function grouped(text) {
    return /^-?\d+(\.\d+)?$/.test(text) ? text.replace(/^(-?\d+)/, function (whole) { return whole.replace(/\B(?=(\d{3})+$)/g, ","); }) : text;
  }

  // ---- reading -----------------------------------------------------------------------
  var LONGEST = 15;

  /* What was typed → {value} or {error}. `decimals`: how many are allowed; `min` and `max` are texts or empty. */
  function read(typed, decimals, min, max, unit) {
    var text = String(typed).normalize("NFKC").replace(/[\s,，、￥¥]/g, "").replace(/(元|块|%|天|日|个月|月|年|岁|人)$/, "");
    var ten = /^(.*)(万)$/.exec(text);
    if (ten) text = ten[1];
    if (/^-|^[－—–]/.test(text)) return { error: "不能是负数，填0或更大的数。" };
    if (/^\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return { error: "写成普通数字，不要用字母e。" };
    if (!/^\d+(\.\d+)?$/.test(text)) return { error: "这里只填数字，例如 5800。" };
    if (text.replace(".", "").length > LONGEST) return { error: "数字太长，最多" + LONGEST + "位，看看是不是多按了。" };
    var value = ten ? mul(text, "10000") : of(text);
    if (compare(round(value, decimals), value) !== 0) {
      return { error: decimals === 0 ? "这里填整数，不要小数点。" : decimals === 2 ? "最多写到两位小数。" : "最多写到" + decimals + "位小数。" };
    }
    if (min && compare(value, min) < 0) return { error: "太小了，最少" + grouped(min) + (unit || "") + "。" };
    if (max && compare(value, max) > 0) return { error: "太大了，最多" + grouped(max) + (unit || "") + "。" };
    return { value: value };
  }

  return {
    ZERO: ZERO, of: of, add: add, sub: sub, mul: mul, div: div, compare: compare, least: least, most: most, round: round, cents: cents,
    plain: plain, money: money, grouped: grouped, read: read
  };
})();
