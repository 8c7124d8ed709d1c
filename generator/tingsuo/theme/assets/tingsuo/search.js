/* The search box and its results. What a query means and finds: search-index.js and search-core.js. */
(function () {
  "use strict";
  var core = window.tingsuoSearchCore, engine = window.tingsuoSearchIndex, form = document.querySelector("[data-search]");
  if (!core || !engine || !form) return;
  var root = form.getAttribute("data-root") || "", input = form.querySelector("input"), out = document.getElementById("search-results");
  var status = document.getElementById("search-status"), live = form.hasAttribute("data-live");
  var index = new engine.Index(root), began = performance.now();
  var stats = { readyMs: 0, firstResultsMs: 0, snippetsMs: 0, scripts: 0 };
  window.tingsuoSearch = { stats: stats, urls: urls, index: index };

  var KEYS = ["q", "in", "kind", "dispute", "year", "town", "article"];
  var GROUPS = ["w", "p", "t", "d", "c", "l", "m", "e", "h", "o"], SHOWN = { w: 2, p: 3, t: 3, d: 4, c: 8, l: 5, m: 4, e: 4, h: 4, o: 4 }, PAGE = 20, FARTHEST = 60;
  var state = { more: {} }, turn = 0, told = "";
  KEYS.forEach(function (key) { state[key] = ""; });

  function ready() {
    return index.ready().then(function (ok) {
      if (ok && !stats.readyMs) stats.readyMs = performance.now() - began;
      return ok;
    });
  }

  // ---- elements ----------------------------------------------------------------------
  function el(tag, props, children) {
    var node = document.createElement(tag);
    Object.keys(props || {}).forEach(function (key) {
      if (key === "text") node.textContent = props[key];
      else if (key === "class") node.className = props[key];
      else if (key === "on") node.addEventListener("click", props[key]);
      else node.setAttribute(key, props[key]);
    });
    (children || []).forEach(function (child) { if (child) node.appendChild(typeof child === "string" ? document.createTextNode(child) : child); });
    return node;
  }

  function marked(node, pieces) {
    node.textContent = "";
    pieces.forEach(function (piece) { node.appendChild(piece[1] ? el("mark", { text: piece[0] }) : document.createTextNode(piece[0])); });
  }

  function chip(label, query) {
    return el("button", { type: "button", class: "ts-chip", text: label, on: function () { input.value = query; change(); } });
  }

  function group(kind, name, items) {
    var id = "hits-" + kind;
    return el("section", { "aria-labelledby": id }, [el("h2", { id: id, text: name }), el("ul", { class: "ts-hits", "aria-label": "检索结果：" + name }, items)]);
  }

  var answer = el("div"), narrow = el("div"), groups = el("div");

  // ---- showing -----------------------------------------------------------------------
  function show() {
    var query = core.clean(state.q), mine = ++turn, started = performance.now();
    document.documentElement.classList.toggle("ts-searching", !!query);
    if (!query) { out.textContent = ""; status.textContent = ""; told = ""; if (!live) recent(); return Promise.resolve(); }
    return ready().then(function (ok) {
      if (mine !== turn) return;
      if (!ok) {
        out.textContent = "";
        out.appendChild(el("p", { class: "ts-fill", text: "检索文件打不开，可能没有复制完整。可以按纠纷查找，或请管理员重新复制。" }));
        return;
      }
      stats.scripts = index.files.scripts;
      if (!answer.parentNode) { out.textContent = ""; [answer, narrow, groups].forEach(function (part) { out.appendChild(part); }); }
      if (told !== query) { groups.textContent = narrow.textContent = ""; told = query; }
      return index.understand(query).then(function (plan) {
        if (mine !== turn) return;
        var guides = showAnswer(plan);
        if (guides) stats.firstResultsMs = performance.now() - started;
        var chosen = state.dispute || state.year || state.town;
        return Promise.all([index.find(plan), masks(), chosen ? index.columns() : null]).then(function (got) {
          if (mine === turn) return showGroups(plan, got[0], got[1], got[2], guides, mine, started);
        });
      });
    });
  }

  // What needs no posting: danger, what the words may mean, the guides. Returns how many guides there are.
  function showAnswer(plan) {
    var prior = index.prior, danger = index.first.danger || [];
    answer.textContent = "";
    if (core.inDanger(prior, plan.plain)) {
      answer.appendChild(el("div", { class: "ts-danger", role: "alert" }, [
        el("p", {}, [el("strong", {}, ["先保人：马上拨 ", el("a", { href: "tel:110", text: "110" }), "，有伤拨 ", el("a", { href: "tel:120", text: "120" }), "。"]), "把双方分开，不在现场评理，告诉派出所、司法所和镇街。"]),
        danger.length ? el("p", { class: "ts-chips" }, ["人安全了再看："].concat(danger.map(function (page) { return el("a", { class: "ts-chip", href: root + page[1], text: page[0] }); }))) : null
      ]));
    }
    plan.notes.slice(0, 4).forEach(function (note) {
      if (note.kind === "spelled") answer.appendChild(el("p", { class: "ts-chips" }, ["拼音可能是："].concat(note.words.map(function (w) { return chip(w, w); }))));
      else if (note.kind === "sound") answer.appendChild(el("p", { class: "ts-quiet", text: "也按同音的“" + note.to + "”查了。" }));
    });
    var guides = state.in || state.article || state.year || state.town || (state.kind && state.kind !== "g") ? [] : index.guides(plan);
    if (state.dispute) guides = guides.filter(function (n) { return prior.disputes[n] === state.dispute; });
    showGuides(guides);
    return guides.length;
  }

  function showGuides(guides) {
    var prior = index.prior;
    if (!guides.length) return;
    answer.appendChild(group("g", "指引", guides.map(function (n, rank) {
      return el("li", { class: "ts-hit" + (rank ? "" : " ts-hit--first") }, [el("a", { href: root + "disputes/" + prior.disputes[n] + ".html", text: prior.titles[n] + "调解指引" }), el("p", { text: prior.leads[n] })]);
    })));
  }

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

  var COLUMNS = ["dispute", "year", "town"];

  // `columns` are there when something is chosen; the choices themselves come after the results.
  function showGroups(plan, sums, wanted, columns, guides, mine, started) {
    var kept = {}, total = 0, found = sums.docs.filter(function (d) { return wanted.every(function (mask) { return mask[d]; }); });
    found.forEach(function (d) {
      var kind = index.kindOf(d);
      if (plan.gone[kind] || (state.kind && state.kind !== kind)) return;
      if (columns && COLUMNS.some(function (name) { return state[name] && columns[name] && state[name] !== columns[name](d); })) return;
      (kept[kind] = kept[kind] || []).push(d);
      if (kind !== "g") total++;
    });
    var body = document.createDocumentFragment(), jobs = [], folded = [];
    if (!guides && kept.g) {
      // No word votes: guides that bear the words themselves.
      showGuides(core.best(kept.g, sums.scores, 3).map(function (d) { return index.prior.disputes.indexOf(index.first.titles[d][1].replace(/.*\/|\.html$/g, "")); }));
      guides = kept.g.length;
    }
    if (plan.near) body.appendChild(el("p", { class: "ts-quiet", text: "没有完全一样的，下面是近似结果。" }));
    (plan.article ? ["l"].concat(GROUPS.filter(function (k) { return k !== "l"; })) : GROUPS).forEach(function (kind) {
      var docs = kept[kind];
      if (!docs) return;
      var most = state.more[kind] || (state.kind === kind ? PAGE : SHOWN[kind]);
      var section = group(kind, index.first.names[kind], core.best(docs, sums.scores, most).map(function (doc) {
        var known = index.first.titles[doc], item = el("li", { class: "ts-hit" }, [known ? el("a", { href: root + known[1], text: known[0] }) : null, el("p", { class: "ts-snippet" })]);
        jobs.push([doc, item]);
        return item;
      }));
      if (docs.length > most) {
        folded.push([kind, section, most]);
        section.appendChild(el("button", { type: "button", class: "ts-button ts-moreresults", text: "再看 " + PAGE + " 个（共约 " + docs.length + " 个）", on: function () { state.more[kind] = most + PAGE; remember(false); show(); } }));
      }
      body.appendChild(section);
    });
    if (!guides && !total) body.appendChild(nothing(plan));
    groups.textContent = "";
    groups.appendChild(body);
    groups.setAttribute("aria-busy", "true");
    if (!stats.firstResultsMs || !guides) stats.firstResultsMs = performance.now() - started;
    say(guides, total);
    // What the screen shows comes first; the rest follows.
    var screen = window.innerHeight, seen = jobs.filter(function (job) { return job[1].getBoundingClientRect().top < screen; });
    return fill(seen, plan, mine).then(function () {
      if (mine !== turn) return;
      stats.snippetsMs = performance.now() - started;
      stats.scripts = index.files.scripts - stats.scripts;
      window.tingsuoSearch.shown = plan.query;
      return Promise.all([index.columns(), fill(jobs.filter(function (job) { return seen.indexOf(job) < 0; }), plan, mine)]);
    }).then(function (got) {
      if (mine !== turn) return;
      var spent = folded.filter(function (row) { return !row[1].querySelector("li"); });
      if (spent.length) {
        // None that was shown has the words: the next ones, and after some rounds none.
        spent.forEach(function (row) { if (row[2] < FARTHEST) state.more[row[0]] = row[2] + PAGE; else plan.gone[row[0]] = true; });
        return showGroups(plan, sums, wanted, columns, guides, mine, started);
      }
      if (total && !groups.querySelector("li") && !plan.near) {
        // All that had the pairs lack the words.
        return index.settle(plan, sums).then(function (settled) {
          plan.gone = {};
          if (mine === turn) return plan.near ? showGroups(plan, settled, wanted, columns, guides, mine, started) : finish(got[0]);
        });
      }
      finish(got[0]);
    });

    function finish(read) {
      groups.removeAttribute("aria-busy");
      window.tingsuoSearch.whole = plan.query;
      if (!guides && !groups.querySelector("section, .ts-fill")) groups.appendChild(nothing(plan));
      showNarrow(counted(found, read), jobs, total);
      say(guides, total);
      restoreScroll();
    }
  }

  function say(guides, total) {
    var damaged = Object.keys(index.files.failed).length;
    status.textContent = "找到" + [guides ? "指引 " + guides + " 个" : "", total ? (guides ? "其他" : "") + "约 " + total + " 条" : guides ? "" : " 0 条"].filter(Boolean).join("，") + "。" + (damaged ? "有 " + damaged + " 个检索文件打不开，结果可能不全。" : "");
  }

  function fill(jobs, plan, mine) {
    return Promise.all(jobs.map(function (job) {
      return index.text(job[0]).then(function (text) {
        var item = job[1], snippet = item.querySelector(".ts-snippet");
        if (mine !== turn) return;
        if (!text) { snippet.textContent = "这一条的文件打不开，其他结果不受影响。"; return; }
        if (!engine.verified(plan, text)) { drop(item); return; }
        if (!item.querySelector("a")) item.insertBefore(el("a", { href: root + text.url, text: text.title }), snippet);
        job[2] = text.keywords;
        marked(snippet, core.snippet(text.body || text.keywords, plan.wanted, 80));
      });
    }));
  }

  // A hit that doesn't have the words goes; the last of its group takes the heading along.
  function drop(item) {
    var section = item.closest("section");
    item.remove();
    if (!section.querySelector("li") && !section.querySelector("button")) section.remove();
  }

  // A promise of the addresses of everything that a query finds.
  function urls(query) {
    return ready().then(function () { return index.understand(core.clean(query)); }).then(function (plan) {
      return index.find(plan).then(function (sums) { return index.settle(plan, sums); }).then(function (sums) {
        return Promise.all(sums.docs.map(function (doc) {
          return index.text(doc).then(function (text) { return text && engine.verified(plan, text) ? text.url : null; });
        }));
      });
    }).then(function (found) { return found.filter(Boolean); });
  }

  // ---- narrowing ---------------------------------------------------------------------
  var NAMES = { kind: "种类", dispute: "纠纷", year: "年份", town: "镇街", article: "法条" };

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
  function showNarrow(counts, jobs, total) {
    var was = narrow.querySelector("details"), chosen = KEYS.slice(1).some(function (key) { return state[key]; });
    if (narrow.contains(document.activeElement) && was) return;
    narrow.textContent = "";
    if (total < 2 && !chosen) return;
    var box = facets(counts, jobs);
    box.open = was ? was.open : chosen;
    narrow.appendChild(box);
  }

  function facets(counts, jobs) {
    counts.article = {};
    jobs.forEach(function (job) {
      ((job[2] || "").match(/[\u4e00-\u9fff]+§[0-9]+(?:之.)?/g) || []).forEach(function (law) { counts.article[law] = (counts.article[law] || 0) + 1; });
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
    remember(true);
    show().then(function () {
      var box = narrow.querySelector("details"), field = document.getElementById("narrow-" + name);
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

  function nothing(plan) {
    var close = core.rankDisputes(index.prior, plan.plain).slice(0, 3);
    return el("div", { class: "ts-fill" }, [el("p", { text: "没有找到。换个说法试试，少写几个字。" }),
      close.length ? el("p", { class: "ts-chips" }, ["是不是要找："].concat(close.map(function (x) { return chip(index.prior.titles[x[0]], index.prior.titles[x[0]]); }))) : null,
      el("p", {}, [el("a", { href: root + "disputes/index.html", text: "按纠纷找指引" }), "；还找不到，", el("a", { href: root + "office/index.html", text: "打电话问法官联络点" }), "。"])]);
  }

  // ---- address, memory ---------------------------------------------------------------
  function fromAddress() {
    var source = location.hash.length > 1 ? location.hash.slice(1) : location.search.slice(1), values = {};
    source.split("&").forEach(function (pair) {
      var cut = pair.indexOf("=");
      try { if (cut > 0) values[pair.slice(0, cut)] = decodeURIComponent(pair.slice(cut + 1).replace(/\+/g, " ")); } catch (e) { /* not ours */ }
    });
    KEYS.forEach(function (key) { state[key] = values[key] || ""; });
    state.more = {};
    if (/^[a-z]:[0-9]+(,[a-z]:[0-9]+)*$/.test(values.more || "")) {
      values.more.split(",").forEach(function (pair) { state.more[pair.charAt(0)] = Math.min(+pair.slice(2), 200); });
    }
    input.value = state.q;
  }

  function remember(push) {
    var hash = KEYS.filter(function (k) { return state[k]; }).map(function (k) { return k + "=" + encodeURIComponent(core.clean(state[k])); });
    var more = Object.keys(state.more).map(function (k) { return k + ":" + state.more[k]; }).join(",");
    if (more) hash.push("more=" + more);
    try { history[push ? "pushState" : "replaceState"](null, "", hash.length ? "#" + hash.join("&") : location.pathname.split("/").pop()); } catch (e) { /* some readers forbid it */ }
  }

  // The last queries, newest first; what stands there may be another version's.
  function asked() {
    var list;
    try { list = JSON.parse(tingsuo.get("recent") || "[]"); } catch (e) { list = []; }
    return Array.isArray(list) ? list.filter(function (q) { return typeof q === "string"; }) : [];
  }

  function keep(query) {
    if (query.length < 2) return;
    tingsuo.set("recent", JSON.stringify([query].concat(asked().filter(function (q) { return q !== query; })).slice(0, 8)));
  }

  function recent() {
    var list = asked();
    if (!list.length) return;
    out.appendChild(el("p", { class: "ts-chips" }, ["最近查过："].concat(list.map(function (q) { return chip(q, q); }),
      [el("button", { type: "button", class: "ts-chip", text: "清空", on: function () { tingsuo.set("recent", null); out.textContent = ""; } })])));
  }

  var scrollKey = (document.documentElement.getAttribute("data-site") || "tingsuo") + ":scroll";
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

  // ---- fingers and keys --------------------------------------------------------------
  var timer = 0, QUIET = 60;
  function change() {
    KEYS.forEach(function (key) { state[key] = ""; });
    state.q = input.value;
    state.more = {};
    clearTimeout(timer);
    timer = setTimeout(function () { remember(false); show(); }, QUIET);
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
    show();
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
  // The fields of the narrowing are left alone while one has the focus, so they are told here.
  function follow() {
    fromAddress();
    KEYS.slice(1).forEach(function (key) {
      var field = document.getElementById("narrow-" + key);
      if (field) field.value = state[key];
    });
    show();
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  fromAddress();
  if (state.q) show();
  else if (!live) { recent(); input.focus(); ready(); }
  else if (window.requestIdleCallback) requestIdleCallback(function () { ready(); });
})();
