/* 宣传模式, what can be said without a screen: drawing papers, addresses, scores, counts of the day. */
var tingsuoEventCore = (function () {
  "use strict";
  var KEPT_DAYS = 7;

  /* ---- The order of a paper. Twin of shuffled.py: whole numbers of 32 bits only, so that no machine rounds differently. ---- */

  function numbers(seed, lane) {
    var state = (Math.imul(seed, 0x9E3779B1) + Math.imul(lane + 1, 0x85EBCA6B)) | 0;
    return function () {
      state = (state + 0x6D2B79F5) | 0;
      var mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
      return (mixed ^ (mixed >>> 14)) >>> 0;
    };
  }

  /* 0 … count−1 in the order that belongs to the seed. Each lane of a seed is a stream of its own. */
  function order(count, seed, lane) {
    var following = numbers(seed, lane || 0), out = rising(count);
    for (var last = count - 1; last > 0; last--) {
      var at = Math.floor(following() * (last + 1) / 4294967296), held = out[last];
      out[last] = out[at];
      out[at] = held;
    }
    return out;
  }

  function rising(count) {
    var out = [];
    for (var n = 0; n < count; n++) out.push(n);
    return out;
  }

  /* The questions of a paper as [{at: index of the question, options: [indices]}]. `most`: how many are asked. */
  function paper(questions, seed, most) {
    return order(questions.length, seed).slice(0, most).map(function (at) {
      var question = questions[at], count = question.options.length;
      return { at: at, options: question.stays ? rising(count) : order(count, seed, at + 1) };
    });
  }

  /* ---- Addresses: where one is stands in the hash and nowhere else, so that Back, a link and a reload lead there. ---- */

  var KEYS = ["kit", "dispute", "see", "case", "judge", "said", "told", "quiz", "n", "t", "seed", "q", "a"];
  var FITS = { n: /^\d{1,3}$/, t: /^(15|30)$/, seed: /^[1-9]\d{0,5}$/, q: /^\d{1,3}$/, a: /^\d*$/, said: /^[1-4]$/, told: /^1$/ };

  /* "#kit=x&case=y" → {kit: "x", case: "y"}; what isn't known or doesn't fit is dropped. */
  function read(hash) {
    var out = {};
    hash.replace(/^#/, "").split("&").forEach(function (pair) {
      var cut = pair.indexOf("="), key = pair.slice(0, cut), value = pair.slice(cut + 1);
      if (cut > 0 && KEYS.indexOf(key) >= 0 && (FITS[key] || /^[a-z0-9-]{1,64}$/).test(value)) out[key] = value;
    });
    return out;
  }

  function write(place) {
    return "#" + KEYS.filter(function (key) { return place[key] !== undefined && place[key] !== ""; }).map(function (key) { return key + "=" + place[key]; }).join("&");
  }

  /* A place within the same topic. */
  function within(place, rest) {
    var out = {};
    if (place.kit) out.kit = place.kit;
    if (place.dispute) out.dispute = place.dispute;
    Object.keys(rest || {}).forEach(function (key) { out[key] = rest[key]; });
    return out;
  }

  /* ---- Topics ---- */

  /* What the place is about: {title, motto, cases: [case], judged: [case with a question], quizzes: [quiz]}. */
  function topic(data, place) {
    var kind = place.kit ? "kit" : "dispute", found = data.topics.filter(function (one) { return one.kind === kind && one.id === place[kind]; })[0];
    var cases = found ? pick(data.cases, found.cases) : data.cases;
    return {
      known: !!found,
      title: found ? found.title : "",
      motto: found ? found.motto : "",
      cases: cases,
      judged: cases.filter(function (one) { return one.judge; }),
      quizzes: found ? pick(data.quizzes, found.quizzes) : data.quizzes
    };
  }

  function pick(items, ids) {
    return ids.map(function (id) { return byId(items, id); }).filter(Boolean);
  }

  function byId(items, id) {
    return items.filter(function (item) { return item.id === id; })[0];
  }

  /* The item `step` places further; after the last comes the first. */
  function beside(items, id, step) {
    var at = items.map(function (item) { return item.id; }).indexOf(id);
    return items[(at + step + items.length) % items.length];
  }

  /* ---- Quizzes ---- */

  /* Answers given so far, one digit each: the place of the chosen option on the paper, counted from 1; 0 when the time was up. */
  function marks(quiz, drawn, answers) {
    return answers.split("").map(function (digit, n) { return digit !== "0" && drawn[n] !== undefined && drawn[n].options[digit - 1] === quiz.questions[drawn[n].at].answer; });
  }

  /* How many questions may be asked: 5, 10, 20 where there are more, and all. */
  function lengths(total) {
    return [5, 10, 20].filter(function (n) { return n < total; }).concat(total);
  }

  /* ---- Counts of the day: sums only, nothing of any person ---- */

  /* Adds to the counts. `change`: {runs, full, asked, right, judged, agreed, wrong: [ids]}, all optional. Old days are dropped. */
  function counted(days, today, change) {
    var kept = {}, day = days[today] || {}, sum = {};
    Object.keys(days).sort().slice(-KEPT_DAYS).forEach(function (key) { if (/^\d{4}-\d\d-\d\d$/.test(key)) kept[key] = days[key]; });
    ["runs", "full", "asked", "right", "judged", "agreed"].forEach(function (key) { sum[key] = whole(day[key]) + whole(change[key]); });
    sum.wrong = {};
    Object.keys(day.wrong || {}).forEach(function (id) { sum.wrong[id] = whole(day.wrong[id]); });
    (change.wrong || []).forEach(function (id) { sum.wrong[id] = (sum.wrong[id] || 0) + 1; });
    kept[today] = sum;
    return kept;
  }

  function whole(value) { return typeof value === "number" && value > 0 ? Math.floor(value) : 0; }

  /* The id that most people got wrong, "" when none did. */
  function hardest(day) {
    var wrong = day.wrong || {};
    return Object.keys(wrong).sort(function (a, b) { return wrong[b] - wrong[a] || (a < b ? -1 : 1); })[0] || "";
  }

  return {
    order: order, paper: paper, read: read, write: write, within: within, topic: topic, byId: byId, beside: beside,
    marks: marks, lengths: lengths, counted: counted, hardest: hardest
  };
})();
