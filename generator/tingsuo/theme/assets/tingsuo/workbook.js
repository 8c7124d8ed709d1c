/* Reading a workbook (.xlsx) or a table in text (.csv): bytes → rows of texts, in slices, with limits. Formulas, macros and links
   are never run or followed: only what was saved in the cells is read. Pure: no page, no storage. */
var tingsuoWorkbook = (function () {
  "use strict";
  var MOST_BYTES = 40 * 1048576, MOST_INFLATED = 200 * 1048576, MOST_RATIO = 400, MOST_PARTS = 2000, MOST_STRINGS = 400000;
  var LONGEST_ELEMENT = 2 * 1048576, LONGEST_TEXT = 400, LONGEST_TAG = 300, MOST_COLUMNS = 200;

  /* What went wrong, for the person who chose the file. */
  function Refusal(text) { this.sentence = text; }
  function refuse(text) { throw new Refusal(text); }
  var DAMAGED = "文件读不全，可能没有下载完。用 Excel 或 WPS 打开，另存为 .xlsx 再选。";

  /* Gives the page its turn when a slice has been used up. */
  function breather() {
    var since = Date.now();
    return function () {
      if (Date.now() - since < read.slice) return null;
      return new Promise(function (resolve) {
        setTimeout(function () {
          since = Date.now();
          resolve();
        }, 0);
      });
    };
  }

  // ---- the zip ---------------------------------------------------------------------------
  function parts(bytes) {
    var view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), end = -1, found = Object.create(null);
    for (var at = bytes.length - 22; at >= Math.max(0, bytes.length - 65557); at--) {
      if (view.getUint32(at, true) === 0x06054b50) {
        end = at;
        break;
      }
    }
    if (end < 0) refuse(DAMAGED);
    var count = view.getUint16(end + 10, true), place = view.getUint32(end + 16, true), names = new TextDecoder();
    if (count > MOST_PARTS) refuse("文件里的部件多得不正常，没有读。");
    for (var n = 0; n < count; n++) {
      if (place + 46 > bytes.length || view.getUint32(place, true) !== 0x02014b50) refuse(DAMAGED);
      var length = view.getUint16(place + 28, true), name = names.decode(bytes.subarray(place + 46, place + 46 + length)).replace(/\\/g, "/");
      if (view.getUint16(place + 8, true) & 1) refuse("文件加了密码，没有读。去掉密码，另存一份再选。");
      found[name.replace(/^\//, "").toLowerCase()] = {
        method: view.getUint16(place + 10, true), packed: view.getUint32(place + 20, true), place: view.getUint32(place + 42, true)
      };
      place += 46 + length + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
    }
    return { bytes: bytes, view: view, found: found, inflated: 0 };
  }

  /* Hands the text of a part to `take` piece by piece, until it returns false. */
  async function text(zip, name, take, breathe) {
    var part = zip.found[name.toLowerCase()];
    if (!part || part.place + 30 > zip.bytes.length) refuse(DAMAGED);
    var start = part.place + 30 + zip.view.getUint16(part.place + 26, true) + zip.view.getUint16(part.place + 28, true);
    var packed = zip.bytes.subarray(start, start + part.packed), decoder = new TextDecoder(), size = 0;
    if (packed.length < part.packed || (part.method !== 0 && part.method !== 8)) refuse(DAMAGED);
    var at = 0, source = part.method ? tingsuoInflate.reader(packed, read.plain) : {
      next: function () { return Promise.resolve(at < packed.length ? packed.subarray(at, at += 65536) : null); }, stop: function () { /* Nothing runs. */ }
    };
    for (;;) {
      var piece;
      try { piece = await source.next(); } catch (e) { refuse(DAMAGED); }
      if (!piece) break;
      size += piece.length;
      zip.inflated += piece.length;
      // Our own sheets shrink twenty- to forty-fold; a bomb a thousandfold.
      if (zip.inflated > MOST_INFLATED || (size > 8 * 1048576 && size > part.packed * MOST_RATIO)) {
        source.stop();
        refuse("文件解开以后大得不正常，停下来没有读。");
      }
      // A browser may hand over pieces of several megabytes.
      for (var from = 0; from < piece.length; from += 65536) {
        if (take(decoder.decode(piece.subarray(from, from + 65536), { stream: true })) === false) {
          source.stop();
          return;
        }
        await breathe();
      }
    }
    take(decoder.decode());
  }

  async function whole(zip, name, breathe) {
    var out = "";
    await text(zip, name, function (piece) {
      out += piece;
      if (out.length > LONGEST_ELEMENT) refuse(DAMAGED);
    }, breathe);
    return out;
  }

  // ---- XML, as much as sheets need -------------------------------------------------------
  var NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  function decoded(xml) {
    if (xml.indexOf("<![CDATA[") >= 0) xml = xml.split("<![CDATA[").map(function (part) { return part.replace("]]>", ""); }).join("");
    if (xml.indexOf("&") < 0) return xml;
    return xml.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, function (all, hex, digits, name) {
      if (name) return NAMED[name.toLowerCase()] || all;
      var code = hex ? parseInt(hex, 16) : +digits;
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    });
  }

  function attribute(tag, name) {
    var found = new RegExp("(?:^|\\s)(?:\\w+:)?" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')").exec(tag.slice(0, LONGEST_TAG));
    return found ? decoded(found[1] !== undefined ? found[1] : found[2]) : "";
  }

  /* Every whole element of a name to `each(tag, inside)`. Looks at no sign twice, whatever is left open: patterns would. */
  function scan(xml, name, each) {
    var begins = new RegExp("<((?:\\w+:)?" + name + ")(?=[\\s/>])", "g"), found;
    while ((found = begins.exec(xml))) {
      var close = xml.indexOf(">", found.index), after = close + 1, inside = "";
      if (close < 0) return;
      if (xml.charAt(close - 1) !== "/") {
        var end = xml.indexOf("</" + found[1] + ">", close);
        if (end < 0) return;
        inside = xml.slice(after, end);
        after = end + found[1].length + 3;
      }
      if (each(xml.slice(found.index + found[1].length + 1, close), inside) === false) return;
      begins.lastIndex = after;
    }
  }

  /* The texts (<t>) below an element; what only says how to pronounce it (<rPh>) is left out. */
  function texts(xml) {
    var out = "";
    if (xml.indexOf("rPh") >= 0) scan(xml, "rPh", function (tag, inside) { if (inside) xml = xml.replace(inside, ""); });
    scan(xml, "t", function (tag, inside) {
      out += decoded(inside.slice(0, LONGEST_TEXT));
      return out.length < LONGEST_TEXT;
    });
    return out.slice(0, LONGEST_TEXT);
  }

  /* A function that takes text piece by piece and calls `each(name, tag, inside)` for every whole element of these names. */
  function elements(names, each) {
    var rest = "", begins = new RegExp("<((?:\\w+:)?(" + names + "))(?=[\\s/>])", "g"), going = true;
    return function (piece) {
      var buffer = rest + piece, at = 0, found;
      begins.lastIndex = 0;
      while (going && (found = begins.exec(buffer))) {
        at = found.index;
        var close = buffer.indexOf(">", at);
        if (close < 0) break;
        var tag = buffer.slice(at + found[1].length + 1, close), inside = "", after = close + 1;
        if (tag.charAt(tag.length - 1) !== "/") {
          var end = buffer.indexOf("</" + found[1] + ">", close);
          if (end < 0) break;
          inside = buffer.slice(close + 1, end);
          after = end + found[1].length + 3;
        }
        at = begins.lastIndex = after;
        if (each(found[2], tag, inside) === false) going = false;
      }
      // Without a beginning only the last few signs may be part of one.
      rest = found ? buffer.slice(at) : buffer.slice(Math.max(at, buffer.length - 40));
      if (rest.length > LONGEST_ELEMENT) refuse("表里有一格或一行长得不正常，没有读。");
      return going;
    };
  }

  // ---- the workbook ----------------------------------------------------------------------
  async function sharedStrings(zip, name, breathe) {
    var strings = [];
    if (!name || !zip.found[name.toLowerCase()]) return strings;
    await text(zip, name, elements("si", function (kind, tag, inside) {
      if (strings.length >= MOST_STRINGS) refuse("表里的文字多得不正常，没有读。");
      strings.push(texts(inside));
    }), breathe);
    return strings;
  }

  function columnOf(reference) {
    var n = 0;
    for (var at = 0; at < reference.length && at < 3; at++) {
      var code = reference.charCodeAt(at) - 64;
      if (code < 1 || code > 26) break;
      n = n * 26 + code;
    }
    return n - 1;
  }

  function cells(inside, strings, about) {
    var out = [], next = 0;
    scan(inside, "c", function (tag, body) {
      var reference = attribute(tag, "r"), at = reference ? columnOf(reference) : next, type = attribute(tag, "t"), value = null;
      next = at + 1;
      if (at < 0 || at >= MOST_COLUMNS || !body) return;
      if (/<(?:\w+:)?f[\s/>]/.test(body)) about.formulas++;
      if (type === "inlineStr") {
        out[at] = texts(body);
        return;
      }
      scan(body, "v", function (tag, text) {
        value = text.slice(0, LONGEST_TEXT);
        return false;
      });
      var said = value && type !== "e" ? decoded(value) : "";
      out[at] = type === "s" && said ? strings[+said] || "" : said;
    });
    return out;
  }

  function relations(xml) {
    var targets = Object.create(null);
    (xml.match(/<(?:\w+:)?Relationship\s[^<>]*>/g) || []).forEach(function (tag) {
      var target = attribute(tag, "Target");
      // What stands outside the file is never fetched.
      if (attribute(tag, "TargetMode") === "External") return;
      targets[attribute(tag, "Id")] = { type: attribute(tag, "Type").replace(/^.*\//, ""), path: target.charAt(0) === "/" ? target.slice(1) : "xl/" + target.replace(/^\.\//, "") };
    });
    return targets;
  }

  /* A workbook's sheets to `open(name)`, which gives {row(cells, number, base1904), merged(reference), end(about)} or null for a sheet that isn't wanted. */
  async function excel(bytes, open, breathe) {
    var zip = parts(bytes), names = Object.keys(zip.found);
    if (!zip.found["xl/workbook.xml"]) refuse("这不是 Excel 的 .xlsx 文件。用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 再选。");
    if (names.some(function (name) { return /vbaproject\.bin$/.test(name); })) refuse("文件里带宏，没有读，也没有运行。另存为不带宏的 .xlsx 再选。");
    var book = await whole(zip, "xl/workbook.xml", breathe);
    var targets = relations(zip.found["xl/_rels/workbook.xml.rels"] ? await whole(zip, "xl/_rels/workbook.xml.rels", breathe) : "");
    var base = /<(?:\w+:)?workbookPr\s[^<>]*date1904\s*=\s*["'](1|true)["']/.test(book) ? 1 : 0, sheets = [], seen = Object.create(null);
    (book.match(/<(?:\w+:)?sheet\s[^<>]*>/g) || []).slice(0, 60).forEach(function (tag) {
      var target = targets[attribute(tag, "id")];
      var name = attribute(tag, "name").trim();
      seen[name] = (seen[name] || 0) + 1;
      if (target && target.type === "worksheet") sheets.push({ name: name, path: target.path });
    });
    if (!sheets.length) refuse("文件里没有工作表。");
    var shared = Object.keys(targets).filter(function (id) { return targets[id].type === "sharedStrings"; })[0], strings = null;
    for (var n = 0; n < sheets.length; n++) {
      var taker = open(sheets[n].name, seen[sheets[n].name] > 1);
      if (!taker) continue;
      if (!strings) strings = await sharedStrings(zip, shared && targets[shared].path, breathe);
      var about = { formulas: 0 }, number = 0, going = true;
      await text(zip, sheets[n].path, elements("row|mergeCell", function (kind, tag, inside) {
        if (kind === "mergeCell") {
          taker.merged(attribute(tag, "ref"));
          return true;
        }
        number = +attribute(tag, "r") || number + 1;
        if (going) going = taker.row(cells(inside, strings, about), number, base) !== false;
        return going;
      }), breathe);
      taker.end(about);
    }
  }

  // ---- text ------------------------------------------------------------------------------
  function textOf(bytes) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
    for (var at = 0; at < Math.min(bytes.length, 8192); at++) if (bytes[at] === 0) refuse("这不是台账文件。请选 .xlsx 或 .csv。");
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch (e) { /* Excel and WPS save Chinese tables in the older coding. */ }
    return new TextDecoder("gb18030").decode(bytes);
  }

  /* A function that gives the rows of a CSV text one by one, and null at the end. */
  function csvRows(whole) {
    var first = whole.slice(0, Math.max(0, whole.indexOf("\n")) || 2000), at = whole.charCodeAt(0) === 0xfeff ? 1 : 0;
    var mark = [",", "\t", ";"].sort(function (one, other) { return first.split(other).length - first.split(one).length; })[0];
    return function () {
      if (at >= whole.length) return null;
      var row = [], count = 0;
      for (;;) {
        var cell = "";
        if (whole.charAt(at) === '"') {
          var from = at + 1;
          for (;;) {
            var quote = whole.indexOf('"', from);
            if (quote < 0) quote = whole.length;
            cell += whole.slice(from, quote);
            at = quote + 1;
            if (whole.charAt(at) !== '"') break;
            cell += '"';
            from = at + 1;
          }
        }
        var begin = at;
        while (at < whole.length && whole.charAt(at) !== mark && whole.charAt(at) !== "\n" && whole.charAt(at) !== "\r") at++;
        cell += whole.slice(begin, at);
        if (++count > 10 * MOST_COLUMNS) refuse("一行里的列多得不正常，没有读。");
        if (row.length < MOST_COLUMNS) row.push(cell.slice(0, LONGEST_TEXT));
        if (whole.charAt(at) === mark && at < whole.length) {
          at++;
          continue;
        }
        if (whole.charAt(at) === "\r") at++;
        if (whole.charAt(at) === "\n") at++;
        return row;
      }
    };
  }

  async function table(bytes, open, breathe) {
    var next = csvRows(textOf(bytes)), taker = open("", false), number = 0, row;
    if (!taker) return;
    while ((row = next())) {
      if (taker.row(row, ++number, 0) === false) break;
      if (number % 64 === 0) await breathe();
    }
    taker.end({ formulas: 0 });
  }

  /* Reads a file. Resolves when all is read; rejects with a Refusal, whose `sentence` says why not. */
  async function read(bytes, open) {
    var breathe = breather();
    if (!bytes.length) refuse("文件是空的。");
    if (bytes.length > MOST_BYTES) refuse("文件超过40MB，没有读。台账不会这么大，看看是不是选错了。");
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) {
      refuse("文件加了密码，或者是旧的 .xls。去掉密码，另存为 .xlsx 再选。");
    }
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) await excel(bytes, open, breathe);
    else await table(bytes, open, breathe);
  }
  /* For tests: unpack without the browser's help. */
  read.plain = false;
  read.slice = 24;  // milliseconds

  return { read: read, Refusal: Refusal, csvRows: csvRows, breather: breather, MOST_BYTES: MOST_BYTES };
})();
