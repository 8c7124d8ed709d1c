/* The screens of 宣传模式: start, topics, settings, cases, 你来当法官. A screen is
   {nodes, bar, say (sentences to read aloud), keys: {next, back, digit(n), enter}, kind}.
   `at`: {place, data, topic, go(place, replace), home, settings, keep(name, value), count(change), day(), clear(), whole}. */
var tingsuoEventScreens = (function () {
  "use strict";
  var core = tingsuoEventCore, parts = tingsuoEventParts, make = parts.make, button = parts.button;
  var MINUTES = [[1, "1分钟"], [2, "2分钟"], [5, "5分钟"], [0, "不回"]];

  function to(at, rest, replace) { return function () { at.go(core.within(at.place, rest), replace); }; }

  function first(at) { return button("开头", function () { at.go(at.home); }, "", "replay"); }

  function start(at) {
    var doors = make("div", "ts-event__doors"), topic = at.topic, data = at.data;
    function door(list, text, line, picture, rest) {
      if (!list.length) return;
      var made = button(text, to(at, rest), "ts-event__door", picture);
      made.appendChild(make("small", "", line));
      doors.appendChild(made);
    }
    door(topic.cases, "看案例", "共" + topic.cases.length + "个，几句话讲一个", "book-open-page-variant", { case: topic.cases.length && topic.cases[0].id });
    door(topic.judged, "你来当法官", "共" + topic.judged.length + "件，听完你来定", "gavel", { judge: topic.judged.length && topic.judged[0].id });
    door(topic.quizzes, "有奖问答", (topic.quizzes.length === 1 ? topic.quizzes[0].questions.length + "题" : "共" + topic.quizzes.length + "套") + "，当场知道对错", "help-circle-outline", topic.quizzes.length === 1 ? { quiz: topic.quizzes[0].id } : { see: "quizzes" });
    var more = [button("换主题", to(at, { see: "topics" }), "", "swap-horizontal"), button("设置", to(at, { see: "settings" }), "", "cog")];
    if (at.whole.able) more.push(button(at.whole.on() ? "退出全屏" : "全屏", at.whole.turn, "", "fullscreen"));
    return {
      kind: "start",
      nodes: [
        make("p", "ts-event__kicker", data.office.county + " 普法宣传"),
        parts.heading(topic.title || "遇事先问法，有话慢慢讲"),
        topic.motto && make("p", "ts-event__motto", topic.motto),
        doors.children.length ? doors : make("p", "", "这里还没有可以放的内容，请换一个主题。"),
        make("p", "ts-event__small", data.office.name + "　" + data.office.edition)
      ],
      bar: more,
      say: [topic.title, topic.motto]
    };
  }

  function topics(at) {
    function group(title, kind) {
      var list = at.data.topics.filter(function (one) { return one.kind === kind; });
      return list.length ? make("section", "", [make("h2", "", title), make("div", "ts-event__grid", list.map(function (one) {
        var place = {};
        place[kind] = one.id;
        return button(one.title, function () { at.go(place); });
      }))]) : null;
    }
    return {
      kind: "list",
      nodes: [parts.heading("选主题"), button("全部内容", function () { at.go({}); }, "ts-event__wide"), group("宣传活动", "kit"), group("哪一类纠纷", "dispute")],
      bar: [first(at)]
    };
  }

  function settings(at) {
    var day = at.day(), hard = core.hardest(day), line = hard && question(at.data, hard), stats = make("div", "ts-event__stats");
    function row(text) { stats.appendChild(make("p", "", text)); }
    row("问答" + (day.runs || 0) + "次，满分" + (day.full || 0) + "次；答了" + (day.asked || 0) + "题，对" + (day.right || 0) + "题。");
    row("当法官" + (day.judged || 0) + "次，选对" + (day.agreed || 0) + "次。");
    if (line) row("答错最多的一题：" + line);
    var clear = button("清除今天的数", function () { /* asks once more, below */ }, "ts-event__wide");
    tingsuoSure(clear, "再按一次就清除", at.clear);
    return {
      kind: "list",
      nodes: [
        parts.heading("设置"),
        parts.choice("没人动多久，回到开头", MINUTES, at.settings.minutes, function (value) { at.keep("minutes", value); }),
        parts.choice("当法官：揭晓前停一停，让大家议一议", [[1, "停"], [0, "不停"]], at.settings.pause, function (value) { at.keep("pause", value); }),
        make("section", "", [make("h2", "", "今天这台设备"), stats, make("p", "ts-event__small", "只记总数，不记谁。不上传。"), clear])
      ],
      bar: [first(at)]
    };
  }

  /* The text of a question by "quiz/question", "" when it is gone. */
  function question(data, id) {
    var cut = id.split("/"), quiz = core.byId(data.quizzes, cut[0]), found = quiz && core.byId(quiz.questions, cut[1]);
    return found ? found.ask : "";
  }

  function kicker(one, list) {
    var n = list.indexOf(one) + 1;
    return make("p", "ts-event__kicker", [one.dispute, make("span", "", "第" + n + "个，共" + list.length + "个"), one.invented && make("b", "ts-event__tag", "教学示例（情节虚构）")]);
  }

  function told(at) {
    var list = at.topic.cases, one = core.byId(list, at.place.case);
    function turn(step) { at.go(core.within(at.place, { case: core.beside(list, one.id, step).id }), false, step); }
    return {
      kind: "case",
      nodes: [
        make("div", "ts-event__story", [
          kicker(one, list), parts.heading(one.line), make("ol", "", one.story.map(function (line) { return make("li", "", line); }))
        ]),
        make("div", "ts-event__take", [
          make("p", "ts-event__end", [ending(one.end[0]), one.end[1]]),
          make("div", "ts-event__rule", [
            make("p", "", one.rule),
            one.number && make("p", "ts-event__number", [make("b", "", one.number), one.means])
          ]),
          make("p", "ts-event__small", one.invented ? "人物、地点、数额是编的。" : one.source)
        ])
      ],
      bar: [button("上一个", function () { turn(-1); }), button("目录", to(at, { see: "list" }), "", "format-list-bulleted"), first(at), button("下一个", function () { turn(1); }, "ts-event__main")],
      say: [one.line].concat(one.story, ["一条规矩。" + one.rule, one.number && one.number + "。" + one.means]),
      keys: { next: function () { turn(1); }, back: function () { turn(-1); } },
      swipes: true
    };
  }

  /* What an outcome is called before a crowd. */
  function ending(type) {
    var found = [["判决", "法院这样判"], ["裁决", "仲裁这样裁"], ["调解成功", "这样谈成"], ["调解不成", "没有谈成"]].filter(function (pair) { return type.indexOf(pair[0]) === 0; })[0];
    return make("b", "", (found ? found[1] : "结果") + "：");
  }

  function list(at) {
    return {
      kind: "list",
      nodes: [parts.heading("案例目录"), make("div", "ts-event__rows", at.topic.cases.map(function (one) { return button(one.line, to(at, { case: one.id })); }))],
      bar: [first(at)]
    };
  }

  function judge(at) {
    var cases = at.topic.judged, one = core.byId(cases, at.place.judge), game = one.judge, said = Number(at.place.said || 0), open = !!at.place.told;
    function move(step) { at.go(core.within(at.place, { judge: core.beside(cases, one.id, step).id }), false, step); }
    function choose(n) {
      if (open || n > game.choices.length) return;
      if (!said) at.count({ judged: 1, agreed: n === game.answer ? 1 : 0 });
      at.go(core.within(at.place, at.settings.pause ? { judge: one.id, said: n } : { judge: one.id, said: n, told: 1 }), !!said);
    }
    function tell() { at.go(core.within(at.place, { judge: one.id, said: said || "", told: 1 }), true); }
    var answers = make("ol", "ts-event__answers", game.choices.map(function (text, index) {
      var n = index + 1, state = !open ? (said === n ? "chosen" : "") : n === game.answer ? "right" : said === n ? "wrong" : "other";
      var made = parts.answer(n, text, state, open ? null : function () { choose(n); });
      if (!open && said) made.firstChild.setAttribute("aria-pressed", String(said === n));
      return made;
    }));
    var below = open ? make("div", "ts-event__why", [
      parts.heading(!said ? "答案是第" + game.answer + "个" : said === game.answer ? "你判对了" : "这回没判对", said && said !== game.answer ? "is-wrong" : "is-right"),
      make("p", "", [ending(one.end[0]), one.end[1]]),
      make("p", "", [make("b", "", "为什么："), game.why]),
      parts.laws(game.laws),
      make("p", "ts-event__small", one.source)
    ]) : said ? make("p", "ts-event__think", "选了第" + said + "个。先听听旁边的人怎么说，再揭晓。还可以改。") : null;
    var facts = make("div", "ts-event__story", [
      kicker(one, cases), open ? null : make("ul", "", game.facts.map(function (line) { return make("li", "", line); })),
      open ? make("p", "ts-event__ask", game.ask) : parts.heading(game.ask, "ts-event__ask")
    ]);
    return {
      kind: open ? "told" : "judge",
      nodes: open ? [make("div", "", [facts, answers]), below] : [facts, make("div", "", [answers, below])],
      bar: [
        button("上一个", function () { move(-1); }), first(at),
        open ? button("下一个", function () { move(1); }, "ts-event__main") : button("揭晓", tell, "ts-event__main")
      ],
      say: open ? ["答案。" + game.choices[game.answer - 1], one.end[1], game.why] : said ? [] : game.facts.concat(game.ask, game.choices.map(function (text, n) { return "第" + (n + 1) + "。" + text; })),
      keys: { next: function () { if (open) move(1); else tell(); }, back: function () { move(-1); }, digit: choose, enter: function () { if (open) move(1); else tell(); } },
      swipes: open
    };
  }

  return { start: start, topics: topics, settings: settings, told: told, list: list, judge: judge, first: first };
})();
