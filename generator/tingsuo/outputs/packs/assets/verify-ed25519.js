/* 验证.html, second part: Ed25519 signatures (RFC 8032) for browsers whose crypto.subtle doesn't know them yet; needs BigInt (2018).
   Only verifies, so nothing here is secret and nothing has to take the same time. */
var tingsuoEd25519 = (function () {
  "use strict";
  if (typeof BigInt === "undefined") return { can: false };
  var big = BigInt, ZERO = big(0), ONE = big(1), TWO = big(2), EIGHT = big(8);
  var P = (ONE << big(255)) - big(19);
  var L = (ONE << big(252)) + big("27742317777372353535851937790883648493");
  var WORD = (ONE << big(64)) - ONE;

  function mod(a) { var r = a % P; return r < ZERO ? r + P : r; }
  function power(a, e) {
    var r = ONE;
    for (a = mod(a); e > ZERO; e >>= ONE) { if (e & ONE) r = r * a % P; a = a * a % P; }
    return r;
  }
  function inverse(a) { return power(a, P - TWO); }
  var D = mod(big(-121665) * inverse(big(121666)));
  var ROOT = power(TWO, (P - ONE) / big(4));

  function number(bytes) {
    var n = ZERO;
    for (var i = bytes.length - 1; i >= 0; i--) n = (n << EIGHT) | big(bytes[i]);
    return n;
  }

  /* 32 bytes → point [X, Y, Z, T], or null when they are none. */
  function point(bytes) {
    var odd = bytes[31] >> 7, copy = new Uint8Array(bytes);
    copy[31] &= 127;
    var y = number(copy);
    if (y >= P) return null;
    var u = mod(y * y - ONE), v = mod(D * y * y + ONE), x = mod(u * power(v, big(3)) * power(u * power(v, big(7)), (P - big(5)) / EIGHT));
    if (mod(v * x * x) !== u) x = mod(x * ROOT);
    if (mod(v * x * x) !== u || (x === ZERO && odd)) return null;
    if (Number(x & ONE) !== odd) x = P - x;
    return [x, y, ONE, mod(x * y)];
  }

  function add(p, q) {
    var a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0])), c = mod(TWO * p[3] * q[3] * D), d = mod(TWO * p[2] * q[2]);
    var e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }
  function times(p, n) {
    var r = [ZERO, ONE, ONE, ZERO];
    for (; n > ZERO; n >>= ONE) { if (n & ONE) r = add(r, p); p = add(p, p); }
    return r;
  }
  function coded(p) {
    var z = inverse(p[2]), x = mod(p[0] * z), y = mod(p[1] * z), out = new Uint8Array(32);
    for (var i = 0; i < 32; i++) { out[i] = Number(y & big(255)); y >>= EIGHT; }
    if (x & ONE) out[31] |= 128;
    return out;
  }
  var BASE = point(new Uint8Array([88].concat(new Array(31).fill(102))));

  // SHA-512's numbers: fractional parts of roots of the first primes, 64 bits, by whole-number roots.
  var K = [], H0 = [];
  (function () {
    function root(n, k) {
      var x = ONE << big(72), next = x, degree = big(k);
      do { x = next; next = ((degree - ONE) * x + n / (k === 2 ? x : x * x)) / degree; } while (next < x);
      return x;
    }
    for (var n = 2; K.length < 80; n++) {
      for (var d = 2; d * d <= n && n % d; d++) { /* looks for a divisor */ }
      if (d * d <= n) continue;
      if (H0.length < 8) H0.push(root(big(n) << big(128), 2) & WORD);
      K.push(root(big(n) << big(192), 3) & WORD);
    }
  })();
  function turn(x, by) { return ((x >> big(by)) | (x << big(64 - by))) & WORD; }

  /* SHA-512 of a few bytes. */
  function sha512(bytes) {
    var size = Math.ceil((bytes.length + 17) / 128) * 128, all = new Uint8Array(size), h = H0.slice();
    all.set(bytes);
    all[bytes.length] = 128;
    new DataView(all.buffer).setUint32(size - 4, bytes.length * 8);
    for (var at = 0; at < size; at += 128) {
      var w = [], i, s = h.slice();
      for (i = 0; i < 16; i++) w.push(number(all.slice(at + 8 * i, at + 8 * i + 8).reverse()));
      for (; i < 80; i++) {
        var x = w[i - 15], y = w[i - 2];
        w.push(((turn(x, 1) ^ turn(x, 8) ^ (x >> big(7))) + w[i - 7] + (turn(y, 19) ^ turn(y, 61) ^ (y >> big(6))) + w[i - 16]) & WORD);
      }
      for (i = 0; i < 80; i++) {
        var one = s[7] + (turn(s[4], 14) ^ turn(s[4], 18) ^ turn(s[4], 41)) + ((s[4] & s[5]) ^ ((s[4] ^ WORD) & s[6])) + K[i] + w[i];
        var two = (turn(s[0], 28) ^ turn(s[0], 34) ^ turn(s[0], 39)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        s = [(one + two) & WORD, s[0], s[1], s[2], (s[3] + one) & WORD, s[4], s[5], s[6]];
      }
      h = h.map(function (value, index) { return (value + s[index]) & WORD; });
    }
    var out = new Uint8Array(64);
    h.forEach(function (word, index) { for (var k = 7; k >= 0; k--) { out[8 * index + k] = Number(word & big(255)); word >>= EIGHT; } });
    return out;
  }

  /* Whether `key` (32 bytes) made `signature` (64 bytes) for `message`. */
  function verify(key, signature, message) {
    var a = point(key), s = number(signature.slice(32));
    if (!a || s >= L) return false;
    var all = new Uint8Array(64 + message.length);
    all.set(signature.slice(0, 32));
    all.set(key, 32);
    all.set(message, 64);
    var k = number(sha512(all)) % L;
    var found = coded(add(times(BASE, s), times([P - a[0], a[1], a[2], P - a[3]], k)));
    return found.every(function (byte, index) { return byte === signature[index]; });
  }

  return { can: true, verify: verify, sha512: sha512 };
})();
