/* The files of the index, and the answer that they give together. A file comes by <script>, the one way that works
   from file://; or from the page itself, where a pack has put it there. Rules for text and ranking: search-core.js. */
var tingsuoSearchIndex = (function (core) {
  "use strict";

  // ---- files -------------------------------------------------------------------------
  var KEPT = { text: 48, terms: 32 };

  // `root` leads to the site's root. What is loaded is kept; of texts and postings only the latest.
  function Files(root) {
    this.root = root;
    this.parts = new Map();
    this.waiting = Object.create(null);
    this.failed = Object.create(null);
    this.scripts = 0;
  }

  window.tingsuoIndex = function (data) {
    var script = document.currentScript;
    if (script && script.tingsuoTake) script.tingsuoTake(data);
  };

  // A promise of a file's data, undefined when it is missing or damaged.
  Files.prototype.load = function (name) {
    var files = this;
    if (files.parts.has(name)) {
      var part = files.parts.get(name);
      files.parts.delete(name);
      files.parts.set(name, part);
      return Promise.resolve(part);
    }
    if (!files.waiting[name]) {
      files.waiting[name] = new Promise(function (resolve) {
        function done(data) {
          delete files.waiting[name];
          if (data === undefined) files.failed[name] = true; else { delete files.failed[name]; files.keep(name, data); }
          resolve(data);
        }
        var inline = document.getElementById("search/" + name);
        if (inline) { done(read(inline)); return; }
        var script = document.createElement("script"), got;
        script.tingsuoTake = function (data) { got = data; };
        script.onload = script.onerror = function () { script.remove(); files.scripts++; done(got); };
        script.src = files.root + "search/" + name + ".js";
        document.head.appendChild(script);
      });
    }
    return files.waiting[name];
  };

  // A file inside the page: the same call, as text, which a pack may have made smaller.
  function read(inline) {
    try {
      var source = window.tingsuoPages ? tingsuoPages.text(inline) : inline.textContent;
      return JSON.parse(source.slice(source.indexOf("(") + 1, source.lastIndexOf(")")));
    } catch (e) { return undefined; }
  }

  Files.prototype.keep = function (name, data) {
    this.parts.set(name, data);
    var kind = name.replace(/-[0-9]+$/, ""), same = [];
    if (!KEPT[kind]) return;
    this.parts.forEach(function (_, key) { if (key.lastIndexOf(kind + "-", 0) === 0) same.push(key); });
    if (same.length > KEPT[kind]) this.parts.delete(same[0]);
  };

  // ---- the index ----------------------------------------------------------------------
  function Index(root) {
    this.files = new Files(root);
    this.first = null;
  }

  // A promise of whether the index can be asked.
  Index.prototype.ready = function () {
    var index = this;
    if (index.first) return Promise.resolve(true);
    return index.files.load("index").then(function (data) {
      if (!data || !data.prior || !data.traditional) return false;
      if (!index.first) {
        core.setTraditional(data.traditional);
        index.prior = data.prior;
        index.shards = data.first.split("\n");
        index.frequent = Object.create(null);
        data.frequent.split("\n").forEach(function (term, rank) { index.frequent[term] = data.frequent.length - rank; });
        index.starts = new Int32Array(data.blocks.length + 1);
        for (var i = 0; i < data.blocks.length; i++) index.starts[i + 1] = index.starts[i] + data.blocks.charCodeAt(i) - 0x23;
        index.first = data;
      }
      return true;
    });
  };

  Index.prototype.kindOf = function (doc) {
    var kinds = this.first.kinds, n = kinds.length - 1;
    while (n > 0 && kinds[n][1] > doc) n--;
    return kinds[n][0];
  };

  // A promise of the columns for narrowing: {name: value of a document}.
  Index.prototype.columns = function () {
    return this.files.load("columns").then(function (data) {
      var out = {};
      Object.keys(data || {}).forEach(function (name) {
        out[name] = function (doc) { return data[name][0][data[name][1].charCodeAt(doc) - 0x23] || ""; };
      });
      return out;
    });
  };

  // A promise of {title, url, keywords, body}, null when its file can't be read.
  Index.prototype.text = function (doc) {
    var index = this, low = 0, high = index.starts.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (index.starts[middle] > doc) high = middle - 1; else low = middle;
    }
    var name = "text-" + low;
    return index.files.load(name).then(function (block) {
      if (block === undefined) return null;
      try {
        var whole = block[doc - index.starts[low]], first = whole.indexOf("\n"), second = whole.indexOf("\n", first + 1), cut = whole.slice(0, first).split("\t");
        if (second < 0) second = whole.length;
        return { title: cut[0], url: cut[1], keywords: whole.slice(first + 1, second), body: whole.slice(second + 1) };
      } catch (e) { index.files.failed[name] = true; return null; }
    });
  };

  Index.prototype.postings = function (term) {
    return this.files.load("terms-" + core.shardOf(this.shards, term)).then(function (shard) {
      if (typeof shard !== "string") return null;
      var row = core.rowOf(shard, term);
      return row ? core.decode(row) : { docs: new Int32Array(0), weights: new Float32Array(0) };
    });
  };

  // Rarest first: a term that isn't among the frequent ones is rarer than any that is.
  Index.prototype.rarest = function (terms, most) {
    var frequent = this.frequent;
    return terms.slice().sort(function (a, b) { return (frequent[a] || 0) - (frequent[b] || 0); }).slice(0, most);
  };

  // Documents that bear all of these terms; what can't be read excludes nothing.
  Index.prototype.all = function (terms, most) {
    var index = this;
    return Promise.all(index.rarest(terms, most).map(function (term) { return index.postings(term); })).then(function (lists) {
      lists = lists.filter(Boolean);
      return lists.length ? core.intersect(lists) : { docs: [], weights: [] };
    });
  };

  // ---- a query ---------------------------------------------------------------------
  var OWN = 3, OTHER = 2, LOOSE = 8, FAINT = 0.25, PHRASES = 12, LEAN = 2, LEAN_LAY = 0.6, FAR = 0.11;

  // A promise of what is looked for: clauses, each a list of terms that must all occur, with a weight and the
  // words that must stand in a text that it finds.
  Index.prototype.understand = function (query) {
    var index = this, plain = core.normal(query), runs = core.hanRuns(plain), han = runs.join(""), letters = plain.replace(/\s+/g, "");
    var spelt = !han && /^[a-z]{2,}$/.test(letters), heard = runs.length === 1 && core.unheard(index.prior, runs[0]);
    var article = /[0-9]|第.+条|[一二三四五六七八九十百千]{2,}/.test(plain) && runs.length > 0;
    return Promise.all([spelt || heard ? index.sounds() : null, article ? index.lawNames() : null]).then(function (got) {
      return index.plan(query, plain, runs, spelt && got[0] ? core.spelled(got[0], letters) : [], heard && got[0] ? core.soundsLike(got[0], runs[0]) : [], got[1] ? core.articleTerm(got[1], plain) : "");
    });
  };

  Index.prototype.sounds = function () {
    var index = this;
    return index.files.load("sounds").then(function (data) {
      if (data && !index.read) index.read = core.readSounds(data);
      return index.read;
    });
  };

  Index.prototype.lawNames = function () {
    var index = this;
    return index.files.load("laws").then(function (data) {
      if (data && !index.laws) index.laws = core.readLaws(data);
      return index.laws;
    });
  };

  Index.prototype.plan = function (query, plain, runs, spelt, alike, article) {
    var prior = this.prior, han = runs.join(""), notes = [], clauses = [], wanted = [], guides = plain;
    function clause(words_, weight, most) {
      var terms = core.bigrams(words_);
      if (terms.length) { clauses.push({ terms: terms, weight: weight, most: most, parts: [words_] }); wanted.push(words_); }
    }
    if (article) clauses.push({ terms: [article], weight: 4, most: 1, parts: [] });
    if (spelt.length) {
      notes.push({ kind: "spelled", words: spelt });
      guides = spelt.slice(0, 3).join(" ");
      spelt.slice(0, 2).forEach(function (word, n) { clause(word, n ? 0.6 : 1, OTHER); });
    }
    var latin = core.words(plain), own = core.bigrams(plain).concat(han && !/[a-z0-9]/.test(plain) ? [] : latin), lay = han.length > 10 || runs.length > 2;
    var long_ = runs.filter(function (r) { return r.length > 1; });
    // A sentence taken from a text finds that text first; other sentences are matched loosely (see `find`).
    if (own.length) clauses.push({ terms: own, weight: lay ? 2 : 1, most: article ? OTHER : OWN, parts: long_.concat(latin) });
    wanted = wanted.concat(long_, latin);
    core.phrasesIn(prior, plain).slice(0, PHRASES).forEach(function (words_) {
      var means = core.phrase(prior, words_).means;
      wanted.push(words_);
      if (means && core.normal(means) !== plain) { clause(core.normal(means), 0.55, OTHER); notes.push({ kind: "means", from: words_, to: means }); }
      if (lay) clause(words_, 0.8, OTHER);
    });
    alike.forEach(function (word) {
      clause(word, 0.7, OTHER);
      guides += " " + word;
      notes.push({ kind: "sound", to: word });
    });
    return { query: query, plain: plain, clauses: clauses, wanted: wanted, notes: notes, lay: lay, own: own, guides: guides, article: article };
  };

  // A promise of {docs, scores}: every document that a plan finds. Says in the plan whether it is `near` only.
  Index.prototype.find = function (plan) {
    var index = this, sums = new core.Sums(index.first.count);
    return Promise.all(plan.clauses.map(function (clause) { return index.all(clause.terms, clause.most); })).then(function (results) {
      results.forEach(function (result, n) { sums.add(result, plan.clauses[n].weight); });
      // A guide alone is no answer to “show me a case”: it is on the screen already.
      var enough = sums.docs.some(function (d) { return index.kindOf(d) !== "g"; });
      return plan.own.length && (plan.lay || !enough) ? index.near(plan, sums) : sums;
    });
  };

  // What is found, with near misses added.
  Index.prototype.near = function (plan, sums) {
    var index = this, reading = index.files.load("columns");
    return Promise.all([index.loose(plan.own), reading]).then(function (got) {
      var result = got[0];
      plan.near = !plan.lay && result.docs.length > 0;
      sums.add(result, 0.5);
      return plan.near || plan.lay ? index.lean(plan, sums, got[1]) : sums;
    });
  };

  // What is of the dispute that the words speak for stands before the rest; of near misses the farthest are left out.
  Index.prototype.lean = function (plan, sums, read) {
    var prior = this.prior, ranked = core.rankDisputes(prior, plan.guides), more = Object.create(null), most = 0, lean = plan.near ? LEAN : LEAN_LAY;
    var column = read && read.dispute;
    if (!ranked.length || !column) return sums;
    ranked.forEach(function (row) { more[prior.disputes[row[0]]] = row[1] / ranked[0][1]; });
    var factors = column[0].map(function (dispute) { return 1 + lean * (more[dispute] || 0); });
    sums.docs.forEach(function (d) {
      sums.scores[d] *= factors[column[1].charCodeAt(d) - 0x23] || 1;
      most = Math.max(most, sums.scores[d]);
    });
    if (plan.near) sums.docs = sums.docs.filter(function (d) { return sums.scores[d] >= most * FAR; });
    return sums;
  };

  // Nothing has all the words: what has most of the telling ones (those that speak for a dispute), else of the rarer ones.
  Index.prototype.loose = function (terms) {
    var index = this, telling = terms.filter(function (term) { return core.tells(index.prior, term); });
    var chosen = index.rarest(telling, LOOSE), others = index.rarest(terms.filter(function (term) { return telling.indexOf(term) < 0; }), Math.max(OTHER, LOOSE - chosen.length));
    return Promise.all(chosen.concat(others).map(function (term) { return index.postings(term); })).then(function (lists) {
      var sums = new core.Sums(index.first.count), hits = new Uint8Array(index.first.count), counted = chosen.length || others.length;
      lists.forEach(function (list, n) {
        if (!list) return;
        sums.add(list, chosen.length && n >= chosen.length ? FAINT : 1);
        for (var i = 0; n < counted && i < list.docs.length; i++) hits[list.docs[i]]++;
      });
      // One that has the rarest telling pair is no accident, whatever else it has.
      var least = Math.min.apply(null, lists.slice(0, chosen.length).map(function (list) { return list && list.docs.length || Infinity; }));
      lists.slice(0, chosen.length).forEach(function (list) {
        for (var i = 0; list && list.docs.length === least && i < list.docs.length; i++) hits[list.docs[i]] = counted;
      });
      var need = Math.max(1, Math.min(counted - 2, Math.ceil(counted / 3)));
      var docs = sums.docs.filter(function (d) { return hits[d] >= need; });
      return { docs: docs, weights: docs.map(function (d) { return sums.scores[d]; }) };
    });
  };

  // Documents that bear every pair occur in the index; whether the words stand one after the other, the text says.
  function verified(plan, text) {
    if (plan.near || plan.lay || plan.article) return true;
    var whole = core.normal(text.title + "\n" + text.keywords + "\n" + text.body);
    return plan.clauses.some(function (clause) { return clause.parts.every(function (part) { return whole.indexOf(part) >= 0; }); });
  }

  // Numbers of the disputes whose guides answer, likeliest first.
  Index.prototype.guides = function (plan) {
    if (plan.article) return [];
    var ranked = core.rankDisputes(this.prior, plan.guides), best = ranked.length ? ranked[0][1] : 0;
    return ranked.filter(function (x) { return x[1] > best * 0.25; }).slice(0, 3).map(function (x) { return x[0]; });
  };

  return { Index: Index, verified: verified };
})(window.tingsuoSearchCore);
