/* 验证.html, third part: what a list, a signature and a key say. Pure: bytes and texts in, plain objects out. */
var tingsuoVerify = (function () {
  "use strict";
  var LIST = "SHA256SUMS", SIGNATURE = LIST + ".minisig";
  var SYSTEM_TOP = /^(System Volume Information|\$RECYCLE\.BIN|RECYCLER|LOST\.DIR|lost\+found|\.Trashes|\.Trash-\d+|\.Spotlight-V100|\.fseventsd)(\/|$)/;
  var SYSTEM_FILE = /(^|\/)(Thumbs\.db|desktop\.ini|\.DS_Store|\._[^/]+)$/;

  /* Names from other people's files: what could move or hide text is written out. */
  function shown(name) {
    return name.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, function (c) {
      return "\\u" + ("000" + c.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  /* Bytes as UTF-8 text, null when they aren't. */
  function text(bytes) {
    try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); } catch (e) { return null; }
  }

  /* The list → {sums: {name: digest}, wrong: [sentence]}. */
  function readList(bytes) {
    var whole = text(bytes), sums = Object.create(null), wrong = [];
    if (whole === null) return { sums: sums, wrong: ["清单 " + LIST + " 不是 UTF-8 文本"] };
    var lines = whole.split("\n");
    if (lines.pop() !== "" || !lines.length) wrong.push("清单 " + LIST + " 不完整");
    lines.forEach(function (line, index) {
      var found = /^([0-9a-f]{64}) {2}([^\\]+)$/.exec(line), where = "清单 " + LIST + " 第 " + (index + 1) + " 行";
      if (!found || found[2] !== shown(found[2]) || /^\/|(^|\/)\.{0,2}(\/|$)|:/.test(found[2])) wrong.push(where + "看不懂：" + shown(line.slice(0, 80)));
      else if (found[2] === LIST || found[2] === SIGNATURE) wrong.push(where + "写的是清单自己：" + found[2]);
      else if (found[2] in sums) wrong.push(where + "重复：" + found[2]);
      else sums[found[2]] = found[1];
    });
    return { sums: sums, wrong: wrong };
  }

  /* Names in the folder against the list → {both, missing, extra, system, staged}; `staged`: of an update that was cut short. */
  function sorted(names, sums) {
    var there = Object.create(null), out = { both: [], missing: [], extra: [], system: [], staged: [] };
    names.forEach(function (name) { there[name] = true; });
    Object.keys(sums).forEach(function (name) { (there[name] ? out.both : out.missing).push(name); });
    names.forEach(function (name) {
      if (name in sums || name === LIST || name === SIGNATURE) return;
      if (name.indexOf(".tingsuo-update/") === 0) out.staged.push(name);
      else (SYSTEM_TOP.test(name) || SYSTEM_FILE.test(name) ? out.system : out.extra).push(name);
    });
    return out;
  }

  function decoded(line) {
    try {
      var raw = atob(line), out = new Uint8Array(raw.length);
      for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
      return out;
    } catch (e) { return new Uint8Array(0); }
  }
  function name(number) { return tingsuoHash.hex(number.slice().reverse()).toUpperCase(); }

  /* A public key's line → {number, raw, name, all}, null when it is none. */
  function readKey(line) {
    var all = decoded(line);
    if (all.length !== 42 || all[0] !== 69 || all[1] !== 100) return null;
    return { number: all.slice(2, 10), raw: all.slice(10), name: name(all.slice(2, 10)), all: all };
  }

  /* A signature file → {hashed, number, signature, comment, both, name}, null when it is none. */
  function readSignature(bytes) {
    var lines = (text(bytes) || "").replace(/\n$/, "").split("\n"), all = decoded(lines[1] || ""), both = decoded(lines[3] || "");
    if (lines.length !== 4 || lines[0].indexOf("untrusted comment: ") || lines[2].indexOf("trusted comment: ")) return null;
    if (all.length !== 74 || both.length !== 64 || all[0] !== 69 || (all[1] !== 68 && all[1] !== 100)) return null;
    return { hashed: all[1] === 68, number: all.slice(2, 10), signature: all.slice(10), comment: lines[2].slice(17), both: both, name: name(all.slice(2, 10)) };
  }

  /* What the two Ed25519 signatures are over: [the list or its BLAKE2b-512, signature and comment]. */
  function signed(signature, list) {
    var first = list, comment = new TextEncoder().encode(signature.comment), second = new Uint8Array(64 + comment.length);
    if (signature.hashed) {
      var count = tingsuoHash.blake2b();
      count.update(list);
      first = count.bytes();
    }
    second.set(signature.signature);
    second.set(comment, 64);
    return [first, second];
  }

  /* What a good signature vouches for beside the files. */
  function said(comment) {
    var edition = /(?:^|\t)edition:([^\t]+)/.exec(comment), date = /(?:^|\t)date:([^\t]+)/.exec(comment);
    return shown("签名里写着：" + (edition && date ? "版本 " + edition[1] + "，签名日期 " + date[1] + "。" : comment.replace(/\t/g, "，")));
  }

  /* Forty digits in groups of four: the last forty of SHA-256 over the key's 42 bytes, read as one number. */
  function fingerprint(key) {
    var count = tingsuoHash.sha256(), digits = "";
    count.update(key.all);
    var bytes = count.bytes();
    for (var n = 0; n < 40; n++) {
      var rest = 0;
      for (var i = 0; i < 32; i++) { rest = rest * 256 + bytes[i]; bytes[i] = Math.floor(rest / 10); rest %= 10; }
      digits = rest + digits;
    }
    return digits.match(/.{4}/g).join(" ");
  }

  return {
    LIST: LIST, SIGNATURE: SIGNATURE, shown: shown, readList: readList, sorted: sorted, readKey: readKey,
    readSignature: readSignature, signed: signed, said: said, fingerprint: fingerprint
  };
})();
