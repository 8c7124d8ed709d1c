/* The page of the analysis: takes files or the ledger of this device, shows counts as tables with bars, fills the numbers into the drafts. Nothing is sent. */
(function () {
  "use strict";
  var A = tingsuoAnalysis, MOST_FILES = 40, SPOTS = 5, TOP = 5;

  function make(name, text, className) {
    var element = document.createElement(name);
    if (text !== undefined && text !== "") element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  function list(found) { return Array.prototype.slice.call(found); }

  function start(place) {
    var definition = JSON.parse(place.querySelector("[data-definition]").textContent), says = place.querySelector("[data-state]"), warns = place.querySelector("[data-warn]");
    var results = place.querySelector("[data-results]"), picker = place.querySelector("[data-files]"), own = place.querySelector("[data-own]");
    var tab = definition.tabs.filter(function (each) { return each.id === definition.analysed; })[0], turn = 0, all = [], sheets = [], cutOff = false, leftOut = 0;
    var selects = { from: place.querySelector("[data-from]"), to: place.querySelector("[data-to]"), town: place.querySelector("[data-town]"), topic: place.querySelector("[data-topic]") };
    function optionsOf(role) { return tab.columns.filter(function (column) { return column.name === definition.roles[role]; })[0].options; }
    var towns = optionsOf("town"), types = optionsOf("type"), outcomes = optionsOf("result");

    function warn(lines) {
      warns.textContent = "";
      lines.forEach(function (line) { warns.appendChild(make("li", line)); });
      warns.hidden = !lines.length;
    }

    // ---- taking in -------------------------------------------------------------------------
    function bytesOf(file) {
      return new Promise(function (resolve, reject) {
        if (file.size > tingsuoWorkbook.MOST_BYTES) reject(new tingsuoWorkbook.Refusal("文件超过40MB，没有读。台账不会这么大，看看是不是选错了。"));
        var reader = new FileReader();
        reader.onload = function () { resolve(new Uint8Array(reader.result)); };
        reader.onerror = function () { reject(new tingsuoWorkbook.Refusal("文件打不开，可能被别的程序占着。关掉那个程序再选。")); };
        reader.readAsArrayBuffer(file);
      });
    }

    /* Tells one file from another, whatever they are called (FNV-1a). */
    function fingerprint(bytes) {
      var hash = 0x811c9dc5;
      for (var at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
      return bytes.length + "|" + hash;
    }

    function readFiles(files) {
      var mine = ++turn, found = [], lines = [], seen = {}, many = files.length > 1;
      results.hidden = true;
      warn([]);
      if (files.length > MOST_FILES) {
        lines.push("一次最多选" + MOST_FILES + "个文件，后面的没有读。");
        files = files.slice(0, MOST_FILES);
      }
      function next(n) {
        if (mine !== turn) return null;
        if (n >= files.length) {
          finish(found, lines);
          return null;
        }
        var file = files[n], name = many ? "“" + file.name.slice(0, 30) + "”：" : "";
        var taken = tingsuoLedger.collector(definition, ["选项", "月份", "日期", "数字"]);
        var ticking = setInterval(function () { if (mine === turn) says.textContent = "正在读" + (many ? "第" + (n + 1) + "个文件" : "") + "，已读" + taken.taken.rows + "行…"; }, 200);
        says.textContent = "正在读…";
        return bytesOf(file).then(function (bytes) {
          var key = fingerprint(bytes);
          if (seen[key]) throw new tingsuoWorkbook.Refusal("和前面一个文件一模一样，只算一次。");
          seen[key] = true;
          return tingsuoWorkbook.read(bytes, function (sheet, twice) {
            var taker = taken.open(sheet, twice);
            if (!taker) return null;
            return { row: function (cells, number, base) { return mine === turn && taker.row(cells, number, base); }, merged: taker.merged, end: taker.end };
          });
        }).then(function () {
          tingsuoLedger.remarks(taken.found).forEach(function (line) { lines.push(name + line); });
          if (!taken.found.length) lines.push(name + "文件里没有台账的表，什么也没有读。列名要和台账的一样，在第一行。");
          found = found.concat(taken.found);
        }, function (problem) {
          lines.push(name + (problem.sentence || "文件读不懂，没有读。用 Excel 或 WPS 另存为 .xlsx 再选。"));
        }).then(function () {
          clearInterval(ticking);
          return next(n + 1);
        });
      }
      return next(0);
    }

    function readOwn() {
      turn++;
      finish(ownSheets(), []);
    }
    function ownSheets() {
      return definition.tabs.map(function (each) {
        var rows;
        try { rows = JSON.parse(tingsuo.get("ledger:" + each.id) || "[]"); } catch (e) { rows = []; }
        return {
          tab: each, rows: (Array.isArray(rows) ? rows : []).map(function (row, n) {
            var values = {};
            each.columns.forEach(function (column) {
              var made = row && column.type !== "文字" ? tingsuoLedger.value(column, row[column.name], false) : "";
              if (made) values[column.name] = made;
            });
            return { values: values, wrong: [], number: n + 1 };
          })
        };
      });
    }

    function numbers(rows) { return rows.slice(0, 8).join("、") + (rows.length > 8 ? "…" : ""); }

    function finish(found, lines) {
      sheets = found.filter(function (sheet) { return sheet.tab; });
      var month = tingsuo.today().slice(0, 7), left = { month: [], future: [], town: [], type: [] };
      var mine = sheets.filter(function (sheet) { return sheet.tab === tab; });
      all = [];
      mine.forEach(function (sheet) {
        var made = A.records(sheet.rows, definition.roles, month);
        all = all.concat(made.records);
        Object.keys(left).forEach(function (why) { left[why] = left[why].concat(made.left[why]); });
      });
      cutOff = mine.some(function (sheet) { return sheet.cut; });
      leftOut = left.month.length + left.future.length + left.town.length + left.type.length;
      var because = { month: "月份没有写或看不懂", future: "月份在今天之后", town: "镇街没有写或不在名单里", type: "类型没有写或不在名单里" };
      Object.keys(left).forEach(function (why) {
        if (left[why].length) lines.push("有" + left[why].length + "行没有算：" + because[why] + "（第" + numbers(left[why]) + "行）。");
      });
      if (!mine.length && found.length) lines.push("没有找到“" + tab.name + "”这一本，类型、镇街、月份算不出来。");
      warn(lines);
      says.textContent = all.length ? "读了" + all.length + "件，文件没有离开这台设备" : "没有可以算的行";
      results.hidden = !all.length;
      if (all.length) offer();
    }

    /* Months to choose from: all that the ledger has; the last three to begin with. */
    function offer() {
      var first = all[0].month, last = all[0].month;
      all.forEach(function (record) {
        if (record.month < first) first = record.month;
        if (record.month > last) last = record.month;
      });
      var months = A.between(first, last);
      [selects.from, selects.to].forEach(function (select) {
        select.textContent = "";
        months.forEach(function (month) { select.appendChild(make("option", A.monthText(month))).value = month; });
      });
      selects.to.value = last;
      selects.from.value = months[Math.max(0, months.length - 3)];
      draw();
    }

    // ---- showing ---------------------------------------------------------------------------
    function bar(count, most) {
      var svg = place.querySelector("[data-bar]").content.firstElementChild.cloneNode(true), rect = svg.firstElementChild;
      rect.setAttribute("width", String(most ? Math.max(count ? 1 : 0, Math.round(count * 1000 / most) / 10) : 0));
      return svg;
    }
    function chart(name, caption, head, rows) {
      var table = place.querySelector('[data-chart="' + name + '"]'), most = rows.reduce(function (top, row) { return Math.max(top, row[1]); }, 0), body = make("tbody"), top = make("tr");
      table.textContent = "";
      table.appendChild(make("caption", caption, "ts-sr"));
      [head, "件数"].forEach(function (text) { top.appendChild(make("th", text)).scope = "col"; });
      var thead = make("thead", "", "ts-sr");
      thead.appendChild(top);
      table.appendChild(thead);
      rows.forEach(function (row) {
        var line = make("tr"), label = make("th", row[0]), cell = make("td"), holder = make("div", "", "ts-bar__row");
        label.scope = "row";
        holder.appendChild(bar(row[1], most));
        holder.appendChild(make("span", String(row[1])));
        cell.appendChild(holder);
        line.appendChild(label);
        line.appendChild(cell);
        body.appendChild(line);
      });
      table.appendChild(body);
    }
    /* A table of texts; a row may begin with an object {mark, cells} to be marked. */
    function table(name, caption, head, rows, foot) {
      var target = place.querySelector('[data-table="' + name + '"]'), top = make("tr"), body = make("tbody");
      target.textContent = "";
      target.appendChild(make("caption", caption, "ts-sr"));
      head.forEach(function (text) { top.appendChild(make("th", text)).scope = "col"; });
      target.appendChild(make("thead")).appendChild(top);
      function line(cells, parent) {
        var row = make("tr");
        cells.forEach(function (text, n) {
          var cell = make(n ? "td" : "th", String(text), n ? "ts-num" : "");
          if (!n) cell.scope = "row";
          if (text === 0) cell.className += " ts-zero";
          row.appendChild(cell);
        });
        parent.appendChild(row);
        return row;
      }
      rows.forEach(function (row) { line(row.cells || row, body).className = row.mark ? "ts-marked" : ""; });
      target.appendChild(body);
      if (foot) line(foot, target.appendChild(make("tfoot")));
    }
    function fill(name, text) { list(place.querySelectorAll('[data-fill="' + name + '"]')).forEach(function (spot) { spot.textContent = text; }); }
    function shown(name, on) { list(place.querySelectorAll('[data-show="' + name + '"]')).forEach(function (spot) { spot.hidden = !on; }); }

    function share(part, whole) { return whole ? Math.round(part * 1000 / whole) / 10 + "%" : "—"; }
    function change(now, before, known) {
      if (!known) return "没有前面的月份可比";
      if (now === before) return "一样";
      return (now > before ? "多" : "少") + Math.abs(now - before) + "件" + (before ? "（" + (now > before ? "+" : "−") + share(Math.abs(now - before), before) + "）" : "");
    }

    function draw() {
      var from = selects.from.value, to = selects.to.value;
      if (from > to) to = selects.to.value = from;
      if (A.span(from, to) > A.MOST_MONTHS) from = selects.from.value = A.shift(to, 1 - A.MOST_MONTHS);
      drawTowns(from, to);
      var town = selects.town.value, months = A.between(from, to), now = A.within(all, from, to, town), where = town || "全部镇街";
      var change3 = A.rising(all, from, to, town, types), spots = A.hotSpots(all, from, to, town), rate = A.success(now, definition.outcomes);
      fill("period", A.periodText(from, to));
      fill("before", A.periodText(change3.before[0], change3.before[1]));
      fill("where", where);
      fill("count", now.length + "件");
      fill("change", change(change3.now, change3.past, change3.known));
      fill("agreed", rate.agreed + "件");
      fill("rate", rate.rate === null ? "—" : rate.rate + "%");
      chart("month", "各月件数", "月份", A.tally(now, "month", months, false).map(function (row) { return [A.monthText(row[0]), row[1]]; }));
      chart("type", "各类件数", "类型", A.tally(now, "type", types, true).filter(function (row) { return row[1]; }));
      var byTown = A.tally(now, "town", towns, true).filter(function (row) { return row[1]; });
      chart("town", "各镇街件数", "镇街", byTown);
      fill("quiet-towns", !town && byTown.length < towns.length ? "另外" + (towns.length - byTown.length) + "个镇街这段时间没有记。" : "");
      crossed("type-month", "类型和月份：" + where, "类型", A.cross(now, "type", types, "month", months), A.monthText);
      crossed("town-type", "镇街和类型", "镇街", A.cross(now, "town", towns, "type", types.filter(function (type) { return now.some(function (record) { return record.type === type; }); })));
      table("rising", "每一类和前一段比", ["类型", "前一段", "这一段", "增减", "看点"], change3.types.map(function (type) {
        var remark = [type.rises ? "变多" : "", type.steady ? "连着三个月都有" : ""].filter(Boolean).join("，");
        return { mark: type.rises, cells: [type.name, change3.known ? type.before : "—", type.now, change3.known ? change(type.now, type.before, true) : "—", remark || "—"] };
      }));
      shown("unknown", !change3.known);
      shown("partly", change3.known && !change3.whole);
      table("spots", "反复出现的地方", ["镇街", "类型", "三个月内", "哪三个月"], spots.map(function (spot) { return [spot.town, spot.type, spot.count + "件", A.periodText(spot.from, spot.to)]; }));
      shown("no-spots", !spots.length);
      shown("any-spots", !!spots.length);
      table("results", "结果", ["结果", "件数", "占受理"], A.tally(now, "result", outcomes.concat(A.UNSAID), false).filter(function (row) { return row[1]; }).map(function (row) {
        return [row[0], row[1], row[0] === definition.outcomes.turned_away ? "—" : share(row[1], rate.taken)];
      }));
      fill("rate-sum", rate.agreed + " ÷ " + rate.taken + (rate.rate === null ? "" : " ＝ " + rate.rate + "%"));
      fill("rate-open", "还在调" + rate.pending + "件，算在受理里，不算成功。转出" + rate.away + "件，不算受理。" + (rate.unsaid ? "没写结果" + rate.unsaid + "件，算在受理里。" : ""));
      table("books", "每一本记了多少", ["台账", "行数", "合计"], A.overview(definition.tabs, sheets, from, to).map(function (book) {
        return [book.name, book.rows, book.sums.filter(function (pair) { return pair[1]; }).map(function (pair) { return pair[0] + " " + pair[1]; }).join("；") || "—"];
      }));
      drafts(from, to, town, now, change3, spots, rate, byTown);
    }

    function drawTowns(from, to) {
      var chosen = selects.town.value, there = A.tally(A.within(all, from, to, ""), "town", towns, false).filter(function (row) { return row[1] || row[0] === chosen; });
      selects.town.textContent = "";
      selects.town.appendChild(make("option", "全部镇街")).value = "";
      there.forEach(function (row) { selects.town.appendChild(make("option", row[0] + "（" + row[1] + "）")).value = row[0]; });
      selects.town.value = chosen;
    }

    function crossed(name, caption, corner, counts, label) {
      table(name, caption, [corner].concat(counts.columns.map(label || String), "合计"), counts.rows.map(function (row) { return [row[0]].concat(row[1], row[2]); }), ["合计"].concat(counts.sums, counts.sum));
    }

    // ---- drafts ----------------------------------------------------------------------------
    function named(rows, unit) { return rows.map(function (row) { return row[0] + row[1] + unit; }).join("、"); }
    function spotText(spot) { return spot.town + spot.type + spot.count + "件（" + A.periodText(spot.from, spot.to) + "）"; }

    function drafts(from, to, town, now, change3, spots, rate, byTown) {
      var risen = change3.types.filter(function (type) { return type.rises; }), top = A.tally(now, "type", types, true).filter(function (row) { return row[1]; }), period = A.periodText(from, to);
      var where = town || place.getAttribute("data-county"), steady = change3.types.filter(function (type) { return type.steady && !type.rises; });
      fill("report-title", where + period + "矛盾纠纷情况专项报告");
      fill("report-count", where + period + "记在台账上的纠纷" + now.length + "件。" + (change3.known ? "前一段（" + A.periodText(change3.before[0], change3.before[1]) + "）" + change3.past + "件，" + change(change3.now, change3.past, true) + "。" + (change3.whole ? "" : "前一段的月份不全。") : "台账里没有前一段的数，没有比。"));
      fill("report-most", top.length ? "最多的类型：" + named(top.slice(0, 3), "件") + "。" + (town ? "" : "最多的镇街：" + named(byTown.slice(0, 3), "件") + "。") : "");
      fill("report-rising", !change3.known ? "" : risen.length ? "变多的：" + risen.slice(0, TOP).map(function (type) { return type.name + "从" + type.before + "件到" + type.now + "件"; }).join("、") + (risen.length > TOP ? "等" + risen.length + "类" : "") + "。" : "没有哪一类比前一段多三成以上。");
      fill("report-steady", steady.length ? "连着三个月都有的：" + steady.slice(0, TOP).map(function (type) { return type.name; }).join("、") + (steady.length > TOP ? "等" + steady.length + "类" : "") + "。" : "");
      fill("report-spots", spots.length ? "反复出现：" + spots.slice(0, SPOTS).map(spotText).join("、") + (spots.length > SPOTS ? "，另有" + (spots.length - SPOTS) + "处" : "") + "。" : "没有同一镇街同一类型三个月内三件以上的。");
      fill("report-rate", "谈成" + rate.agreed + "件，还在调" + rate.pending + "件，化解率" + (rate.rate === null ? "没有算" : rate.rate + "%（" + rate.agreed + "÷" + rate.taken + "）") + "。");
      fill("report-source", "数字来源：台账“" + tab.name + "”，按" + definition.roles.month + "、" + definition.roles.town + "、" + definition.roles.type + "加起来。化解率＝达成协议÷受理，受理不含转出，含还在调的。" +
        (leftOut ? "另有" + leftOut + "行月份、镇街或类型不全，没有算。" : "") + (cutOff ? "行数太多，只算了前面一部分，不能当全数用。" : ""));
      chart("report", "这一段各类件数", "类型", top.slice(0, TOP + 1));
      var topic = selects.topic.value, order = risen.map(function (type) { return type.name; });
      spots.forEach(function (spot) { if (order.indexOf(spot.type) < 0) order.push(spot.type); });
      top.forEach(function (row) { if (order.indexOf(row[0]) < 0) order.push(row[0]); });
      selects.topic.textContent = "";
      order.forEach(function (name) { selects.topic.appendChild(make("option", name)).value = name; });
      selects.topic.value = order.indexOf(topic) >= 0 ? topic : order[0] || "";
      advice(from, to, town, now, change3, spots);
    }

    function advice(from, to, town, now, change3, spots) {
      var type = selects.topic.value, mine = now.filter(function (record) { return record.type === type; }), places = A.tally(mine, "town", towns, true).filter(function (row) { return row[1]; });
      var about = change3.types.filter(function (each) { return each.name === type; })[0], here = spots.filter(function (spot) { return spot.type === type; });
      fill("advice-title", type ? "关于" + type + "纠纷的司法建议底稿" : "司法建议底稿");
      fill("advice-scope", A.periodText(from, to) + "，" + (town || place.getAttribute("data-county")) + type + "纠纷" + mine.length + "件" + (town || !places.length ? "" : "，" + named(places.slice(0, 5), "件") + (places.length > 5 ? "等" + places.length + "个镇街" : "")) + "。");
      fill("advice-one", !about ? "" : about.rises ? type + "纠纷变多：前一段" + about.before + "件，这一段" + about.now + "件。" : type + "纠纷这一段" + about.now + "件" + (about.steady ? "，连着三个月都有" : "") + "。");
      fill("advice-two", here.length ? "反复出现：" + here.slice(0, 3).map(spotText).join("、") + "。" : "");
      fill("advice-source", "数字来源：台账“" + tab.name + "”。" + (leftOut ? "另有" + leftOut + "行不全，没有算。" : "") + (cutOff ? "行数太多，只算了前面一部分。" : ""));
    }

    // ---- what people do --------------------------------------------------------------------
    picker.addEventListener("change", function () {
      var files = list(picker.files);
      if (!files.length) return;
      Promise.resolve(readFiles(files)).then(function () { picker.value = ""; });
    });
    var count = ownSheets().filter(function (sheet) { return sheet.tab === tab; })[0].rows.length;
    own.querySelector("span").textContent = count ? "用这台设备上的台账（" + count + "行）" : "这台设备上没有记台账";
    own.disabled = !count;
    own.addEventListener("click", readOwn);
    Object.keys(selects).forEach(function (name) { selects[name].addEventListener("change", draw); });
    list(place.querySelectorAll("[data-blank]")).forEach(function (blank) {
      var typed = blank.parentNode.querySelector(".ts-blank__typed"), error = place.querySelector("[data-personal]");
      blank.addEventListener("input", function () {
        typed.textContent = blank.value;
        blank.parentNode.classList.toggle("ts-blank--typed", !!blank.value.trim());
        error.hidden = !list(place.querySelectorAll("[data-blank]")).some(function (each) { return tingsuoLedger.personal(each.value); });
      });
    });
    list(place.querySelectorAll("[data-print]")).forEach(function (button) {
      button.addEventListener("click", function () {
        document.documentElement.setAttribute("data-print", button.getAttribute("data-print"));
        window.print();
      });
    });
    window.addEventListener("afterprint", function () { document.documentElement.removeAttribute("data-print"); });
  }

  tingsuo.each("[data-analysis]", start);
})();
