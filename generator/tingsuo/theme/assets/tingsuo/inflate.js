/* Raw deflate (RFC 1951), piece by piece, so that a page stays alive and a bomb is dropped before it is unpacked.
   The browser does it where it can (DecompressionStream), else the loop below. Pure: no page, no storage. */
var tingsuoInflate = (function () {
  "use strict";
  var LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  var DIST_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  var DIST_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  var WINDOW = 32768, PIECE = 65536, LONGEST = 258, BITE = 4096;

  function damaged() { return new Error("damaged"); }

  function tree(lengths) {
    var counts = new Uint16Array(16), offsets = new Uint16Array(16), symbols = new Uint16Array(lengths.length);
    for (var i = 0; i < lengths.length; i++) counts[lengths[i]]++;
    counts[0] = 0;
    for (i = 1; i < 16; i++) offsets[i] = offsets[i - 1] + counts[i - 1];
    for (i = 0; i < lengths.length; i++) if (lengths[i]) symbols[offsets[lengths[i]]++] = i;
    return { counts: counts, symbols: symbols };
  }

  function fixedTrees() {
    var fixed = new Uint8Array(288).fill(8);
    fixed.fill(9, 144, 256);
    fixed.fill(7, 256, 280);
    return [tree(fixed), tree(new Uint8Array(30).fill(5))];
  }

  /* A function that gives the next piece each time it is called, and null at the end. Throws where the data is damaged. */
  function pieces(bytes) {
    var out = new Uint8Array(WINDOW + PIECE + LONGEST), size = 0, given = 0, at = 0, hold = 0, have = 0;
    var last = 0, stored = -1, literals = null, distances = null;

    function bits(need) {
      while (have < need) {
        if (at >= bytes.length) throw damaged();
        hold |= bytes[at++] << have;
        have += 8;
      }
      var value = hold & ((1 << need) - 1);
      hold >>>= need;
      have -= need;
      return value;
    }
    function symbol(t) {
      var code = 0, first = 0, index = 0;
      for (var length = 1; length < 16; length++) {
        code |= bits(1);
        var count = t.counts[length];
        if (code - first < count) return t.symbols[index + code - first];
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      throw damaged();
    }
    function dynamicTrees() {
      var nl = bits(5) + 257, nd = bits(5) + 1, nc = bits(4) + 4, codes = new Uint8Array(19), k;
      for (k = 0; k < nc; k++) codes[ORDER[k]] = bits(3);
      var ct = tree(codes), all = new Uint8Array(nl + nd);
      for (k = 0; k < nl + nd;) {
        var s = symbol(ct), previous = 0, repeat = 1;
        if (s < 16) previous = s;
        else if (s === 16) {
          if (!k) throw damaged();
          previous = all[k - 1];
          repeat = 3 + bits(2);
        } else if (s === 17) repeat = 3 + bits(3);
        else repeat = 11 + bits(7);
        if (k + repeat > nl + nd) throw damaged();
        while (repeat--) all[k++] = previous;
      }
      return [tree(all.subarray(0, nl)), tree(all.subarray(nl))];
    }
    function block() {
      last = bits(1);
      var type = bits(2), both;
      if (type === 0) {
        hold = have = 0;
        if (at + 4 > bytes.length) throw damaged();
        stored = bytes[at] | (bytes[at + 1] << 8);
        at += 4;
        return;
      }
      if (type === 3) throw damaged();
      both = type === 1 ? fixedTrees() : dynamicTrees();
      literals = both[0];
      distances = both[1];
    }
    function copyStored() {
      var most = Math.min(stored, out.length - LONGEST - size);
      if (at + most > bytes.length) throw damaged();
      out.set(bytes.subarray(at, at + most), size);
      at += most;
      size += most;
      stored -= most;
      if (!stored) stored = -1;
    }
    function decode(limit) {
      while (size < limit) {
        var v = symbol(literals);
        if (v < 256) {
          out[size++] = v;
          continue;
        }
        if (v === 256) {
          literals = null;
          return;
        }
        if (v > 285) throw damaged();
        var run = LENGTH_BASE[v - 257] + bits(LENGTH_EXTRA[v - 257]), ds = symbol(distances);
        if (ds > 29) throw damaged();
        var far = DIST_BASE[ds] + bits(DIST_EXTRA[ds]);
        if (far > size) throw damaged();
        for (; run; run--, size++) out[size] = out[size - far];
      }
    }

    return function () {
      if (size > WINDOW) {
        out.copyWithin(0, size - WINDOW, size);
        size = given = WINDOW;
      }
      var limit = WINDOW + PIECE;
      while (size < limit) {
        if (stored >= 0) copyStored();
        else if (literals) decode(limit);
        else if (last) break;
        else block();
        if (stored === 0) stored = -1;
      }
      if (size === given) return null;
      var piece = out.slice(given, size);
      given = size;
      return piece;
    };
  }

  /* A function that resolves to the next piece, and to null at the end. `plain`: don't ask the browser. */
  function reader(bytes, plain) {
    if (!plain && typeof DecompressionStream === "function") {
      try {
        // In small bites: the browser unpacks a whole bite at once, and a bomb's bite grows a thousandfold.
        var at = 0, bites = new ReadableStream({
          pull: function (control) {
            if (at >= bytes.length) control.close();
            else control.enqueue(bytes.slice(at, at += BITE));
          }
        });
        var stream = bites.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
        return {
          next: function () { return stream.read().then(function (got) { return got.done ? null : got.value; }, function () { throw damaged(); }); },
          stop: function () { stream.cancel().catch(function () { /* It had failed already. */ }); }
        };
      } catch (e) { /* An older browser knows the stream, but not this kind of it. */ }
    }
    var next = pieces(bytes);
    return {
      next: function () { return new Promise(function (resolve) { resolve(next()); }); },
      stop: function () { /* Nothing runs between two pieces. */ }
    };
  }

  return { pieces: pieces, reader: reader };
})();
