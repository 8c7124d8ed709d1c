/* Search: pure functions. No document, no storage; everything comes in and goes out.
   The rules for text are those of search/normal.py, the coding that of search/postings.py. */
var tingsuoSearchCore = (function () {
  "use strict";

  // ---- text ------------------------------------------------------------------------
  var simplified = null;

  function setTraditional(pair) {
    simplified = Object.create(null);
    for (var i = 0; i < pair[0].length; i++) simplified[pair[0].charAt(i)] = pair[1].charAt(i);
  }

  function normal(text) {
    text = text.normalize("NFKC").toLowerCase();
    if (!simplified) return text;
    var out = "", changed = false;
    for (var i = 0; i < text.length; i++) {
      var c = text.charAt(i), s = simplified[c];
      if (s) changed = true;
      out += s || c;
    }
    return changed ? out : text;
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

  // Invisible characters and the rest of a hostile paste: what is left is at most 200 characters.
  function clean(query) {
    return query.replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, " ").replace(/\s+/g, " ").trim().slice(0, 200);
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

  // ---- disputes --------------------------------------------------------------------
  function readPrior(data) {
    var votes = Object.create(null), n = data.disputes.length;
    data.rows.split("\n").forEach(function (row) {
      votes[row.slice(0, row.length - n)] = row.slice(row.length - n);
    });
    var phrases = Object.create(null), means = Object.create(null), longest = 2;
    data.phrases.split("\n").forEach(function (line) {
      var cut = line.split("\t"), words_ = cut[0], total = 0, k;
      for (k = 0; k < cut[1].length; k++) total += 1 / (k + 1);
      phrases[words_] = cut[1].split("").map(function (letter, k) {
        return [letter.charCodeAt(0) - 97, data.phrase / (k + 1) / total * Math.sqrt(words_.length / 2)];
      });
      if (cut[2]) means[words_] = data.means[+cut[2]];
      longest = Math.max(longest, words_.length);
    });
    return { disputes: data.disputes, titles: data.titles, leads: data.leads, votes: votes, phrases: phrases, longest: Math.min(longest, 14), step: data.step, zero: data.zero, danger: data.danger, means: means };
  }

  // The phrases of terms.yaml in a text, longest first from the left.
  function phrasesIn(prior, plain) {
    var found = [];
    for (var i = 0; i < plain.length; i++) {
      for (var size = Math.min(prior.longest, plain.length - i); size > 1; size--) {
        var part = plain.substr(i, size);
        if (prior.phrases[part]) { found.push(part); i += size - 1; break; }
      }
    }
    return found;
  }

  // [[dispute number, score], …] best first.
  function rankDisputes(prior, plain) {
    var scores = prior.disputes.map(function () { return 0; }), seen = Object.create(null), any = false;
    function vote(gram) {
      var row = !seen[gram] && prior.votes[gram];
      seen[gram] = true;
      if (!row) return;
      any = true;
      for (var i = 0; i < row.length; i++) scores[i] += (row.charCodeAt(i) - prior.zero) * prior.step;
    }
    hanRuns(plain).forEach(function (run) {
      for (var i = 0; i < run.length; i++) { vote(run.charAt(i)); if (i + 1 < run.length) vote(run.substr(i, 2)); }
    });
    phrasesIn(prior, plain).forEach(function (p) {
      any = true;
      prior.phrases[p].forEach(function (share) { scores[share[0]] += share[1]; });
    });
    if (!any) return [];
    return scores.map(function (s, i) { return [i, s]; }).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; })
      .filter(function (x) { return x[1] > 0; });
  }

  function inDanger(prior, plain) {
    return prior.danger.some(function (word) { return plain.indexOf(word) >= 0; });
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
    var total = 0, digit = 0;
    for (var i = 0; i < text.length; i++) {
      var c = text.charAt(i);
      if (c in UNIT) { total += (digit || 1) * UNIT[c]; digit = 0; }
      else if (c in DIGIT) digit = DIGIT[c];
      else return 0;
    }
    return total + digit;
  }

  // 民法典第一千零八十四条, 民法典1084 → 民法典§1084; laws: name → short name.
  function articleTerm(laws, plain) {
    var m = /^《?([\u4e00-\u9fff()（）、]{2,40}?)》?\s*第?\s*([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,9})\s*条?(之[一二三四五六七八九十])?/.exec(plain);
    if (!m) return "";
    var short_ = laws[m[1]], number = numeral(m[2]);
    return short_ && number ? short_ + "§" + number + (m[3] || "") : "";
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
    var piece = text.slice(start, end).replace(/\n/g, " "), low = plain.slice(start, end);
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

  // ---- raw deflate, for texts in blocks (RFC 1951) -----------------------------------
  var LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  var DIST_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  var DIST_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  function tree(lengths) {
    var counts = new Uint16Array(16), offsets = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    for (var i = 0; i < lengths.length; i++) counts[lengths[i]]++;
    counts[0] = 0;
    for (i = 1; i < 16; i++) offsets[i] = offsets[i - 1] + counts[i - 1];
    for (i = 0; i < lengths.length; i++) if (lengths[i]) symbols[offsets[lengths[i]]++] = i;
    return { counts: counts, symbols: symbols };
  }

  function inflate(bytes) {
    var out = new Uint8Array(bytes.length * 4), size = 0, at = 0, hold = 0, have = 0;
    function bits(need) {
      while (have < need) { if (at >= bytes.length) throw new Error("damaged"); hold |= bytes[at++] << have; have += 8; }
      var value = hold & ((1 << need) - 1);
      hold >>>= need;
      have -= need;
      return value;
    }
    function symbol(t) {
      var c = 0, first = 0, index = 0;
      for (var length = 1; length < 16; length++) {
        c |= bits(1);
        var count = t.counts[length];
        if (c - first < count) return t.symbols[index + c - first];
        index += count;
        first = (first + count) << 1;
        c <<= 1;
      }
      throw new Error("damaged");
    }
    function room(more) {
      if (size + more <= out.length) return;
      var wider = new Uint8Array(Math.max(out.length * 2, size + more));
      wider.set(out);
      out = wider;
    }
    var last = 0;
    while (!last) {
      last = bits(1);
      var type = bits(2), literals, distances;
      if (type === 0) {
        hold = have = 0;
        var length = bytes[at] | (bytes[at + 1] << 8);
        at += 4;
        room(length);
        out.set(bytes.subarray(at, at + length), size);
        size += length;
        at += length;
        continue;
      }
      if (type === 1) {
        var fixed = new Uint8Array(288).fill(8);
        fixed.fill(9, 144, 256);
        fixed.fill(7, 256, 280);
        literals = tree(fixed);
        distances = tree(new Uint8Array(30).fill(5));
      } else if (type === 2) {
        var nl = bits(5) + 257, nd = bits(5) + 1, nc = bits(4) + 4, codes = new Uint8Array(19), k;
        for (k = 0; k < nc; k++) codes[ORDER[k]] = bits(3);
        var ct = tree(codes), all = new Uint8Array(nl + nd);
        for (k = 0; k < nl + nd;) {
          var s = symbol(ct), prev = 0, repeat = 1;
          if (s < 16) prev = s;
          else if (s === 16) { prev = all[k - 1]; repeat = 3 + bits(2); }
          else if (s === 17) repeat = 3 + bits(3);
          else repeat = 11 + bits(7);
          while (repeat--) all[k++] = prev;
        }
        literals = tree(all.subarray(0, nl));
        distances = tree(all.subarray(nl));
      } else throw new Error("damaged");
      for (;;) {
        var v = symbol(literals);
        if (v < 256) { room(1); out[size++] = v; continue; }
        if (v === 256) break;
        var run = LENGTH_BASE[v - 257] + bits(LENGTH_EXTRA[v - 257]), ds = symbol(distances), far = DIST_BASE[ds] + bits(DIST_EXTRA[ds]);
        room(run);
        for (k = 0; k < run; k++, size++) out[size] = out[size - far];
      }
    }
    return out.subarray(0, size);
  }

  function unpack(data) {
    var raw = atob(data), bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new TextDecoder().decode(inflate(bytes)).split("\0");
  }

  return {
    setTraditional: setTraditional, normal: normal, hanRuns: hanRuns, words: words, bigrams: bigrams, clean: clean,
    decode: decode, shardOf: shardOf, rowOf: rowOf, intersect: intersect,
    readPrior: readPrior, phrasesIn: phrasesIn, rankDisputes: rankDisputes, inDanger: inDanger,
    readSounds: readSounds, spelled: spelled, soundsLike: soundsLike, articleTerm: articleTerm,
    snippet: snippet, inflate: inflate, unpack: unpack
  };
})();
if (typeof module !== "undefined") module.exports = tingsuoSearchCore;
