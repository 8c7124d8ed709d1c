/* The ledger on this device: rows by drop-downs, kept in localStorage, given out as CSV and Excel, taken in again. Nothing is sent. */
(function () {
  "use strict";
  var SHOWN = 30, MOST = 5000, EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  function make(name, text, className) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function start(book) {
    var definition = JSON.parse(book.querySelector("[data-definition]").textContent), says = book.querySelector("[data-state]"), warns = book.querySelector("[data-warn]");
    var chooser = book.querySelector("[data-tabs]"), form = book.querySelector("form"), fields = form.querySelector("[data-fields]"), list = book.querySelector("[data-rows]");
    var current = definition.tabs[0], editing = -1, shown = SHOWN, kept = {};

    // ---- storage ----
    function keyOf(tab) { return "ledger:" + tab.id; }
    function rowsOf(tab) {
      var rows;
      try { rows = JSON.parse(tingsuo.get(keyOf(tab)) || "[]"); } catch (e) { rows = []; }
      return (Array.isArray(rows) ? rows : []).filter(function (row) { return row && typeof row === "object"; }).map(function (row) {
        var out = {};
        tab.columns.forEach(function (column) { if (typeof row[column.name] === "string" && row[column.name]) out[column.name] = row[column.name]; });
        return out;
      });
    }
    function store(tab, rows) {
      return tingsuo.set(keyOf(tab), rows.length ? JSON.stringify(rows) : null);
    }
    function stateAfter(lasts, said) {
      says.textContent = lasts ? said : "这台设备不让保存，离开这一页就没有了，先导出";
    }
    function count() { return definition.tabs.reduce(function (sum, tab) { return sum + rowsOf(tab).length; }, 0); }
    function warn(lines) {
      warns.textContent = "";
      lines.forEach(function (line) { warns.appendChild(make("li", line)); });
      warns.hidden = !lines.length;
    }

    // ---- the form ----
    function control(column, n) {
      var id = "l-" + n, holder = make("div", "", "ts-field"), label = make("label", column.name), box = make("div", "", "ts-field__box"), field;
      holder.setAttribute("data-column", column.name);
      label.htmlFor = id;
      if (column.type === "选项") {
        field = make("select");
        field.appendChild(make("option", "没有选")).value = "";
        column.options.forEach(function (option) { field.appendChild(make("option", option)).value = option; });
      } else {
        field = make("input");
        field.type = column.type === "月份" ? "month" : column.type === "日期" ? "date" : "text";
        if (column.type === "数字") field.inputMode = "decimal";
        if (column.type === "月份" || column.type === "日期") field.placeholder = column.type === "月份" ? "2026-11" : "2026-11-23";
        field.maxLength = 200;
        field.autocomplete = "off";
      }
      field.id = id;
      field.name = column.name;
      field.setAttribute("aria-describedby", "e-" + id);
      box.appendChild(field);
      holder.appendChild(label);
      var error = make("p", "", "ts-field__error");
      error.id = "e-" + id;
      error.hidden = true;
      holder.appendChild(error);
      holder.appendChild(box);
      return holder;
    }
    function controls() { return Array.prototype.slice.call(fields.querySelectorAll("[name]")); }
    var REASON = { "文字": "像是电话、证件号或卡号，台账不写", "数字": "只写数字，例如 12", "月份": "月份写成 2026-11 这样", "日期": "日期写成 2026-11-23 这样", "选项": "从下拉里选一个" };

    function complain(field, text) {
      var place = document.getElementById("e-" + field.id);
      place.textContent = text;
      place.hidden = !text;
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    /* What the control holds: its value, "" or null; says beside it why not. */
    function read(column) {
      var field = controls().filter(function (each) { return each.name === column.name; })[0];
      // A browser hands over nothing of a month that it can't read.
      var made = field.validity && field.validity.badInput ? null : tingsuoLedger.value(column, field.value, false);
      complain(field, made === null ? REASON[column.type] : "");
      return made;
    }
    function fill(row) {
      controls().forEach(function (field) {
        field.value = row[field.name] || "";
        complain(field, "");
      });
    }
    /* A new row begins as the last one did: same month, same town. */
    function fresh() {
      var row = {};
      current.columns.forEach(function (column, n) {
        var before = kept[column.name];
        if (n < 3 && (column.type === "月份" || column.name === definition.roles.town)) row[column.name] = before || (column.type === "月份" ? tingsuo.today().slice(0, 7) : "");
      });
      return row;
    }

    function edit(n) {
      editing = n;
      form.querySelector("[data-save] span").textContent = n < 0 ? "记下这一行" : "存下修改";
      form.querySelector("[data-cancel]").hidden = n < 0;
      form.querySelector("legend").textContent = n < 0 ? "添一行：" + current.name : "改第" + (n + 1) + "行：" + current.name;
      fill(n < 0 ? fresh() : rowsOf(current)[n] || {});
    }

    // ---- the rows ----
    function drawRows() {
      var rows = rowsOf(current), table = list.querySelector("table"), head = make("tr"), body = make("tbody");
      list.querySelector("[data-none]").hidden = rows.length > 0;
      table.hidden = !rows.length;
      table.textContent = "";
      table.appendChild(make("caption", current.name + "，" + rows.length + "行，新的在上面", "ts-sr"));
      ["行"].concat(current.columns.map(function (column) { return column.name; }), "操作").forEach(function (name) { head.appendChild(make("th", name)).scope = "col"; });
      table.appendChild(make("thead")).appendChild(head);
      table.appendChild(body);
      rows.map(function (row, n) { return n; }).reverse().slice(0, shown).forEach(function (n) {
        var line = make("tr"), number = make("th", String(n + 1)), act = make("td", "", "ts-book__act");
        number.scope = "row";
        number.setAttribute("data-label", "行");
        line.appendChild(number);
        current.columns.forEach(function (column) {
          var cell = make("td", rows[n][column.name] || "");
          cell.setAttribute("data-label", column.name);
          cell.className = !rows[n][column.name] ? "ts-book__empty" : column.type === "文字" ? "ts-book__words" : "";
          line.appendChild(cell);
        });
        var change = make("button", "改", "ts-button"), remove = make("button", "删", "ts-button");
        change.type = remove.type = "button";
        change.setAttribute("aria-label", "改第" + (n + 1) + "行");
        remove.setAttribute("aria-label", "删第" + (n + 1) + "行");
        change.addEventListener("click", function () {
          edit(n);
          controls()[0].focus();
          form.scrollIntoView();
        });
        tingsuoSure(remove, "确定", function () {
          var now = rowsOf(current);
          now.splice(n, 1);
          stateAfter(store(current, now), "已删一行");
          edit(-1);
          draw();
        });
        act.appendChild(change);
        act.appendChild(remove);
        line.appendChild(act);
        body.appendChild(line);
      });
      var more = list.querySelector("[data-more]");
      more.hidden = rows.length <= shown;
      more.textContent = "再看" + SHOWN + "行（还有" + (rows.length - shown) + "行）";
    }

    function draw() {
      definition.tabs.forEach(function (tab, n) {
        var button = chooser.children[n], rows = rowsOf(tab).length;
        button.setAttribute("aria-selected", tab === current ? "true" : "false");
        button.tabIndex = tab === current ? 0 : -1;
        button.querySelector("b").textContent = rows ? String(rows) : "";
        button.setAttribute("aria-label", tab.name + (rows ? "，" + rows + "行" : "，没有行"));
      });
      book.querySelector("[role=tabpanel]").setAttribute("aria-labelledby", "t-" + current.id);
      drawRows();
    }

    function choose(tab) {
      current = tab;
      shown = SHOWN;
      fields.textContent = "";
      tab.columns.forEach(function (column, n) { fields.appendChild(control(column, n)); });
      edit(-1);
      draw();
    }

    // ---- what people do ----
    definition.tabs.forEach(function (tab) {
      var button = make("button", "", "ts-book__tab");
      button.type = "button";
      button.id = "t-" + tab.id;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", "panel");
      button.appendChild(make("span", tab.name));
      button.appendChild(make("b"));
      button.addEventListener("click", function () { choose(tab); });
      chooser.appendChild(button);
    });
    chooser.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      var all = definition.tabs, next = all[(all.indexOf(current) + step + all.length) % all.length];
      choose(next);
      document.getElementById("t-" + next.id).focus();
    });
    fields.addEventListener("input", function (event) {
      var column = current.columns.filter(function (each) { return each.name === event.target.name; })[0];
      if (column && column.type === "文字") read(column);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var row = {}, bad = 0, any = false;
      current.columns.forEach(function (column) {
        var made = read(column);
        if (made === null) bad++;
        else if (made) {
          row[column.name] = made;
          any = true;
        }
      });
      if (bad || !any) {
        says.textContent = bad ? "有" + bad + "格要改，还没有记下" : "一格都没有填，没有记下";
        var first = form.querySelector("[aria-invalid]");
        if (first) first.focus();
        return;
      }
      var rows = rowsOf(current);
      if (editing < 0 && rows.length >= MOST) {
        says.textContent = "这一本满" + MOST + "行了，先导出Excel再清空";
        return;
      }
      if (editing < 0 || editing >= rows.length) rows.push(row);
      else rows[editing] = row;
      current.columns.forEach(function (column) { if (row[column.name]) kept[column.name] = row[column.name]; });
      stateAfter(store(current, rows), editing < 0 ? "已记下第" + rows.length + "行" : "已改好第" + (editing + 1) + "行");
      edit(-1);
      draw();
      controls()[0].focus();
    });
    form.querySelector("[data-cancel]").addEventListener("click", function () { edit(-1); });
    list.querySelector("[data-more]").addEventListener("click", function () {
      shown += SHOWN;
      drawRows();
    });
    book.querySelector("[data-excel]").addEventListener("click", function () {
      tingsuo.save(tingsuoPaper.zip(tingsuoLedger.workbook(definition, rowsOf)), definition.title + " " + tingsuo.today() + ".xlsx", EXCEL);
      says.textContent = "七本都在Excel文件里，看“下载”";
    });
    book.querySelector("[data-csv]").addEventListener("click", function () {
      tingsuo.save([tingsuoLedger.csv(current, rowsOf(current))], definition.title + "-" + current.name + " " + tingsuo.today() + ".csv", "text/csv;charset=utf-8");
      says.textContent = "“" + current.name + "”的CSV在“下载”里";
    });
    tingsuoSure(book.querySelector("[data-clear]"), "确定清空七本", function () {
      definition.tabs.forEach(function (tab) { store(tab, []); });
      kept = {};
      warn([]);
      choose(current);
      says.textContent = "七本都清空了";
    });

    // ---- taking a file in ----
    var picker = book.querySelector("[data-take-in]");
    /* Rows of a file that aren't there yet; what stands there twice may come twice. */
    function added(rows, more) {
      var there = {};
      rows.forEach(function (row) { there[JSON.stringify(ordered(row))] = (there[JSON.stringify(ordered(row))] || 0) + 1; });
      return more.filter(function (row) {
        var key = JSON.stringify(ordered(row));
        if (!there[key]) return true;
        there[key]--;
        return false;
      });
    }
    function ordered(row) { return Object.keys(row).sort().map(function (key) { return [key, row[key]]; }); }

    function take(bytes) {
      var taken = tingsuoLedger.collector(definition, null);
      return tingsuoWorkbook.read(bytes, taken.open).then(function () {
        var lines = tingsuoLedger.remarks(taken.found), total = 0, same = 0, lasts = true, wrong = {};
        if (!taken.found.length) lines.push("文件里没有台账的表，什么也没有收进来。");
        taken.found.forEach(function (sheet) {
          if (!sheet.tab) return;
          var rows = rowsOf(sheet.tab), more = sheet.rows.filter(function (row) { return Object.keys(row.values).length; }).map(function (row) { return row.values; });
          sheet.rows.forEach(function (row) { row.wrong.forEach(function (name) { wrong[sheet.tab.name + "的" + name] = (wrong[sheet.tab.name + "的" + name] || 0) + 1; }); });
          var fit = added(rows, more), room = Math.max(0, MOST - rows.length);
          same += more.length - fit.length;
          if (fit.length > room) lines.push("“" + sheet.tab.name + "”最多存" + MOST + "行，有" + (fit.length - room) + "行没有收。");
          fit = fit.slice(0, room);
          total += fit.length;
          if (fit.length) lasts = store(sheet.tab, rows.concat(fit)) && lasts;
        });
        Object.keys(wrong).slice(0, 12).forEach(function (name) { lines.push(name + "：有" + wrong[name] + "格看不懂，或者像电话、证件号，没有收。"); });
        if (same) lines.push("有" + same + "行和已经记的一样，没有再收。");
        warn(lines);
        stateAfter(lasts, "收进来" + total + "行");
        edit(-1);
        draw();
      });
    }
    picker.addEventListener("change", function () {
      var file = picker.files[0];
      if (!file) return;
      warn([]);
      says.textContent = "正在读…";
      (file.size > tingsuoWorkbook.MOST_BYTES ? Promise.reject(new tingsuoWorkbook.Refusal("文件超过40MB，没有读。台账不会这么大，看看是不是选错了。"))
        : new Promise(function (resolve, reject) {
          var reader = new FileReader();
          reader.onload = function () { resolve(new Uint8Array(reader.result)); };
          reader.onerror = function () { reject(new tingsuoWorkbook.Refusal("文件打不开，可能被别的程序占着。关掉那个程序再选。")); };
          reader.readAsArrayBuffer(file);
        }).then(take)).catch(function (problem) {
        says.textContent = "没有收进来";
        warn([problem.sentence || "文件读不懂，没有收。用 Excel 或 WPS 另存为 .xlsx 再选。"]);
      }).then(function () { picker.value = ""; });
    });
    // The same ledger may be open twice.
    window.addEventListener("storage", function () { draw(); });

    /* A mechanism's page links to its own tab. */
    function wanted() {
      var tab = definition.tabs.filter(function (each) { return "#" + each.id === location.hash; })[0];
      if (!tab) return;
      choose(tab);
      requestAnimationFrame(function () { chooser.scrollIntoView({ block: "center" }); });
    }
    window.addEventListener("hashchange", wanted);

    choose(current);
    wanted();
    if (count()) says.textContent = "这台设备上记着" + count() + "行";
  }

  tingsuo.each("[data-ledger]", start);
})();
