/* Papers: what is typed as it stands in the paper, sums and capitals, and the filled Word file. Pure: no page, no storage.
   The Word file is the template that outputs/docx_files.py wrote, filled by the rule in its docstring, in a zip without compression. */
var tingsuoPaper = (function () {
  "use strict";
  var parts = {}, TICKED = "☑", STOPS = /[。；，、\s]+$/;

  // ---- what is typed, as it stands in the paper ------------------------------------------
  function plain(text) {
    text = String(text || "");
    return (text.normalize ? text.normalize("NFKC") : text).replace(/[\s,，¥￥]/g, "");
  }

  /* A number as typed → its plain digits; null when it isn't one. */
  function digits(text, most) {
    var found = /^(\d{1,12})(?:\.(\d+))?$/.exec(plain(text).replace(/元$/, ""));
    if (!found || (found[2] || "").length > most) return null;
    var whole = found[1].replace(/^0+(?=\d)/, ""), rest = (found[2] || "").replace(/0+$/, "");
    if (!rest) return whole;
    return whole + "." + (most === 2 && rest.length === 1 ? rest + "0" : rest);
  }

  function day(text) {
    var found = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/.exec(plain(text));
    if (!found) return null;
    var made = new Date(+found[1], found[2] - 1, +found[3]);
    return made.getMonth() === found[2] - 1 && made.getDate() === +found[3] ? +found[1] + "年" + +found[2] + "月" + +found[3] + "日" : null;
  }

  function month(text) {
    var found = /^(\d{4})[-./年]?(\d{1,2})月?$/.exec(plain(text));
    return found && +found[2] >= 1 && +found[2] <= 12 ? found[1] + "年" + +found[2] + "月" : null;
  }

  var READERS = {
    "金额": [function (text) { return digits(text, 2); }, "只写数字，例如 12000 或 12000.50"],
    "数字": [function (text) { return digits(text, 4); }, "只写数字，例如 3"],
    "日期": [day, "日期写成 2026-11-23 这样"],
    "月份": [month, "月份写成 2026-11 这样"]
  };

  /* → {text, error}: what the paper shows ("" leaves the blank) and why it can't show what was typed. */
  function shown(field, value) {
    // What XML can't hold is typed by nobody, but pasted by somebody.
    value = String(value || "").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/\r\n?/g, "\n").trim();
    if (!value) return { text: "", error: "" };
    if (field.type === "勾选") return { text: TICKED, error: "" };
    var reader = READERS[field.type];
    if (!reader) return { text: field.type === "长文" ? value.replace(/\n{2,}/g, "\n") : value.replace(/\n+/g, " "), error: "" };
    var read = reader[0](value);
    return read === null ? { text: "", error: reader[1] } : { text: read, error: "" };
  }

  /* Whether a text looks as if it held an identity card, bank card or telephone number. */
  function personal(text) {
    return /(^|\D)(\d{15}|\d{16,19}|\d{17}[xX]|1[3-9]\d{9})(\D|$)/.test(String(text || "").replace(/[\s-]/g, ""));
  }

  /* An amount in capitals (大写) by the rule for bills: 12000 → 壹万贰仟元整. "" for what isn't an amount. */
  function capitals(amount) {
    var text = digits(amount, 2);
    if (text === null) return "";
    var DIGITS = "零壹贰叁肆伍陆柒捌玖", UNITS = ["", "拾", "佰", "仟"], GROUPS = ["", "万", "亿"];
    var whole = text.split(".")[0], cents = ((text.split(".")[1] || "") + "00").slice(0, 2), out = "", zero = false;
    for (var at = 0; at < whole.length; at++) {
      var place = whole.length - 1 - at, digit = +whole.charAt(at);
      if (digit) {
        out += (zero ? "零" : "") + DIGITS.charAt(digit) + UNITS[place % 4];
        zero = false;
      } else zero = out !== "";
      // The name of a group of four stands only where the group isn't all zeros.
      if (place % 4 === 0 && place > 0 && +whole.slice(Math.max(0, at - 3), at + 1)) out += GROUPS[place / 4];
    }
    var jiao = +cents.charAt(0), fen = +cents.charAt(1);
    if (!out && (jiao || fen)) return (jiao ? DIGITS.charAt(jiao) + "角" : "") + (fen ? DIGITS.charAt(fen) + "分" : "整");
    out = (out || "零") + "元";
    if (!jiao && !fen) return out + "整";
    return out + (jiao ? DIGITS.charAt(jiao) + "角" : "零") + (fen ? DIGITS.charAt(fen) + "分" : "整");
  }

  // ---- what follows from what is typed ---------------------------------------------------
  function byKey(definition) {
    var out = {};
    definition.fields.forEach(function (field) { out[field.key] = field; });
    return out;
  }

  /* The rows of a group that hold anything. */
  function filledRows(state, group) {
    return (state.rows[group] || []).filter(function (row) { return Object.keys(row).some(function (key) { return row[key]; }); });
  }

  /* → {key: text} of every field that follows from others: sums, advice, capitals. What was typed by hand stands. `counted`: key → [given, all]. */
  function reckon(definition, state) {
    var fields = byKey(definition), made = {}, counted = {};
    function value(key) { return state.values[key] || made[key] || ""; }
    function amounts(key) {
      var group = definition.groups.filter(function (keys) { return keys.indexOf(key) >= 0; })[0];
      return group ? filledRows(state, group[0]).map(function (row) { return row[key]; }) : [value(key)];
    }
    definition.fields.forEach(function (field) {
      if (!field.sum_of) return;
      var given = 0, sum = 0, scored = fields[field.sum_of[0]].type === "选项";
      field.sum_of.forEach(function (key) {
        amounts(key).forEach(function (text) {
          var read = text ? digits(text, 2) : null;
          if (read === null) return;
          given++;
          sum += Math.round(parseFloat(read) * 100);
        });
      });
      counted[field.key] = [given, field.sum_of.length];
      // A score says nothing until everything is scored; an account grows line by line.
      if (given && (!scored || given === field.sum_of.length)) made[field.key] = digits((sum / 100).toFixed(2), 2) || "";
    });
    definition.fields.forEach(function (field) {
      var number = field.advised_by ? digits(value(field.advised_by), 2) : null;
      if (number === null) return;
      field.advice.forEach(function (step) { if (parseFloat(number) >= step.at_least) made[field.key] = step.option; });
    });
    definition.fields.forEach(function (field) { if (field.capitals_of) made[field.key] = capitals(value(field.capitals_of)); });
    return { made: made, counted: counted };
  }

  /* → {values, rows}: every field as the paper shows it. */
  function finished(definition, state) {
    var fields = byKey(definition), made = reckon(definition, state).made, values = {}, rows = {};
    definition.fields.forEach(function (field) { values[field.key] = shown(field, state.values[field.key] || made[field.key]).text; });
    definition.groups.forEach(function (keys) {
      rows[keys[0]] = filledRows(state, keys[0]).map(function (row, n) {
        var out = {};
        keys.forEach(function (key) { out[key] = fields[key] ? shown(fields[key], fields[key].numbered ? String(n + 1) : row[key]).text : ""; });
        return out;
      });
    });
    return { values: values, rows: rows };
  }

  /* A value before punctuation ends in none of its own. */
  function beforeStop(text) { return text.replace(STOPS, ""); }

  // ---- the Word file ---------------------------------------------------------------------
  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function filled(xml, values) {
    return xml.replace(/\{\{([a-z0-9-]+)([!^]*)\|([\s\S]*?)\}\}/g, function (all, key, flags, empty) {
      var text = values[key] || "", own = flags.indexOf("^") >= 0;
      if (flags.indexOf("!") >= 0) text = beforeStop(text);
      if (!text) return empty;
      return text.split("\n").map(function (line) { return (own ? "　　" : "") + escaped(line); }).join('</w:t><w:br/><w:t xml:space="preserve">');
    });
  }

  /* A template with a paper's values; with none of them it is the blank paper. */
  function fill(xml, paper) {
    var out = "", at = 0;
    xml.replace(/\{\{#([a-z0-9-]+)\|(\d+)\}\}([\s\S]*?)\{\{\/\}\}/g, function (all, group, spare, row, place) {
      var entries = paper.rows[group] || [];
      out += filled(xml.slice(at, place), paper.values);
      if (!entries.length) for (var n = 0; n <= +spare; n++) out += filled(row, {});
      entries.forEach(function (entry) { out += filled(row, entry); });
      at = place + all.length;
      return all;
    });
    return out + filled(xml.slice(at), paper.values);
  }

  function bytes(text) { return new TextEncoder().encode(text); }

  var table = null;
  function crc32(data) {
    if (!table) {
      table = [];
      for (var n = 0; n < 256; n++) {
        var value = n;
        for (var bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
        table.push(value >>> 0);
      }
    }
    var crc = 0xffffffff;
    for (var at = 0; at < data.length; at++) crc = (crc >>> 8) ^ table[(crc ^ data[at]) & 255];
    return (crc ^ 0xffffffff) >>> 0;
  }

  /* {name: text} → the bytes of a zip that stores them, all dated 1980-01-01: nothing tells when it was filled in. */
  function zip(files) {
    var out = [], places = [], size = 0, names = Object.keys(files);
    function put(data) {
      out.push(data);
      size += data.length;
    }
    function numbers(list) {
      // [value, bytes] pairs, lowest byte first.
      var data = [];
      list.forEach(function (pair) { for (var n = 0; n < pair[1]; n++) data.push(Math.floor(pair[0] / Math.pow(256, n)) & 255); });
      return new Uint8Array(data);
    }
    var heads = names.map(function (name) {
      var data = bytes(files[name]), label = bytes(name);
      var head = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x0021, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [label.length, 2], [0, 2]];
      places.push(size);
      put(numbers([[0x04034b50, 4]].concat(head)));
      put(label);
      put(data);
      return [head, label];
    });
    var start = size;
    heads.forEach(function (pair, n) {
      put(numbers([[0x02014b50, 4], [20, 2]].concat(pair[0], [[0, 2], [0, 2], [0, 2], [0, 4], [places[n], 4]])));
      put(pair[1]);
    });
    put(numbers([[0x06054b50, 4], [0, 2], [0, 2], [names.length, 2], [names.length, 2], [size - start, 4], [start, 4], [0, 2]]));
    return out;
  }

  function take(more) { Object.keys(more).forEach(function (name) { parts[name] = more[name]; }); }

  /* The pieces of the filled Word file, for a Blob; null where its parts haven't loaded. */
  function word(paper) {
    if (!parts["word/document.xml"] || !parts["word/styles.xml"]) return null;
    var files = {};
    Object.keys(parts).forEach(function (name) { files[name] = parts[name]; });
    files["word/document.xml"] = fill(parts["word/document.xml"], paper);
    return zip(files);
  }

  return {
    parts: take, template: take, shown: shown, personal: personal, capitals: capitals, reckon: reckon, finished: finished,
    beforeStop: beforeStop, fill: fill, zip: zip, word: word, filledRows: filledRows
  };
})();
