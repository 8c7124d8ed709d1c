/* Search: pure functions. No document, no storage; everything comes in and goes out.
   The rules for text are those of search/normal.py, the coding that of search/postings.py. */
var tingsuoSearchCore = (function () {
  "use strict";

  // ---- text ------------------------------------------------------------------------
  var simplified = null;

  function setTraditional(pair) {
    simplified = new Uint16Array(65536);
    for (var i = 0; i < pair[0].length; i++) simplified[pair[0].charCodeAt(i)] = pair[1].charCodeAt(i);
  }

  function normal(text) {
    text = text.normalize("NFKC").toLowerCase();
    if (!simplified) return text;
    var out = "", from = 0;
    for (var i = 0; i < text.length; i++) {
      var s = simplified[text.charCodeAt(i)];
      if (s) { out += text.slice(from, i) + String.fromCharCode(s); from = i + 1; }
    }
    return from ? out + text.slice(from) : text;
  }

  var HAN = /[\u3400-\u4dbf\u4e00-\u9fff]+/g;
  var WORD = /[a-z0-9]+(?:\.[0-9]+)?/g;

  function hanRuns(plain) { return plain.match(HAN) || []; }
  function words(plain) { return plain.match(WORD) || []; }

  function bigrams(plain) {
    var out = [], seen = Object.create(null);
    hanRuns(plain).forEach(function (run) {
      for (var i = 0; i + 1 < run.length; i++) {
        var pair = run.substr(i, 2);
        if (!seen[pair]) { seen[pair] = true; out.push(pair); }
      }
    });
    return out;
  }

  // What is left of a paste is at most 200 characters, none of them invisible and none half.
  function clean(query) {
    query = query.replace(/[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "")
      .replace(/[\u0000-\u001f\u007f\s]+/g, " ").trim().slice(0, 200).trim();
    try { encodeURIComponent(query); } catch (e) { query = query.replace(/[\ud800-\udfff]/g, "").trim(); }
    return query;
  }

  // ---- postings --------------------------------------------------------------------
  var SAFE = "";
  for (var code = 0x20; code < 0x7f; code++) if (code !== 0x22 && code !== 0x5c) SAFE += String.fromCharCode(code);
  var VALUE = new Int16Array(128).fill(-1), LEADING = new Int16Array(128).fill(-1);
  for (var n = 0; n < 64; n++) VALUE[SAFE.charCodeAt(n)] = n;
  for (n = 64; n < 93; n++) LEADING[SAFE.charCodeAt(n)] = n - 64;
  var RATIO = 1.9, SCALE = 6;

  // "L…" → documents in order and the impact of each.
  function decode(row) {
    var top = Math.pow(RATIO, VALUE[row.charCodeAt(0)] / SCALE) / 16;
    var step = [top / (RATIO * RATIO * RATIO), top / (RATIO * RATIO), top / RATIO, top];
    var docs = new Int32Array(row.length), weights = new Float32Array(row.length), count = 0, doc = -1, lead = 0;
    for (var i = 1; i < row.length; i++) {
      var c = row.charCodeAt(i), v = VALUE[c];
      if (v < 0) { lead = lead * 29 + LEADING[c]; continue; }
      var value = lead * 64 + v;
      lead = 0;
      doc += (value >> 2) + 1;
      docs[count] = doc;
      weights[count++] = step[value & 3];
    }
    return { docs: docs.subarray(0, count), weights: weights.subarray(0, count) };
  }

  // Han pairs come before words, each in code-unit order.
  function before(a, b) {
    var x = isPair(a), y = isPair(b);
    return x === y ? a < b : x;
  }
  function isPair(term) { return term.length === 2 && term.charCodeAt(0) >= 0x3400 && term.charCodeAt(1) >= 0x3400; }

  function shardOf(first, term) {
    var low = 0, high = first.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (before(term, first[middle])) high = middle - 1; else low = middle;
    }
    return low;
  }

  // A term's row in a shard's text, "" when it isn't there.
  function rowOf(shard, term) {
    var at = shard.indexOf("\n" + term + "\t");
    if (at < 0) {
      if (shard.lastIndexOf(term + "\t", 0) !== 0) return "";
      at = -1;
    }
    var start = at + term.length + 2, end = shard.indexOf("\n", start);
    return shard.slice(start, end < 0 ? shard.length : end);
  }

  // Documents that bear every list, with the sum of their impacts.
  function intersect(lists) {
    lists = lists.slice().sort(function (a, b) { return a.docs.length - b.docs.length; });
    var docs = lists[0].docs, scores = Float32Array.from(lists[0].weights);
    for (var k = 1; k < lists.length && docs.length; k++) {
      var other = lists[k], keep = [], sums = [], j = 0;
      for (var i = 0; i < docs.length; i++) {
        var d = docs[i];
        if (other.docs.length > docs.length * 16) j = seek(other.docs, d, j);
        else while (j < other.docs.length && other.docs[j] < d) j++;
        if (j < other.docs.length && other.docs[j] === d) { keep.push(d); sums.push(scores[i] + other.weights[j]); }
      }
      docs = keep;
      scores = sums;
    }
    return { docs: docs, weights: scores };
  }

  function seek(docs, d, from) {
    var low = from, high = docs.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (docs[middle] < d) low = middle + 1; else high = middle;
    }
    return low;
  }

  // Documents that bear any of the lists: a sum of impacts for each, counted once where `hits` is wanted.
  function Sums(count) {
    this.scores = new Float32Array(count);
    this.docs = [];
  }
  Sums.prototype.add = function (list, weight) {
    for (var i = 0; i < list.docs.length; i++) {
      var d = list.docs[i];
      if (d >= this.scores.length) continue;  // a damaged row
      if (!this.scores[d]) this.docs.push(d);
      this.scores[d] += list.weights[i] * weight;
    }
  };

  // The best `most` of `docs` by score, then by number.
  function best(docs, scores, most) {
    var out = [];
    docs.forEach(function (d) {
      if (out.length === most && !(scores[d] > scores[out[most - 1]] || (scores[d] === scores[out[most - 1]] && d < out[most - 1]))) return;
      var at = out.length;
      while (at > 0 && (scores[d] > scores[out[at - 1]] || (scores[d] === scores[out[at - 1]] && d < out[at - 1]))) at--;
      out.splice(at, 0, d);
      if (out.length > most) out.pop();
    });
    return out;
  }

  // ---- sorted lines ------------------------------------------------------------------
  // Where the first line begins that isn't before `key` (lines are sorted by their text up to the tab).
  function lineFrom(text, key) {
    var low = 0, high = text.length;
    while (low < high) {
      var middle = (low + high) >> 1, start = text.lastIndexOf("\n", middle - 1) + 1, end = text.indexOf("\t", start);
      if (text.slice(start, end) < key) {
        low = text.indexOf("\n", end) + 1;
        if (!low) return text.length;
      } else high = start;
    }
    return low;
  }

  // The rest of the line of `key` after its tab, null when there is none.
  function lineOf(text, key) {
    var at = lineFrom(text, key);
    if (text.substr(at, key.length + 1) !== key + "\t") return null;
    var end = text.indexOf("\n", at);
    return text.slice(at + key.length + 1, end < 0 ? text.length : end);
  }

  // ---- disputes --------------------------------------------------------------------
  var LONGEST_PHRASE = 14;

  // Lines are looked up, not read in: a first answer mustn't wait for thirty thousand of them.
  function phrase(prior, words_) {
    var line = lineOf(prior.phrases, words_);
    if (line === null) return null;
    var cut = line.split("\t"), total = 0, k;
    for (k = 0; k < cut[0].length; k++) total += 1 / (k + 1);
    return {
      shares: cut[0].split("").map(function (letter, n) {
        return [letter.charCodeAt(0) - 97, prior.phrase / (n + 1) / total * Math.sqrt(words_.length / 2)];
      }),
      means: cut[1] ? prior.means[+cut[1]] : ""
    };
  }

  // The phrases of terms.yaml in a text, longest first from the left.
  function phrasesIn(prior, plain) {
    var found = [];
    for (var i = 0; i < plain.length; i++) {
      if (prior.phrases.charAt(lineFrom(prior.phrases, plain.charAt(i))) !== plain.charAt(i)) continue;
      for (var size = Math.min(LONGEST_PHRASE, plain.length - i); size > 1; size--) {
        var part = plain.substr(i, size);
        if (lineOf(prior.phrases, part) !== null) { found.push(part); i += size - 1; break; }
      }
    }
    return found;
  }

  function tells(prior, gram) { return lineOf(prior.rows, gram) !== null; }

  // Whether a run of characters may be a slip: neither a phrase nor made of pairs that anybody uses.
  function unheard(prior, run) {
    return run.length > 1 && run.length < 9 && lineOf(prior.phrases, run) === null && bigrams(run).some(function (pair) { return !tells(prior, pair); });
  }

  // [[dispute number, score], …] best first.
  function rankDisputes(prior, plain) {
    var scores = prior.disputes.map(function () { return 0; }), seen = Object.create(null), any = false;
    function vote(gram) {
      var row = seen[gram] ? null : lineOf(prior.rows, gram);
      seen[gram] = true;
      if (!row) return;
      any = true;
      for (var i = 0; i < row.length; i += 2) scores[row.charCodeAt(i) - 97] += (row.charCodeAt(i + 1) - prior.zero) * prior.step;
    }
    hanRuns(plain).forEach(function (run) {
      for (var i = 0; i < run.length; i++) { vote(run.charAt(i)); if (i + 1 < run.length) vote(run.substr(i, 2)); }
    });
    phrasesIn(prior, plain).forEach(function (p) {
      any = true;
      phrase(prior, p).shares.forEach(function (share) { scores[share[0]] += share[1]; });
    });
    if (!any) return [];
    return scores.map(function (s, i) { return [i, s]; }).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; })
      .filter(function (x) { return x[1] > 0; });
  }

  // Said in full (砍了我) or bare (砍我).
  function inDanger(prior, plain) {
    var bare = plain.replace(/[了着过咗紧埋]/g, "");
    return prior.danger.some(function (word) { return plain.indexOf(word) >= 0 || bare.indexOf(word) >= 0; });
  }

  // ---- sounds ----------------------------------------------------------------------
  function readSounds(pair) {
    var reading = Object.create(null);
    pair[1].split("\n").forEach(function (row) {
      var cut = row.split(" ");
      for (var i = 0; i < cut[1].length; i++) reading[cut[1].charAt(i)] = cut[0];
    });
    var words_ = pair[0].split("\n").map(function (row) {
      var cut = row.split(" "), own = cut.length > 1 ? cut.slice(1) : cut[0].split("").map(function (c) { return reading[c] || ""; });
      return { word: cut[0], full: own.join(""), initials: own.map(function (s) { return s.charAt(0); }).join("") };
    });
    return { words: words_, reading: reading };
  }

  // Words that Latin letters may spell, exact before beginnings, whole readings before initials.
  function spelled(sounds, letters) {
    letters = letters.replace(/[^a-z]/g, "");
    if (letters.length < 2) return [];
    var ranks = [[], [], [], []];
    sounds.words.forEach(function (w) {
      if (w.full === letters) ranks[0].push(w.word);
      else if (w.initials === letters && letters.length > 2) ranks[1].push(w.word);
      else if (w.full.indexOf(letters) === 0) ranks[2].push(w.word);
      else if (w.initials === letters) ranks[3].push(w.word);
    });
    if (!ranks[0].length && !ranks[1].length) {
      // Two known words one after the other: zufang + yajin.
      for (var cut = 2; cut < letters.length - 1; cut++) {
        var head = letters.slice(0, cut), tail = letters.slice(cut);
        var a = sounds.words.find(function (w) { return w.full === head; }), b = a && sounds.words.find(function (w) { return w.full === tail; });
        if (b) ranks[1].push(a.word + b.word);
      }
    }
    return [].concat(ranks[0], ranks[1], ranks[2], ranks[3]).slice(0, 8);
  }

  // Known words that sound like this one and are written otherwise.
  function soundsLike(sounds, run) {
    if (run.length < 2 || run.length > 8) return [];
    var reading = "";
    for (var i = 0; i < run.length; i++) {
      if (!sounds.reading[run.charAt(i)]) return [];
      reading += sounds.reading[run.charAt(i)];
    }
    return sounds.words.filter(function (w) { return w.full === reading && w.word !== run && w.word.length === run.length; })
      .map(function (w) { return w.word; }).slice(0, 3);
  }

  // ---- law articles ----------------------------------------------------------------
  var DIGIT = { "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9 };
  var UNIT = { "十": 10, "百": 100, "千": 1000 };
  function numeral(text) {
    if (/^[0-9]+$/.test(text)) return parseInt(text, 10);
    // 一〇八四: digit by digit.
    if (!/[十百千]/.test(text)) return parseInt(text.replace(/./g, function (c) { return DIGIT[c]; }), 10);
    var total = 0, digit = 0;
    for (var i = 0; i < text.length; i++) {
      var c = text.charAt(i);
      if (c in UNIT) { total += (digit || 1) * UNIT[c]; digit = 0; }
      else if (c in DIGIT) digit = DIGIT[c];
      else return 0;
    }
    return total + digit;
  }

  // Names and queries are compared without brackets of titles, spaces and 中华人民共和国.
  function bare(plain) { return plain.replace(/[《》〈〉<>\s]|中华人民共和国/g, ""); }

  // {name: short name} by the form in which names are compared.
  function readLaws(laws) {
    var out = Object.create(null);
    Object.keys(laws).forEach(function (name) { out[bare(normal(name))] = laws[name]; });
    return out;
  }

  // 民法典第一千零八十四条, 民法典1084 → 民法典§1084; laws: from readLaws. Without 条 a number must end the word: 劳动法三个月 is no article.
  function articleTerm(laws, plain) {
    var article = /第?\s*([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,9})(\s*条)?(?:之([一二三四五六七八九十1-9]))?/g, m;
    while ((m = article.exec(plain))) {
      var short_ = laws[bare(plain.slice(0, m.index))], number = numeral(m[1]);
      if (short_ && number && (m[2] || !/[0-9a-z\u4e00-\u9fff]/.test(plain.charAt(article.lastIndex)))) {
        return short_ + "§" + number + (m[3] ? "之" + ("一二三四五六七八九".charAt("123456789".indexOf(m[3])) || m[3]) : "");
      }
    }
    return "";
  }

  // ---- snippets --------------------------------------------------------------------
  // [[text, marked], …] around the first place where a wanted word occurs.
  function snippet(text, wanted, length) {
    var plain = normal(text);
    if (plain.length !== text.length) text = plain;
    var at = -1;
    for (var i = 0; i < wanted.length && at < 0; i++) at = plain.indexOf(wanted[i]);
    var start = Math.max(0, at < 0 ? 0 : at - 18);
    var cut = plain.lastIndexOf("。", at < 0 ? 0 : at);
    if (at >= 0 && cut >= start - 20 && cut < at && at - cut < 30) start = cut + 1;
    var end = Math.min(text.length, start + length);
    var piece = text.slice(start, end).replace(/(^|.)\n/g, function (_, before) { return before + (/[\u4e00-\u9fff0-9）]/.test(before) ? "·" : " "); }), low = plain.slice(start, end);
    var out = [], here = 0;
    while (here < piece.length) {
      var next = -1, size = 0;
      for (i = 0; i < wanted.length; i++) {
        var p = low.indexOf(wanted[i], here);
        if (p >= 0 && (next < 0 || p < next || (p === next && wanted[i].length > size))) { next = p; size = wanted[i].length; }
      }
      if (next < 0) { out.push([piece.slice(here), false]); break; }
      if (next > here) out.push([piece.slice(here, next), false]);
      out.push([piece.slice(next, next + size), true]);
      here = next + size;
    }
    if (start > 0) out.unshift(["…", false]);
    if (end < text.length) out.push(["…", false]);
    return out;
  }

  return {
    setTraditional: setTraditional, normal: normal, hanRuns: hanRuns, words: words, bigrams: bigrams, clean: clean,
    decode: decode, shardOf: shardOf, rowOf: rowOf, intersect: intersect, Sums: Sums, best: best,
    phrase: phrase, phrasesIn: phrasesIn, rankDisputes: rankDisputes, unheard: unheard, tells: tells, inDanger: inDanger,
    readSounds: readSounds, spelled: spelled, soundsLike: soundsLike, readLaws: readLaws, articleTerm: articleTerm, snippet: snippet
  };
})();
if (typeof module !== "undefined") module.exports = tingsuoSearchCore;
