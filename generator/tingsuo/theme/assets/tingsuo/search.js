/* The search box and its results. Files of the index come by <script>, the one way that works from file://.
   Everything that thinks is in search-core.js. */
(function () {
  "use strict";
  var core = window.tingsuoSearchCore, form = document.querySelector("[data-search]");
  if (!core || !form) return;
  var root = form.getAttribute("data-root") || "", input = form.querySelector("input"), out = document.getElementById("search-results");
  var status = document.getElementById("search-status"), live = form.hasAttribute("data-live");
  var site = document.documentElement.getAttribute("data-site") || "tingsuo";

  // ---- files of the index ------------------------------------------------------------
  var parts = Object.create(null), waiting = Object.create(null), failed = Object.create(null);
  var stats = window.tingsuoSearch = { stats: { readyMs: 0, firstResultsMs: 0, snippetsMs: 0, scripts: 0 } };
  var began = performance.now();

  window.tingsuoIndex = function (kind, number, data) { parts[kind + "-" + number] = data; };

  function load(name) {
    if (parts[name] !== undefined) return Promise.resolve(parts[name]);
    if (waiting[name]) return waiting[name];
    waiting[name] = new Promise(function (resolve) {
      var script = document.createElement("script");
      script.src = root + "search/" + (name === "first-0" ? "index" : name) + ".js";
      script.onload = script.onerror = function () {
        script.remove();
        stats.stats.scripts++;
        if (parts[name] === undefined) failed[name] = true;
        resolve(parts[name]);
      };
      document.head.appendChild(script);
    });
    return waiting[name];
  }

  var first = null, prior = null, sounds = null, laws = null, shards = null, frequent = null, columns = null;
  function ready() {
    if (first) return Promise.resolve(true);
    return load("first-0").then(function (data) {
      if (!data) return false;
      if (!first) {
        first = data;
        core.setTraditional(parts["traditional-0"]);
        prior = core.readPrior(parts["prior-0"]);
        sounds = core.readSounds(parts["sounds-0"]);
        laws = parts["laws-0"];
        shards = data.first.split("\n");
        frequent = Object.create(null);
        data.frequent.split("\n").forEach(function (term, rank) { frequent[term] = data.frequent.length - rank; });
        columns = data.columns;
        stats.stats.readyMs = performance.now() - began;
      }
      return true;
    });
  }

  function column(name, doc) {
    var c = columns[name];
    return c[1] ? c[0][c[1].charCodeAt(doc) - 0x21] : "";
  }

  function postings(term) {
    var number = core.shardOf(shards, term);
    return load("terms-" + number).then(function (shard) {
      if (shard === undefined) return null;
      var row = core.rowOf(shard, term);
      return row ? core.decode(row) : { docs: new Int32Array(0), weights: new Float32Array(0) };
    });
  }

  function title(doc) {
    return load("titles-" + Math.floor(doc / first.titleBlock)).then(function (block) {
      if (block === undefined) return null;
      if (typeof block === "string") block = parts["titles-" + Math.floor(doc / first.titleBlock)] = block.split("\n");
      var cut = block[doc % first.titleBlock].split("\t");
      return { title: cut[0], url: cut[1] };
    });
  }

  function text(doc) {
    var name = "text-" + Math.floor(doc / first.textBlock);
    return load(name).then(function (block) {
      if (block === undefined) return null;
      try {
        if (typeof block === "string") block = parts[name] = core.unpack(block);
      } catch (e) { failed[name] = true; return null; }
      var whole = block[doc % first.textBlock], cut = whole.indexOf("\n");
      return { keywords: whole.slice(0, cut), body: whole.slice(cut + 1) };
    });
  }

  // ---- a query ---------------------------------------------------------------------
  // What is looked for: clauses, each a list of terms that must all occur, with a weight.
  function plan(query) {
    var plain = core.normal(query), notes = [], clauses = [], wanted = [], guides = plain;
    var letters = plain.replace(/\s+/g, "");
    var runs = core.hanRuns(plain), han = runs.join("");
    var article = core.articleTerm(laws, plain);
    if (article) clauses.push({ terms: [article], weight: 4, plain: "" });
    if (!han && /^[a-z]{2,}$/.test(letters)) {
      var spelt = core.spelled(sounds, letters);
      if (spelt.length) {
        notes.push({ kind: "spelled", words: spelt });
        guides = spelt.slice(0, 3).join(" ");
        spelt.slice(0, 2).forEach(function (word, n) { clauses.push({ terms: core.bigrams(word), weight: n ? 0.6 : 1, plain: word }); wanted.push(word); });
      }
    }
    var own = core.bigrams(plain).concat(han && !/[a-z0-9]/.test(plain) ? [] : core.words(plain));
    var lay = han.length > 10 || runs.length > 2;
    if (own.length && !lay) clauses.push({ terms: own, weight: 1, plain: runs.length === 1 ? runs[0] : "", own: true });
    wanted = wanted.concat(runs.filter(function (r) { return r.length > 1; }), core.words(plain));
    core.phrasesIn(prior, plain).forEach(function (phrase) {
      var means = prior.means[phrase];
      wanted.push(phrase);
      if (means && core.normal(means) !== plain) {
        var m = core.normal(means), terms = core.bigrams(m);
        if (terms.length) { clauses.push({ terms: terms, weight: 0.55, plain: m }); wanted.push(m); notes.push({ kind: "means", from: phrase, to: means }); }
      }
      if (lay && phrase.length > 1) clauses.push({ terms: core.bigrams(phrase), weight: 0.8, plain: phrase });
    });
    if (runs.length === 1 && !prior.phrases[runs[0]]) {
      core.soundsLike(sounds, runs[0]).forEach(function (word) {
        clauses.push({ terms: core.bigrams(word), weight: 0.7, plain: word });
        wanted.push(word);
        guides += " " + word;
        notes.push({ kind: "sound", to: word });
      });
    }
    return { query: query, plain: plain, clauses: clauses.filter(function (c) { return c.terms.length; }), wanted: wanted, notes: notes, lay: lay, own: own, guides: guides, article: article, run: runs.length === 1 ? runs[0] : "" };
  }

  // Rarest first: a term that isn't among the frequent ones is rarer than any that is.
  function rarest(terms) {
    return terms.slice().sort(function (a, b) { return (frequent[a] || 0) - (frequent[b] || 0); });
  }

  function clauseResult(clause) {
    var terms = rarest(clause.terms).slice(0, 6);
    return Promise.all(terms.map(postings)).then(function (lists) {
      lists = lists.filter(Boolean);
      return lists.length ? core.intersect(lists) : { docs: [], weights: [] };
    });
  }

  // Nothing has all the words: what has most of the rarer ones.
  function loose(terms) {
    var chosen = rarest(terms).slice(0, 8);
    return Promise.all(chosen.map(postings)).then(function (lists) {
      var sums = Object.create(null), hits = Object.create(null);
      lists.forEach(function (list) {
        if (!list) return;
        for (var i = 0; i < list.docs.length; i++) {
          var d = list.docs[i];
          sums[d] = (sums[d] || 0) + list.weights[i];
          hits[d] = (hits[d] || 0) + 1;
        }
      });
      var need = Math.max(1, Math.min(chosen.length - 2, Math.ceil(chosen.length / 3)));
      var docs = Object.keys(sums).map(Number).filter(function (d) { return hits[d] >= need; });
      return { docs: docs, weights: docs.map(function (d) { return sums[d]; }) };
    });
  }

  function find(query) {
    var p = plan(query);
    return Promise.all(p.clauses.map(clauseResult)).then(function (results) {
      var scores = Object.create(null), strict = 0;
      results.forEach(function (r, n) {
        if (p.clauses[n].own) strict = r.docs.length;
        for (var i = 0; i < r.docs.length; i++) scores[r.docs[i]] = (scores[r.docs[i]] || 0) + r.weights[i] * p.clauses[n].weight;
      });
      var found = Object.keys(scores).length;
      if ((p.lay || !found) && p.own.length) {
        return loose(p.own).then(function (r) {
          p.near = !p.lay && !found && r.docs.length > 0;
          for (var i = 0; i < r.docs.length; i++) scores[r.docs[i]] = (scores[r.docs[i]] || 0) + r.weights[i] * 0.5;
          return [p, scores];
        });
      }
      return [p, scores];
    });
  }

  // ---- showing ---------------------------------------------------------------------
  function el(tag, props, children) {
    var node = document.createElement(tag);
    Object.keys(props || {}).forEach(function (key) {
      if (key === "text") node.textContent = props[key];
      else if (key === "class") node.className = props[key];
      else if (key === "on") node.addEventListener("click", props[key]);
      else node.setAttribute(key, props[key]);
    });
    (children || []).forEach(function (child) { if (child) node.appendChild(child); });
    return node;
  }

  function marked(node, pieces) {
    pieces.forEach(function (piece) { node.appendChild(piece[1] ? el("mark", { text: piece[0] }) : document.createTextNode(piece[0])); });
  }

  var GROUPS = ["p", "d", "c", "l", "h", "o"], SHOWN = { g: 3, p: 3, d: 4, c: 8, l: 5, h: 4, o: 4 };
  var state = { q: "", kind: "", dispute: "", town: "", year: "", more: {} }, turn = 0;

  function guideList(p, scores) {
    if (p.article) return [];
    var ranked = core.rankDisputes(prior, p.guides), list = [];
    var best = ranked.length ? ranked[0][1] : 0;
    ranked.forEach(function (x) { if (list.length < 3 && x[1] > best * 0.25) list.push(x[0]); });
    if (!list.length) {
      // No word votes: guides that bear the words themselves.
      list = Object.keys(scores).map(Number).filter(function (d) { return first.kinds.charAt(d) === "g"; })
        .sort(function (a, b) { return scores[b] - scores[a]; }).slice(0, 3)
        .map(function (d) { return prior.disputes.indexOf(column("disputes", d)); }).filter(function (i) { return i >= 0; });
    }
    return list;
  }

  function passes(doc) {
    return (!state.kind || first.kinds.charAt(doc) === state.kind) && (!state.dispute || column("disputes", doc) === state.dispute) &&
      (!state.town || column("towns", doc) === state.town) && (!state.year || column("years", doc) === state.year);
  }

  function show() {
    var query = core.clean(state.q), mine = ++turn, started = performance.now();
    document.documentElement.classList.toggle("ts-searching", !!query);
    if (!query) { out.textContent = ""; status.textContent = ""; if (!live) recent(); return Promise.resolve(); }
    return ready().then(function (ok) {
      if (mine !== turn) return;
      if (!ok) {
        out.textContent = "";
        out.appendChild(el("p", { class: "ts-fill", text: "检索文件打不开，可能没有复制完整。可以按纠纷查找，或请管理员重新复制。" }));
        return;
      }
      stats.stats.scripts = 0;
      return find(query).then(function (found) {
        if (mine !== turn) return;
        return render(found[0], found[1], mine, started);
      });
    });
  }

  function render(p, scores, mine, started) {
    var all = Object.keys(scores).map(Number), groups = Object.create(null);
    var kept = all.filter(passes).sort(function (a, b) { return scores[b] - scores[a] || a - b; });
    kept.forEach(function (d) { var k = first.kinds.charAt(d); (groups[k] = groups[k] || []).push(d); });
    var body = document.createDocumentFragment();
    if (core.inDanger(prior, p.plain)) {
      body.appendChild(el("div", { class: "ts-danger", role: "alert" }, [el("p", {}, [el("strong", { text: "先保人：马上拨 110，有伤拨 120。" }),
        document.createTextNode("把双方分开，不在现场评理，告诉派出所、司法所和镇街。")])]));
    }
    p.notes.slice(0, 4).forEach(function (note) {
      if (note.kind === "spelled") body.appendChild(el("p", { class: "ts-chips" }, [document.createTextNode("拼音可能是：")].concat(note.words.map(function (w) { return chip(w, w); }))));
      else if (note.kind === "sound") body.appendChild(el("p", { class: "ts-quiet", text: "也按同音的“" + note.to + "”查了。" }));
    });
    if (p.near) body.appendChild(el("p", { class: "ts-quiet", text: "没有完全一样的，下面是近似结果。" }));
    var jobs = [];
    var guides = !state.kind || state.kind === "g" ? guideList(p, scores).filter(function (i) { return !state.dispute || prior.disputes[i] === state.dispute; }) : [];
    if (guides.length) {
      body.appendChild(group("g", "指引", guides.length, guides.map(function (i, n) {
        var item = el("li", { class: "ts-hit" + (n ? "" : " ts-hit--first") }, [el("a", { href: root + "disputes/" + prior.disputes[i] + ".html", text: prior.titles[i] + "调解指引" }), el("p", { text: prior.leads[i] })]);
        return item;
      })));
    }
    (p.article ? ["l", "g", "p", "c", "d", "h", "o"] : GROUPS).forEach(function (kind) {
      var docs = groups[kind] || [];
      if (!docs.length) return;
      var most = state.more[kind] || (state.kind === kind ? 20 : SHOWN[kind]);
      var items = docs.slice(0, most).map(function (doc) {
        var item = el("li", { class: "ts-hit" });
        jobs.push([doc, item]);
        return item;
      });
      var section = group(kind, first.names[kind], docs.length, items);
      if (docs.length > most) {
        section.appendChild(el("button", { type: "button", class: "ts-button ts-moreresults", text: "再看 20 个（共 " + docs.length + "）", on: function () { state.more[kind] = most + 20; remember(true); show(); } }));
      }
      body.appendChild(section);
    });
    if (!guides.length && !kept.length) body.appendChild(nothing(p));
    return Promise.all(jobs.map(function (job) {
      return title(job[0]).then(function (t) {
        if (!t) { job[1].textContent = "这一条的标题文件打不开，其他结果不受影响。"; return; }
        job[1].appendChild(el("a", { href: root + t.url, text: t.title }));
        job[1].appendChild(el("p", { class: "ts-snippet" }));
      });
    })).then(function () {
      if (mine !== turn) return;
      out.textContent = "";
      out.appendChild(facets(all));
      out.appendChild(body);
      var damaged = Object.keys(failed).length;
      status.textContent = "找到指引 " + guides.length + " 个，其他 " + kept.length + " 条。" + (damaged ? "有 " + damaged + " 个检索文件打不开，结果可能不全。" : "");
      stats.stats.firstResultsMs = performance.now() - started;
      stats.shown = p.query;
      return Promise.all(jobs.map(function (job) {
        return text(job[0]).then(function (t) {
          if (!t || mine !== turn) return;
          var whole = core.normal(job[1].textContent + "\n" + t.keywords + "\n" + t.body);
          // All pairs occurred, but not one after the other: not what was asked for.
          if (p.run && !p.near && !p.lay && !p.article && !p.clauses.some(function (c) { return c.plain && whole.indexOf(c.plain) >= 0; })) { job[1].remove(); return; }
          marked(job[1].querySelector(".ts-snippet"), core.snippet(t.body, p.wanted, 80));
        });
      })).then(function () { stats.stats.snippetsMs = performance.now() - started; restoreScroll(); });
    });
  }

  function group(kind, name, count, items) {
    var id = "hits-" + kind;
    return el("section", { "aria-labelledby": id }, [el("h2", { id: id, text: name }), el("ul", { class: "ts-hits", "aria-label": "检索结果：" + name }, items)]);
  }

  function chip(label, query) {
    return el("button", { type: "button", class: "ts-chip", text: label, on: function () { input.value = query; change(); } });
  }

  function facets(all) {
    var counts = { kind: {}, dispute: {}, year: {}, town: {} };
    all.forEach(function (d) {
      function add(name, value) { if (value) counts[name][value] = (counts[name][value] || 0) + 1; }
      add("kind", first.kinds.charAt(d));
      add("dispute", column("disputes", d));
      add("year", column("years", d));
      add("town", column("towns", d));
    });
    var names = { kind: "种类", dispute: "纠纷", year: "年份", town: "镇街" };
    return el("div", { class: "ts-narrow", role: "group", "aria-label": "缩小范围" }, Object.keys(names).map(function (name) {
      var values = Object.keys(counts[name]).sort(function (a, b) { return name === "year" ? (a < b ? 1 : -1) : counts[name][b] - counts[name][a]; });
      if (values.length < 2 && !state[name]) return null;
      var id = "narrow-" + name;
      var select = el("select", { id: id }, [el("option", { value: "", text: "全部" })].concat(values.map(function (v) {
        return el("option", { value: v, text: label(name, v) + "（" + counts[name][v] + "）" });
      })));
      select.value = state[name];
      select.addEventListener("change", function () { state[name] = select.value; state.more = {}; remember(true); show().then(function () { var again = document.getElementById(id); if (again) again.focus(); }); });
      return el("p", {}, [el("label", { for: id, text: names[name] }), select]);
    }));
  }

  function label(name, value) {
    if (name === "kind") return first.names[value];
    if (name === "dispute") return prior.titles[prior.disputes.indexOf(value)] || value;
    if (name === "year") return value + "年";
    return (parts["towns-0"] || {})[value] || value;
  }

  function nothing(p) {
    var close = core.rankDisputes(prior, p.plain).slice(0, 3);
    return el("div", { class: "ts-fill" }, [el("p", { text: "没有找到。换个说法试试，少写几个字。" }),
      close.length ? el("p", { class: "ts-chips" }, [document.createTextNode("是不是要找：")].concat(close.map(function (x) { return chip(prior.titles[x[0]], prior.titles[x[0]]); }))) : null,
      el("p", {}, [el("a", { href: root + "disputes/index.html", text: "按纠纷找指引" }), document.createTextNode("；还找不到，"), el("a", { href: root + "office/index.html", text: "打电话问法官联络点" }), document.createTextNode("。")])]);
  }

  // ---- address, memory, keys ---------------------------------------------------------
  function fromAddress() {
    var source = location.hash.length > 1 ? location.hash.slice(1) : location.search.slice(1), values = {};
    source.split("&").forEach(function (pair) {
      var cut = pair.indexOf("=");
      try { if (cut > 0) values[pair.slice(0, cut)] = decodeURIComponent(pair.slice(cut + 1).replace(/\+/g, " ")); } catch (e) { /* not ours */ }
    });
    ["q", "kind", "dispute", "town", "year"].forEach(function (key) { state[key] = values[key] || ""; });
    state.more = {};
    input.value = state.q;
  }

  function remember(push) {
    var hash = ["q", "kind", "dispute", "town", "year"].filter(function (k) { return state[k]; }).map(function (k) { return k + "=" + encodeURIComponent(state[k]); }).join("&");
    try { history[push ? "pushState" : "replaceState"](null, "", hash ? "#" + hash : location.pathname.split("/").pop()); } catch (e) { /* some readers forbid it */ }
  }

  function stored(key, value) {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(site + ":" + key) || "[]");
      localStorage.setItem(site + ":" + key, JSON.stringify(value));
    } catch (e) { /* blocked: nothing is remembered */ }
    return [];
  }

  function keep(query) {
    if (query.length < 2) return;
    stored("recent", [query].concat(stored("recent").filter(function (q) { return q !== query; })).slice(0, 8));
  }

  function recent() {
    var list = stored("recent");
    if (!list.length) return;
    out.appendChild(el("p", { class: "ts-chips" }, [document.createTextNode("最近查过：")].concat(list.map(function (q) { return chip(q, q); }),
      [el("button", { type: "button", class: "ts-chip", text: "清空", on: function () { stored("recent", []); out.textContent = ""; } })])));
  }

  var scrollKey = site + ":scroll";
  function restoreScroll() {
    try {
      var saved = JSON.parse(sessionStorage.getItem(scrollKey) || "null");
      if (saved && saved.at === location.hash) window.scrollTo(0, saved.y);
      sessionStorage.removeItem(scrollKey);
    } catch (e) { /* blocked */ }
  }
  out.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a")) {
      keep(core.clean(state.q));
      try { sessionStorage.setItem(scrollKey, JSON.stringify({ at: location.hash, y: window.scrollY })); } catch (e) { /* blocked */ }
    }
  });

  var timer = 0;
  function change() {
    state.q = input.value;
    state.kind = state.dispute = state.town = state.year = "";
    state.more = {};
    clearTimeout(timer);
    timer = setTimeout(function () { remember(false); show(); }, 60);
  }
  input.addEventListener("input", change);
  input.addEventListener("compositionend", change);
  input.addEventListener("focus", function () { ready(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    state.q = input.value;
    keep(core.clean(state.q));
    remember(false);
    show().then(function () { var hit = out.querySelector(".ts-hit a"); if (hit && event.submitter === undefined) hit.focus(); });
  });
  input.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { var hit = out.querySelector(".ts-hit a"); if (hit) { event.preventDefault(); hit.focus(); } }
  });
  out.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.prototype.slice.call(out.querySelectorAll(".ts-hit a")), at = links.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    var next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    (next || input).focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); input.select(); }
  });
  window.addEventListener("popstate", function () { fromAddress(); show(); });
  window.addEventListener("hashchange", function () { fromAddress(); show(); });

  fromAddress();
  if (state.q) show();
  else if (!live) { recent(); input.focus(); }
  else if (window.requestIdleCallback) requestIdleCallback(function () { ready(); });
})();
