/* 缩小范围: what is chosen beside the words of a search, counted from what was found. */
var tingsuoSearchNarrow = function (search) {
  "use strict";
  // `state`: what is asked for by key; `place`: where the form goes; `changed`: searches anew and promises the results.
  var core = tingsuoSearchCore, index = search.index, state = search.state, el = search.el, place = search.place;
  var NAMES = { kind: "种类", dispute: "纠纷", year: "年份", town: "镇街", article: "法条" }, COLUMNS = ["dispute", "year", "town"];
  var FIELDS = ["in"].concat(Object.keys(NAMES));

  // A promise of tests that a document must pass: the article it cites, the words that it must have too.
  function masks() {
    var wanted = [], within = core.bigrams(core.normal(core.clean(state.in)));
    if (state.article) wanted.push([state.article]);
    if (within.length) wanted.push(within);
    return Promise.all(wanted.map(function (terms) {
      return index.all(terms, 4).then(function (result) {
        var mask = new Uint8Array(index.first.count);
        for (var i = 0; i < result.docs.length; i++) mask[result.docs[i]] = 1;
        return mask;
      });
    }));
  }

  // Whether columns are needed to tell what is chosen.
  function needsColumns() { return COLUMNS.some(function (name) { return state[name]; }); }

  // Whether a document is of the kind, dispute, year and town that are chosen.
  function keeps(doc, columns) {
    if (state.kind && state.kind !== index.kindOf(doc)) return false;
    return !columns || COLUMNS.every(function (name) { return !state[name] || !columns[name] || state[name] === columns[name](doc); });
  }

  function counted(docs, columns) {
    var counts = { kind: {}, dispute: {}, year: {}, town: {} };
    function add(name, value) { if (value) counts[name][value] = (counts[name][value] || 0) + 1; }
    docs.forEach(function (d) {
      add("kind", index.kindOf(d));
      if (index.kindOf(d) !== "g") COLUMNS.forEach(function (name) { if (columns[name]) add(name, columns[name](d)); });
    });
    return counts;
  }

  // The choices; which articles there are to choose from is known when the texts are.
  function show(docs, columns, jobs, total) {
    var was = place.querySelector("details"), chosen = FIELDS.some(function (key) { return state[key]; });
    if (place.contains(document.activeElement) && was) return;
    place.textContent = "";
    if (total < 2 && !chosen) return;
    var box = form(counted(docs, columns), jobs);
    box.open = was ? was.open : chosen;
    place.appendChild(box);
  }

  function form(counts, jobs) {
    counts.article = {};
    jobs.forEach(function (job) {
      (job.keywords.match(/[\u4e00-\u9fff]+§[0-9]+(?:之.)?/g) || []).forEach(function (law) { counts.article[law] = (counts.article[law] || 0) + 1; });
    });
    if (state.article && !counts.article[state.article]) counts.article[state.article] = 1;
    var within = el("input", { id: "narrow-in", type: "text", maxlength: "60", autocomplete: "off" });
    within.value = state.in;
    within.addEventListener("change", function () { choose("in", within.value); });
    return el("details", { class: "ts-narrow" }, [el("summary", { text: "缩小范围" }), el("div", { role: "group", "aria-label": "缩小范围" }, [
      el("p", {}, [el("label", { for: "narrow-in", text: "结果里再查" }), within])
    ].concat(Object.keys(NAMES).map(function (name) { return choice(name, counts[name]); })).concat([sharing()]))]);
  }

  function choice(name, counts) {
    var values = Object.keys(counts).sort(function (a, b) { return name === "year" ? (a < b ? 1 : -1) : counts[b] - counts[a] || (a < b ? -1 : 1); }).slice(0, 40);
    if (values.length < 2 && !state[name]) return null;
    var id = "narrow-" + name, select = el("select", { id: id }, [el("option", { value: "", text: "全部" })].concat(values.map(function (v) {
      return el("option", { value: v, text: label(name, v) + (name === "article" ? "" : "（" + counts[v] + "）") });
    })));
    select.value = state[name];
    select.addEventListener("change", function () { choose(name, select.value); });
    return el("p", {}, [el("label", { for: id, text: NAMES[name] }), select]);
  }

  function choose(name, value) {
    state[name] = value;
    state.more = {};
    search.changed().then(function () {
      var box = place.querySelector("details"), field = document.getElementById("narrow-" + name);
      if (box) box.open = true;
      if (field) field.focus();
    });
  }

  function label(name, value) {
    if (name === "kind") return index.first.names[value];
    if (name === "dispute") return index.prior.titles[index.prior.disputes.indexOf(value)] || value;
    if (name === "year") return value + "年";
    if (name === "article") return value.replace("§", "第").replace(/(第[0-9]+)/, "$1条");
    return (index.first.towns || {})[value] || value;
  }

  // The address bears the search; a file's address means nothing on another device, so there the words are shared.
  function sharing() {
    var done = el("span", { class: "ts-quiet", role: "status" });
    return el("p", {}, [el("button", { type: "button", class: "ts-chip", text: "分享这次查找", on: function () {
      var said = location.protocol === "file:" ? core.clean(state.q) : location.href;
      function copied() { done.textContent = location.protocol === "file:" ? "已复制要查的话。" : "已复制链接。"; }
      if (navigator.share && location.protocol === "https:") { navigator.share({ url: said }).catch(function () { /* not now */ }); return; }
      if (navigator.clipboard) { navigator.clipboard.writeText(said).then(copied, byHand); return; }
      byHand();
      function byHand() {
        var field = el("textarea", { "aria-hidden": "true" });
        field.value = said;
        document.body.appendChild(field);
        field.select();
        try { if (document.execCommand("copy")) copied(); } finally { field.remove(); }
      }
    } }), done]);
  }

  // The fields are left alone while one has the focus; when the address changes they are told here.
  function follow() {
    FIELDS.forEach(function (key) {
      var field = document.getElementById("narrow-" + key);
      if (field) field.value = state[key];
    });
  }

  return { masks: masks, needsColumns: needsColumns, keeps: keeps, show: show, follow: follow };
};
