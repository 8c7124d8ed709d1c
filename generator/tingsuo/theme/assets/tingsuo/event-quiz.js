/* The prize quiz: which quiz, how many questions, a question and its answer, the score sheet. Screens as in event-screens.js.
   A run stands in the address: quiz, n (questions), t (seconds), seed, q (which question), a (answers, see core.marks). */
var tingsuoEventQuiz = (function () {
  "use strict";
  var core = tingsuoEventCore, parts = tingsuoEventParts, make = parts.make, button = parts.button, first = tingsuoEventScreens.first;
  var TIMES = [["", "不限"], ["15", "15秒"], ["30", "30秒"]];

  function drawNumber(range) { return range[0] + Math.floor(Math.random() * (range[1] - range[0] + 1)); }

  function quizzes(at) {
    return {
      kind: "list",
      nodes: [parts.heading("选一套题"), make("div", "ts-event__rows", at.topic.quizzes.map(function (quiz) {
        return button(quiz.title + "　" + quiz.questions.length + "题", function () { at.go(core.within(at.place, { quiz: quiz.id })); });
      }))],
      bar: [first(at)]
    };
  }

  function setup(at) {
    var quiz = at.quiz, lengths = core.lengths(quiz.questions.length), n = lengths.indexOf(10) >= 0 ? 10 : lengths[lengths.length - 1];
    var t = at.settings.seconds || "", seed = make("input", "ts-event__seed");
    seed.id = "seed";
    seed.type = "text";
    seed.inputMode = "numeric";
    seed.maxLength = 6;
    seed.autocomplete = "off";
    seed.value = at.place.seed || drawNumber(at.data.numbers);
    var label = make("label", "", "卷号（一样的卷号，一样的题，纸上也一样）"), error = make("p", "ts-event__error");
    label.htmlFor = "seed";
    error.setAttribute("role", "alert");
    function begin() {
      var number = seed.value.replace(/[０-９]/g, function (sign) { return String.fromCharCode(sign.charCodeAt(0) - 0xFEE0); }).trim();
      if (!/^[1-9]\d{0,5}$/.test(number)) {
        error.textContent = "卷号写1到999999的整数";
        seed.focus();
        return;
      }
      at.go(core.within(at.place, { quiz: quiz.id, n: n, t: t, seed: number, q: 1 }));
    }
    seed.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); begin(); } });
    return {
      kind: "list",
      nodes: [
        parts.heading(quiz.title), make("p", "ts-event__motto", quiz.lead),
        parts.choice("答几题", lengths.map(function (count) { return [count, count === quiz.questions.length ? "全部" + count + "题" : count + "题"]; }), n, function (value) { n = value; }),
        parts.choice("每题限时", TIMES, t, function (value) { t = value; at.keep("seconds", value); }),
        make("div", "ts-event__choice", [label, make("div", "ts-event__row", [seed, button("换一个", function () { seed.value = drawNumber(at.data.numbers); error.textContent = ""; }, "", "shuffle-variant")]), error])
      ],
      bar: [first(at), button("开始答题", begin, "ts-event__main")],
      say: [quiz.title, quiz.lead],
      keys: { next: begin, enter: begin }
    };
  }

  function run(at) {
    var place = at.place, questions = at.quiz.questions, drawn = core.paper(questions, Number(place.seed), Number(place.n));
    var answers = (place.a || "").slice(0, drawn.length);
    return { drawn: drawn, answers: answers, q: Math.min(Number(place.q) || 1, answers.length + 1), marks: core.marks(at.quiz, drawn, answers) };
  }

  function onward(at, rest) {
    var place = at.place, all = { quiz: at.quiz.id, n: place.n, t: place.t, seed: place.seed };
    Object.keys(rest).forEach(function (key) { all[key] = rest[key]; });
    return core.within(place, all);
  }

  function asked(at) {
    var now = run(at), q = now.q, drawn = now.drawn[q - 1], question = at.quiz.questions[drawn.at], given = now.answers.charAt(q - 1), last = q === now.drawn.length;
    var done = given !== "", right = now.marks[q - 1];
    function give(n) {
      if (done || n > drawn.options.length) return;
      done = true;
      var ok = n > 0 && drawn.options[n - 1] === question.answer;
      at.count({ asked: 1, right: ok ? 1 : 0, wrong: ok ? [] : [at.quiz.id + "/" + question.id] });
      at.go(onward(at, { q: q, a: now.answers + n }), true);
    }
    function next() {
      if (!done) return;
      if (last) {
        at.count({ runs: 1, full: now.marks.every(Boolean) ? 1 : 0 });
        at.go(onward(at, { see: "sheet", a: now.answers }), true);
      } else at.go(onward(at, { q: q + 1, a: now.answers }));
    }
    var answers = make("ol", "ts-event__answers", drawn.options.map(function (option, index) {
      var n = index + 1, state = !done ? "" : option === question.answer ? "right" : Number(given) === n ? "wrong" : "other";
      return parts.answer(n, question.options[option], state, done ? null : function () { give(n); });
    }));
    var clock = !done && limit(at) ? make("span", "ts-event__clock") : null;
    var head = make("p", "ts-event__kicker", ["第" + q + "题，共" + now.drawn.length + "题", make("span", "", "卷号" + at.place.seed), clock]);
    var why = done ? make("div", "ts-event__why", [
      parts.heading(right ? "答对了" : given === "0" ? "时间到" : "这题错了", right ? "is-right" : "is-wrong"), make("p", "", question.why), parts.laws(question.laws)
    ]) : null;
    return {
      kind: done ? "told" : "asked",
      nodes: [make("div", "", [head, done ? make("p", "ts-event__ask", question.ask) : parts.heading(question.ask, "ts-event__ask"), done ? answers : null]), done ? why : answers],
      bar: done ? [first(at), button(last ? "看成绩单" : "下一题", next, "ts-event__main")] : [first(at)],
      say: done ? [right ? "答对了。" : "错了。", question.why] : [question.ask].concat(drawn.options.map(function (option, n) { return "第" + (n + 1) + "。" + question.options[option]; })),
      keys: { next: next, enter: next, digit: give },
      clock: clock && { element: clock, seconds: limit(at), over: function () { give(0); } }
    };
  }

  function limit(at) { return Number(at.place.t || 0); }

  function sheet(at) {
    var now = run(at), score = now.marks.filter(Boolean).length, total = now.drawn.length;
    var rows = make("ol", "ts-event__sheet", now.drawn.map(function (drawn, n) {
      var question = at.quiz.questions[drawn.at];
      return make("li", now.marks[n] ? "is-right" : "is-wrong", [
        make("b", "", [parts.icon(now.marks[n] ? "check-circle" : "close-circle"), now.marks[n] ? "对" : "错"]),
        make("span", "", question.ask), make("small", "", question.laws.map(function (law) { return law[0]; }).join("；"))
      ]);
    }));
    return {
      kind: "list",
      nodes: [
        parts.heading("答对" + score + "题，共" + total + "题", "ts-event__score"),
        make("p", "ts-event__motto", score === total ? "全对，真厉害！" : score * 2 >= total ? "不错，错的几题再看一看。" : "再来一次，看看解释就记住了。"),
        make("p", "ts-event__small", at.quiz.title + "　卷号" + at.place.seed + "　" + tingsuo.today()),
        rows,
        make("p", "ts-event__small", "成绩单不写姓名。" + at.data.office.name + "　" + at.data.office.edition)
      ],
      bar: [first(at), button("打印", function () { window.print(); }, "", "printer"), button("再来一卷", function () { at.go(core.within(at.place, { quiz: at.quiz.id })); }, "ts-event__main")],
      say: ["答对" + score + "题，共" + total + "题"]
    };
  }

  /* The screen of a quiz that the address stands for. */
  function screen(at) {
    if (!at.place.seed || !at.place.n || !at.place.q && at.place.see !== "sheet") return setup(at);
    return at.place.see === "sheet" && run(at).answers.length === run(at).drawn.length ? sheet(at) : asked(at);
  }

  return { quizzes: quizzes, screen: screen };
})();
