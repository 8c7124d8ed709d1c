/* Ledgers: what a cell may hold, rows from files, files from rows. Pure: no page, no storage.
   Only the columns that the definition names are ever read; `personal` is what no cell may hold. */
var tingsuoLedger = (function () {
  "use strict";
  var MOST_ROWS = 20000, HEAD_WITHIN = 20, DAY = 86400000, MONTH = /^(\d{4})\D?(\d{1,2})(?:\D(\d{1,2})\D?.*)?$/;

  /* Half-width, without blanks: how headings and options are compared. */
  function plain(text) {
    text = String(text === undefined || text === null ? "" : text);
    return (text.normalize ? text.normalize("NFKC") : text).replace(/\s/g, "");
  }

  /* Whether a text looks as if it held an identity card, bank card or telephone number, however it is spaced. */
  function personal(text) { return /(^|\D)(\d{15}|\d{16,19}|\d{17}[xX]|1[3-9]\d{9}|0\d{9,11})(\D|$)/.test(plain(text).replace(/[-‐-―－·.]/g, "")); }

  function two(n) { return ("0" + n).slice(-2); }

  // ---- cells -----------------------------------------------------------------------------
  /* A day as [year, month, day] from text or from Excel's count of days; null when it is none. */
  function day(text, base1904) {
    var said = plain(text), number = /^\d{5}(\.\d+)?$/.test(said) ? Math.floor(+said) : 0;
    if (number) {
      var date = new Date(Date.UTC(1899, 11, 30) + (number + (base1904 ? 1462 : 0)) * DAY);
      return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    }
    // What Excel makes of 2026-11 in a table in text.
    var named = /^([A-Za-z]{3})-(\d\d)$/.exec(said), nth = named ? "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(named[1].toLowerCase()) : -1;
    if (nth >= 0 && nth % 3 === 0) said = "20" + named[2] + "-" + (nth / 3 + 1);
    var found = /^(\d{4})(\d{2})(\d{2})?$/.exec(said) || MONTH.exec(said);
    if (!found || +found[1] < 2000 || +found[1] > 2099 || +found[2] < 1 || +found[2] > 12) return null;
    var of = found[3] ? +found[3] : 1, made = new Date(Date.UTC(+found[1], +found[2] - 1, of));
    return made.getUTCDate() === of && of > 0 ? [+found[1], +found[2], of] : null;
  }

  function options(column) {
    if (!column.known) {
      column.known = Object.create(null);
      column.options.forEach(function (option) { column.known[plain(option)] = option; });
    }
    return column.known;
  }

  /* What a column makes of what stands in a cell: the value, "" for an empty cell, null for what it can't hold. */
  function value(column, text, base1904) {
    var said = plain(text);
    if (!said) return "";
    if (column.type === "选项") return options(column)[said] || null;
    if (column.type === "月份" || column.type === "日期") {
      var at = day(text, base1904);
      return at ? at[0] + "-" + two(at[1]) + (column.type === "日期" ? "-" + two(at[2]) : "") : null;
    }
    if (column.type === "数字") {
      var number = said.replace(/,/g, "").replace(/(元|人|件|份|次|天|分钟)$/, "");
      return /^\d{1,12}(\.\d{1,6})?$/.test(number) ? String(+number) : null;
    }
    return personal(text) ? null : String(text).replace(/[\u0000-\u001f\ufffe\uffff]+/g, " ").trim().slice(0, 200);
  }

  // ---- rows from files -------------------------------------------------------------------
  /* Takes the sheets of a file for tingsuoWorkbook.read and keeps what belongs to the definition's tabs.
     `only`: names of column types to keep. After reading, `found` is [{tab, rows: [{values, wrong, number}], …}]. */
  function collector(definition, only) {
    var found = [], unknown = [], taken = { rows: 0 };
    function fits(tab, cells) {
      var known = {}, places = [], strange = 0, twice = [];
      tab.columns.forEach(function (column) { known[plain(column.name)] = column; });
      cells.forEach(function (cell, at) {
        var name = plain(cell), column = Object.prototype.hasOwnProperty.call(known, name) ? known[name] : null;
        if (!column) strange += name ? 1 : 0;
        else if (places.some(function (place) { return place.column === column; })) twice.push(column.name);
        else places.push({ at: at, column: column });
      });
      return { tab: tab, places: places, strange: strange, twice: twice };
    }
    function best(name, cells) {
      var named = definition.tabs.filter(function (tab) { return tab.name === name; });
      return (named.length ? named : definition.tabs).map(function (tab) { return fits(tab, cells); })
        .sort(function (one, other) { return other.places.length - one.places.length; })[0];
    }
    function open(name, twice) {
      var named = definition.tabs.some(function (tab) { return tab.name === name; }), head = null, tried = 0, headAt = 0;
      var sheet = { name: name, tab: null, rows: [], strange: 0, doubled: [], missing: [], merged: 0, formulas: 0, cut: false, twice: twice, named: named };
      if (twice) {
        // Which of the two is meant nobody can tell, so neither is read.
        if (named && !found.some(function (other) { return other.name === name; })) found.push(sheet);
        return null;
      }
      return {
        row: function (cells, number, base1904) {
          if (!head) {
            var most = best(name, cells);
            if (most.places.length < Math.min(3, most.tab.columns.length)) return ++tried < HEAD_WITHIN;
            head = most;
            headAt = number;
            sheet.tab = head.tab;
            sheet.strange = head.strange;
            sheet.doubled = head.twice;
            sheet.missing = head.tab.columns.filter(function (column) { return !head.places.some(function (place) { return place.column === column; }); }).map(function (column) { return column.name; });
            return true;
          }
          var values = {}, wrong = [], any = false;
          head.places.forEach(function (place) {
            var text = cells[place.at];
            if (text !== undefined && !name) text = unguarded(text);
            if (text === undefined || (only && only.indexOf(place.column.type) < 0)) return;
            var made = value(place.column, text, base1904);
            if (made === "") return;
            any = true;
            if (made === null) wrong.push(place.column.name);
            else values[place.column.name] = made;
          });
          if (!any) return true;
          if (sheet.rows.length >= MOST_ROWS) {
            sheet.cut = true;
            return false;
          }
          sheet.rows.push({ values: values, wrong: wrong, number: number });
          taken.rows++;
          return true;
        },
        merged: function (reference) {
          var ends = /^[A-Z]+(\d+):[A-Z]+(\d+)$/i.exec(reference);
          if (ends && head && +ends[2] > headAt) sheet.merged++;
        },
        end: function (about) {
          sheet.formulas = about.formulas;
          if (head) found.push(sheet);
          else if (named) found.push(sheet);
          else unknown.push(name);
        }
      };
    }
    return { open: open, found: found, unknown: unknown, taken: taken };
  }

  /* What is to be said of the sheets that were read, one sentence each. */
  function remarks(sheets) {
    var out = [];
    function cut(name) { return name.length > 20 ? name.slice(0, 20) + "…" : name; }
    sheets.forEach(function (sheet) {
      var name = "“" + cut(sheet.tab ? sheet.tab.name : sheet.name) + "”";
      if (sheet.twice) out.push("有两张表都叫" + name + "，不知道看哪一张，都没有读。删去一张再选。");
      else if (!sheet.tab) out.push(name + "里没有认得的列名，没有读。列名要和台账的一样，在第一行。");
      if (sheet.missing.length) out.push(name + "少了这几列：" + sheet.missing.join("、") + "。");
      if (sheet.doubled.length) out.push(name + "里有重复的列，只读最左边的：" + sheet.doubled.join("、") + "。");
      if (sheet.strange) out.push(name + "里有" + sheet.strange + "列不是台账的列，没有读。写了姓名、电话的列请删掉。");
      if (sheet.formulas) out.push(name + "里有" + sheet.formulas + "格是公式，没有运行，只看存好的结果。");
      if (sheet.merged) out.push(name + "里有" + sheet.merged + "处合并的单元格，只算左上角那一格，请取消合并。");
      if (sheet.cut) out.push(name + "超过" + MOST_ROWS + "行，只读了前面" + MOST_ROWS + "行，后面的没有算。请分年度存。");
    });
    return out;
  }

  // ---- files from rows -------------------------------------------------------------------
  // A cell that begins like this would be run as a formula by Excel.
  var DANGEROUS = /^'*[=+\-@\t\r＝＋－＠]/;
  function guarded(text) { return DANGEROUS.test(text) ? "'" + text : text; }
  function unguarded(text) { return text.charAt(0) === "'" && DANGEROUS.test(text) ? text.slice(1) : text; }

  function csvCell(text) {
    text = guarded(text);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  /* A tab as CSV for Excel: UTF-8 with its mark, lines ended as Windows does. */
  function csv(tab, rows) {
    var lines = [tab.columns.map(function (column) { return csvCell(column.name); })];
    rows.forEach(function (row) { lines.push(tab.columns.map(function (column) { return csvCell(row[column.name] || ""); })); });
    return "\ufeff" + lines.map(function (line) { return line.join(",") + "\r\n"; }).join("");
  }

  function xml(text) {
    return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }
  function letters(n) { return (n >= 26 ? letters(Math.floor(n / 26) - 1) : "") + String.fromCharCode(65 + n % 26); }
  function serial(text) {
    var at = day(text, false);
    return Math.round((Date.UTC(at[0], at[1] - 1, at[2]) - Date.UTC(1899, 11, 30)) / DAY);
  }

  var STYLE = { "选项": 2, "文字": 2, "数字": 3, "月份": 4, "日期": 5 };
  function cellXml(column, reference, text) {
    if (!text) return "";
    var at = '<c r="' + reference + '" s="' + STYLE[column.type] + '"';
    if (column.type === "数字") return at + "><v>" + xml(text) + "</v></c>";
    if (column.type === "月份" || column.type === "日期") return at + "><v>" + serial(text) + "</v></c>";
    return at + ' t="inlineStr"><is><t xml:space="preserve">' + xml(text) + "</t></is></c>";
  }

  function validation(column, n) {
    var cells = ' sqref="' + letters(n) + "2:" + letters(n) + '3001" allowBlank="1" showErrorMessage="1"', list = column.options.join(",");
    if (column.type === "选项" && list.length <= 255 && !column.options.some(function (option) { return /[,"]/.test(option); })) {
      return '<dataValidation type="list"' + cells + "><formula1>&quot;" + xml(list) + "&quot;</formula1></dataValidation>";
    }
    if (column.type === "月份" || column.type === "日期") return '<dataValidation type="date" operator="between"' + cells + "><formula1>36526</formula1><formula2>73050</formula2></dataValidation>";
    if (column.type === "数字") return '<dataValidation type="decimal" operator="greaterThanOrEqual"' + cells + "><formula1>0</formula1></dataValidation>";
    return "";
  }

  function sheetXml(tab, rows, first) {
    var head = tab.columns.map(function (column, n) { return '<c r="' + letters(n) + '1" s="1" t="inlineStr"><is><t>' + xml(column.name) + "</t></is></c>"; }).join("");
    var widths = tab.columns.map(function (column, n) { return '<col min="' + (n + 1) + '" max="' + (n + 1) + '" width="' + column.width + '" style="' + STYLE[column.type] + '" customWidth="1"/>'; }).join("");
    var checks = tab.columns.map(validation).filter(Boolean), body = rows.map(function (row, at) {
      return '<row r="' + (at + 2) + '">' + tab.columns.map(function (column, n) { return cellXml(column, letters(n) + (at + 2), row[column.name]); }).join("") + "</row>";
    }).join("");
    return XML + '<worksheet xmlns="' + MAIN + '"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView' + (first ? ' tabSelected="1"' : "") +
      ' workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>' + widths +
      '</cols><sheetData><row r="1" ht="32" customHeight="1">' + head + "</row>" + body + "</sheetData>" +
      (checks.length ? '<dataValidations count="' + checks.length + '">' + checks.join("") + "</dataValidations>" : "") +
      '<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>';
  }

  // Names of formats, not addresses: nothing is asked for there.
  var NAMES = "http:/" + "/schemas.openxmlformats.org/", MAIN = NAMES + "spreadsheetml/2006/main";
  var OFFICE = NAMES + "officeDocument/2006/relationships", PACKAGE = NAMES + "package/2006/";
  var XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

  /* The parts of an Excel file with all tabs; `rowsOf(tab)` gives a tab's rows. */
  function workbook(definition, rowsOf) {
    var files = {}, kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    function each(make) { return definition.tabs.map(make).join(""); }
    files["[Content_Types].xml"] = XML + '<Types xmlns="' + PACKAGE + 'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      '<Override PartName="/xl/workbook.xml" ContentType="' + kinds + 'sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="' + kinds + 'styles+xml"/>' +
      each(function (tab, n) { return '<Override PartName="/xl/worksheets/sheet' + (n + 1) + '.xml" ContentType="' + kinds + 'worksheet+xml"/>'; }) + "</Types>";
    files["_rels/.rels"] = XML + '<Relationships xmlns="' + PACKAGE + 'relationships"><Relationship Id="rId1" Type="' + OFFICE + '/officeDocument" Target="xl/workbook.xml"/></Relationships>';
    files["xl/workbook.xml"] = XML + '<workbook xmlns="' + MAIN + '" xmlns:r="' + OFFICE + '"><sheets>' +
      each(function (tab, n) { return '<sheet name="' + xml(tab.name) + '" sheetId="' + (n + 1) + '" r:id="rId' + (n + 1) + '"/>'; }) + "</sheets><definedNames>" +
      each(function (tab, n) { return '<definedName name="_xlnm.Print_Titles" localSheetId="' + n + '">\'' + xml(tab.name.replace(/'/g, "''")) + "'!$1:$1</definedName>"; }) + "</definedNames></workbook>";
    files["xl/_rels/workbook.xml.rels"] = XML + '<Relationships xmlns="' + PACKAGE + 'relationships">' +
      each(function (tab, n) { return '<Relationship Id="rId' + (n + 1) + '" Type="' + OFFICE + '/worksheet" Target="worksheets/sheet' + (n + 1) + '.xml"/>'; }) +
      '<Relationship Id="rId' + (definition.tabs.length + 1) + '" Type="' + OFFICE + '/styles" Target="styles.xml"/></Relationships>';
    var border = "<left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/><diagonal/>";
    function look(format, font, more) { return '<xf numFmtId="' + format + '" fontId="' + font + '" fillId="' + (font ? 2 : 0) + '" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"' + more + "/></xf>"; }
    files["xl/styles.xml"] = XML + '<styleSheet xmlns="' + MAIN + '"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
      '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="黑体"/></font></fonts>' +
      '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EFF8"/></patternFill></fill></fills>' +
      '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>' + border + "</border></borders>" +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
      look(49, 1, ' horizontal="center"') + look(49, 0, "") + look(0, 0, "") + look(164, 0, "") + look(165, 0, "") + "</cellXfs></styleSheet>";
    definition.tabs.forEach(function (tab, n) { files["xl/worksheets/sheet" + (n + 1) + ".xml"] = sheetXml(tab, rowsOf(tab), n === 0); });
    return files;
  }

  return {
    MOST_ROWS: MOST_ROWS, plain: plain, personal: personal, value: value, collector: collector, remarks: remarks,
    csv: csv, guarded: guarded, unguarded: unguarded, workbook: workbook
  };
})();
