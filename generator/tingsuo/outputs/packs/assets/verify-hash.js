/* 验证.html, first part: SHA-256 and BLAKE2b-512 over bytes, piece by piece, for where the browser has no crypto.subtle or no BLAKE2b.
   FIPS 180-4 and RFC 7693. `tingsuoHash.sha256()` and `.blake2b()` give {update(Uint8Array), hex() / bytes()}. */
var tingsuoHash = (function () {
  "use strict";
  var K = [], H0 = [];
  (function () {
    // The first 32 bits of the fractional parts of cube and square roots of the first primes.
    function part(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n++) {
      for (var d = 2; d * d <= n && n % d; d++) { /* looks for a divisor */ }
      if (d * d <= n) continue;
      if (H0.length < 8) H0.push(part(Math.sqrt(n)));
      K.push(part(Math.cbrt(n)));
    }
  })();

  /* Collects bytes into blocks; `take(block, counted, last)` is called for each, the last one at the end. */
  function blocks(size, keepLast, take) {
    var block = new Uint8Array(size), filled = 0, total = 0;
    return {
      update: function (bytes) {
        var at = 0;
        while (at < bytes.length) {
          if (filled === size) { total += size; take(block, total, false); filled = 0; }
          var piece = bytes.subarray(at, at + size - filled);
          block.set(piece, filled);
          filled += piece.length;
          at += piece.length;
          if (filled === size && !keepLast) { total += size; take(block, total, false); filled = 0; }
        }
      },
      rest: function () { return { block: block, filled: filled, total: total + filled }; }
    };
  }

  function hex(bytes) {
    var out = "";
    for (var i = 0; i < bytes.length; i++) out += (bytes[i] < 16 ? "0" : "") + bytes[i].toString(16);
    return out;
  }

  function sha256() {
    var h = new Int32Array(H0), w = new Int32Array(64);
    function turn(x, by) { return (x >>> by) | (x << (32 - by)); }
    function take(b) {
      var i;
      for (i = 0; i < 16; i++) w[i] = (b[4 * i] << 24) | (b[4 * i + 1] << 16) | (b[4 * i + 2] << 8) | b[4 * i + 3];
      for (; i < 64; i++) {
        var x = w[i - 15], y = w[i - 2];
        w[i] = (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)) + w[i - 16];
      }
      var a = h[0], c = h[1], d = h[2], e = h[3], f = h[4], g = h[5], p = h[6], q = h[7];
      for (i = 0; i < 64; i++) {
        var one = (q + (turn(f, 6) ^ turn(f, 11) ^ turn(f, 25)) + ((f & g) ^ (~f & p)) + K[i] + w[i]) | 0;
        var two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & c) ^ (a & d) ^ (c & d))) | 0;
        q = p; p = g; g = f; f = (e + one) | 0; e = d; d = c; c = a; a = (one + two) | 0;
      }
      h[0] += a; h[1] += c; h[2] += d; h[3] += e; h[4] += f; h[5] += g; h[6] += p; h[7] += q;
    }
    var input = blocks(64, false, take);
    function bytes() {
      var end = input.rest(), tail = new Uint8Array(end.filled < 56 ? 64 : 128), size = tail.length;
      tail.set(end.block.subarray(0, end.filled));
      tail[end.filled] = 128;
      new DataView(tail.buffer).setUint32(size - 8, Math.floor(end.total / 536870912));
      new DataView(tail.buffer).setUint32(size - 4, (end.total << 3) >>> 0);
      for (var at = 0; at < size; at += 64) take(tail.subarray(at, at + 64));
      var out = new Uint8Array(32), view = new DataView(out.buffer);
      for (var i = 0; i < 8; i++) view.setInt32(4 * i, h[i]);
      return out;
    }
    return { update: input.update, bytes: bytes, hex: function () { return hex(bytes()); } };
  }

  // BLAKE2b works on 64-bit words; each is two numbers here, the low half first.
  var IV = new Uint32Array([0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
    0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19]);
  var ORDER = ["0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
    "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0"];
  ORDER.push(ORDER[0], ORDER[1]);
  ORDER = ORDER.map(function (line) { return line.split("").map(function (c) { return parseInt(c, 16); }); });

  function blake2b() {
    var h = new Uint32Array(IV), v = new Uint32Array(32), m = new Uint32Array(32);
    h[0] ^= 0x01010040;
    function add(a, lo, hi) {
      var sum = v[2 * a] + lo;
      v[2 * a + 1] = v[2 * a + 1] + hi + (sum > 4294967295 ? 1 : 0);
      v[2 * a] = sum;
    }
    /* d = (d ^ a) turned right by `by` bits. */
    function mix(d, a, by) {
      var lo = v[2 * d] ^ v[2 * a], hi = v[2 * d + 1] ^ v[2 * a + 1], x = lo;
      if (by >= 32) { lo = hi; hi = x; x = lo; by -= 32; }
      v[2 * d] = by ? (lo >>> by) | (hi << (32 - by)) : lo;
      v[2 * d + 1] = by ? (hi >>> by) | (x << (32 - by)) : hi;
    }
    function g(a, b, c, d, x, y) {
      add(a, v[2 * b], v[2 * b + 1]); add(a, m[2 * x], m[2 * x + 1]); mix(d, a, 32);
      add(c, v[2 * d], v[2 * d + 1]); mix(b, c, 24);
      add(a, v[2 * b], v[2 * b + 1]); add(a, m[2 * y], m[2 * y + 1]); mix(d, a, 16);
      add(c, v[2 * d], v[2 * d + 1]); mix(b, c, 63);
    }
    function take(b, counted, last) {
      var i;
      for (i = 0; i < 32; i++) m[i] = b[4 * i] | (b[4 * i + 1] << 8) | (b[4 * i + 2] << 16) | (b[4 * i + 3] << 24);
      v.set(h);
      v.set(IV, 16);
      v[24] ^= counted;
      v[25] ^= Math.floor(counted / 4294967296);
      if (last) { v[28] = ~v[28]; v[29] = ~v[29]; }
      for (i = 0; i < 12; i++) {
        var s = ORDER[i];
        g(0, 4, 8, 12, s[0], s[1]); g(1, 5, 9, 13, s[2], s[3]); g(2, 6, 10, 14, s[4], s[5]); g(3, 7, 11, 15, s[6], s[7]);
        g(0, 5, 10, 15, s[8], s[9]); g(1, 6, 11, 12, s[10], s[11]); g(2, 7, 8, 13, s[12], s[13]); g(3, 4, 9, 14, s[14], s[15]);
      }
      for (i = 0; i < 16; i++) h[i] ^= v[i] ^ v[i + 16];
    }
    var input = blocks(128, true, take);
    function bytes() {
      var end = input.rest(), tail = new Uint8Array(128);
      tail.set(end.block.subarray(0, end.filled));
      take(tail, end.total, true);
      var out = new Uint8Array(64), view = new DataView(out.buffer);
      for (var i = 0; i < 16; i++) view.setUint32(4 * i, h[i], true);
      return out;
    }
    return { update: input.update, bytes: bytes, hex: function () { return hex(bytes()); } };
  }

  return { sha256: sha256, blake2b: blake2b, hex: hex };
})();
