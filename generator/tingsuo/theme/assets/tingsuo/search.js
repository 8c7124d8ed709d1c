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
  var GROUPS = ["w", "p", "t", "d", "c", "l", "m", "e", "h", "o"], SHOWN = { w: 2, p: 3, t: 3, d: 4, c: 8, l: 5, m: 4, e: 4, h: 4, o: 4 }, PAGE = 20, SPARE = 40;
  var state = { more: {} }, turn = 0, told = "", before = 0;
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
  var narrowing = tingsuoSearchNarrow({ index: index, state: state, el: el, place: narrow, changed: function () { remember(true); return show(); } });

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
      before = index.files.scripts;
      if (!answer.parentNode) { out.textContent = ""; [answer, narrow, groups].forEach(function (part) { out.appendChild(part); }); }
      if (told !== query) { groups.textContent = narrow.textContent = ""; told = query; }
      return index.understand(query).then(function (plan) {
        if (mine !== turn) return;
        var guides = showAnswer(plan);
        if (guides) stats.firstResultsMs = performance.now() - started;
        return Promise.all([index.find(plan), narrowing.masks(), narrowing.needsColumns() ? index.columns() : null]).then(function (got) {
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

  // `columns` are there when something is chosen; the choices themselves come after the results.
  function showGroups(plan, sums, wanted, columns, guides, mine, started) {
    var kept = {}, total = 0, found = sums.docs.filter(function (d) { return wanted.every(function (mask) { return mask[d]; }); });
    found.forEach(function (d) {
      if (!narrowing.keeps(d, columns)) return;
      var kind = index.kindOf(d);
      (kept[kind] = kept[kind] || []).push(d);
      if (kind !== "g") total++;
    });
    var body = document.createDocumentFragment(), jobs = [];
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
      var ranked = core.best(docs, sums.scores, most + SPARE), spare = ranked.splice(most);
      var section = group(kind, index.first.names[kind], ranked.map(function (doc) {
        var known = index.first.titles[doc], item = el("li", { class: "ts-hit" }, [known ? el("a", { href: root + known[1], text: known[0] }) : null, el("p", { class: "ts-snippet" })]);
        jobs.push({ doc: doc, item: item, spare: spare, keywords: "" });
        return item;
      }));
      if (docs.length > most) {
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
    var screen = window.innerHeight, seen = jobs.filter(function (job) { return job.item.getBoundingClientRect().top < screen; });
    return fill(seen, plan, mine).then(function () {
      if (mine !== turn) return;
      stats.snippetsMs = performance.now() - started;
      stats.scripts = index.files.scripts - before;
      window.tingsuoSearch.shown = plan.query;
      return Promise.all([index.columns(), fill(jobs.filter(function (job) { return seen.indexOf(job) < 0; }), plan, mine)]);
    }).then(function (got) {
      if (mine !== turn) return;
      if (total && !groups.querySelector("li") && !plan.near) {
        // All that had the pairs lack the words.
        return index.near(plan, sums).then(function (more) {
          if (mine === turn) return plan.near ? showGroups(plan, more, wanted, columns, guides, mine, started) : finish(got[0]);
        });
      }
      finish(got[0]);
    });

    function finish(read) {
      groups.removeAttribute("aria-busy");
      window.tingsuoSearch.whole = plan.query;
      if (!guides && !groups.querySelector("section, .ts-fill")) groups.appendChild(nothing(plan));
      narrowing.show(found, read, jobs, total);
      say(guides, total);
      restoreScroll();
    }
  }

  function say(guides, total) {
    var damaged = Object.keys(index.files.failed).length;
    status.textContent = "找到" + [guides ? "指引 " + guides + " 个" : "", total ? (guides ? "其他" : "") + "约 " + total + " 条" : guides ? "" : " 0 条"].filter(Boolean).join("，") + "。" + (damaged ? "有 " + damaged + " 个检索文件打不开，结果可能不全。" : "");
  }

  function fill(jobs, plan, mine) { return Promise.all(jobs.map(function (job) { return write(job, plan, mine); })); }

  // Words around what was found. A hit that has the pairs but not the words gives its row to the next; the last of a group takes its heading along.
  function write(job, plan, mine) {
    return index.text(job.doc).then(function (text) {
      var item = job.item, snippet = item.querySelector(".ts-snippet"), link = item.querySelector("a"), section = item.closest("section");
      if (mine !== turn) return;
      if (!text) { snippet.textContent = "这一条的文件打不开，其他结果不受影响。"; return; }
      if (!engine.verified(plan, text)) {
        if (job.spare.length) {
          job.doc = job.spare.shift();
          if (link) link.remove();
          item.parentNode.appendChild(item);
          return write(job, plan, mine);
        }
        item.remove();
        if (!section.querySelector("li")) section.remove();
        return;
      }
      if (!link) item.insertBefore(el("a", { href: root + text.url, text: text.title }), snippet);
      job.keywords = text.keywords;
      marked(snippet, core.snippet(text.body || text.keywords, plan.wanted, 80));
    });
  }

  // A promise of the addresses of everything that a query finds.
  function urls(query) {
    return ready().then(function () { return index.understand(core.clean(query)); }).then(function (plan) {
      function told(sums) {
        return Promise.all(sums.docs.map(function (doc) {
          return index.text(doc).then(function (text) { return text && engine.verified(plan, text) ? text.url : null; });
        })).then(function (found) { return found.filter(Boolean); });
      }
      return index.find(plan).then(function (sums) {
        return told(sums).then(function (found) { return found.length || plan.near ? found : index.near(plan, sums).then(told); });
      });
    });
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
  function follow() {
    fromAddress();
    narrowing.follow();
    show();
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  fromAddress();
  if (state.q) show();
  else if (!live) { recent(); input.focus(); ready(); }
  else if (window.requestIdleCallback) requestIdleCallback(function () { ready(); });
})();
