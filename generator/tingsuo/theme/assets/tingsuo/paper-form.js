/* The form of a paper: keeps what is typed on this device, shows it in the paper below, prints it, makes the Word file. Nothing is sent. */
(function () {
  "use strict";
  var WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  function list(found) { return Array.prototype.slice.call(found); }
  function keyOf(id) { return "paper:" + id; }

  function stored(id) {
    try {
      var state = JSON.parse(tingsuo.get(keyOf(id)) || "null");
      if (state && state.values && state.rows) return state;
    } catch (e) { /* Not ours: begin anew. */ }
    return { values: {}, rows: {} };
  }

  // ---- one paper -------------------------------------------------------------------------
  function start(desk) {
    var definition = JSON.parse(desk.querySelector("[data-definition]").textContent), form = desk.querySelector("form"), sheet = desk.querySelector("[data-sheet]");
    var says = desk.querySelector("[data-state]"), score = desk.querySelector("[data-score]"), keeps = tingsuo.lasts(), state = stored(definition.id);
    var fields = {}, blanks = list(sheet.querySelectorAll("[data-blank]")), empties = blanks.map(function (blank) { return blank.innerHTML; });
    definition.fields.forEach(function (field) { fields[field.key] = field; });

    /* Said once, not with every letter typed. */
    function say(text) { if (says.textContent !== text) says.textContent = text; }
    function controls(key) { return list(form.querySelectorAll('[name="' + key + '"]')); }
    function rowBox(group) { return form.querySelector('[data-rows="' + group + '"]'); }
    function entries(group) { return list(rowBox(group).querySelectorAll(".ts-rows__entry")); }

    // ---- reading and writing the controls ----
    function valueOf(control) {
      if (control.type === "checkbox") return control.checked ? "1" : "";
      if (control.type === "radio") return control.checked ? control.value : "";
      return control.value;
    }
    function put(control, value) {
      if (control.type === "checkbox") control.checked = value === "1";
      else if (control.type === "radio") control.checked = control.value === value;
      else if (control.value !== value) control.value = value;
    }
    function single(key) { return !definition.groups.some(function (keys) { return keys.indexOf(key) >= 0; }); }

    function read() {
      var values = {}, rows = {};
      definition.fields.forEach(function (field) {
        if (!single(field.key)) return;
        controls(field.key).forEach(function (control) {
          var own = !control.hasAttribute("data-reckoned") || control.hasAttribute("data-own");
          if (own && valueOf(control)) values[field.key] = valueOf(control);
        });
      });
      definition.groups.forEach(function (keys) {
        rows[keys[0]] = entries(keys[0]).map(function (entry) {
          var row = {};
          list(entry.querySelectorAll("[name]")).forEach(function (control) { if (valueOf(control)) row[control.name] = valueOf(control); });
          return row;
        });
      });
      return { values: values, rows: rows };
    }

    function own(control, on) {
      if (!control.hasAttribute("data-reckoned")) return;
      controls(control.name).forEach(function (each) { if (on) each.setAttribute("data-own", ""); else each.removeAttribute("data-own"); });
    }

    // ---- rows ----
    function number(group) {
      entries(group).forEach(function (entry, n) {
        var name = "第" + (n + 1) + "行";
        entry.querySelector(".ts-rows__name b").textContent = name;
        entry.setAttribute("aria-label", name);
      });
    }
    function add(group, row) {
      var box = rowBox(group), entry = box.querySelector("template").content.firstElementChild.cloneNode(true), mark = "-" + group + "-" + Date.now().toString(36) + box.children.length;
      list(entry.querySelectorAll("[id]")).forEach(function (part) { part.id += mark; });
      list(entry.querySelectorAll("[for]")).forEach(function (label) { label.htmlFor += mark; });
      list(entry.querySelectorAll("[aria-describedby]")).forEach(function (control) {
        control.setAttribute("aria-describedby", control.getAttribute("aria-describedby").split(" ").map(function (id) { return id + mark; }).join(" "));
      });
      list(entry.querySelectorAll("[name]")).forEach(function (control) { put(control, row[control.name] || ""); });
      entry.querySelector("[data-remove]").addEventListener("click", function () {
        entry.remove();
        if (!entries(group).length) add(group, {});
        number(group);
        box.querySelector("[data-add]").focus();
        changed();
      });
      box.insertBefore(entry, box.querySelector("[data-add]"));
      number(group);
      return entry;
    }

    // ---- the paper ----
    function show(blank, text, empty) {
      if (text && blank.hasAttribute("data-stop")) text = tingsuoPaper.beforeStop(text);
      blank.classList.toggle("ts-gap--filled", !!text);
      if (text) blank.textContent = text;
      else blank.innerHTML = empty;
    }

    function render(paper) {
      blanks.forEach(function (blank, n) {
        if (single(blank.getAttribute("data-blank"))) show(blank, paper.values[blank.getAttribute("data-blank")], empties[n]);
      });
      definition.groups.forEach(function (keys) {
        var group = keys[0], rows = paper.rows[group], first = sheet.querySelector('[data-row="' + group + '"]');
        list(sheet.querySelectorAll('[data-made="' + group + '"]')).forEach(function (made) { made.remove(); });
        list(sheet.querySelectorAll('[data-row="' + group + '"], [data-spare="' + group + '"]')).forEach(function (row) { row.hidden = rows.length > 0; });
        rows.forEach(function (values) {
          var made = first.cloneNode(true);
          made.removeAttribute("data-row");
          made.setAttribute("data-made", group);
          made.hidden = false;
          list(made.querySelectorAll("[data-blank]")).forEach(function (blank) { show(blank, values[blank.getAttribute("data-blank")], blank.innerHTML); });
          first.parentNode.insertBefore(made, first);
        });
      });
    }

    // ---- beside the fields ----
    function complain(field, holder, value) {
      var place = holder.querySelector(".ts-field__error"), control = holder.querySelector("[name]");
      if (!place) return;
      var error = tingsuoPaper.shown(field, value).error, hint = !error && /^(文字|长文)$/.test(field.type) && tingsuoPaper.personal(value) ? "像是证件号、卡号或电话：打印后再用笔填" : "";
      place.textContent = error || hint;
      place.hidden = !(error || hint);
      if (error) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }

    function beside(reckoned) {
      list(form.querySelectorAll("[data-field]")).forEach(function (holder) {
        var field = fields[holder.getAttribute("data-field")], control = holder.querySelector("[name]");
        if (field && control && control.type !== "radio") complain(field, holder, valueOf(control));
      });
      definition.fields.forEach(function (field) {
        var made = reckoned.made[field.key] || "", typed = state.values[field.key];
        if (!(field.sum_of || field.capitals_of || field.advised_by)) return;
        if (!typed) controls(field.key).forEach(function (control) { put(control, made); });
        if (field.sum_of && typed && made && tingsuoPaper.shown(field, typed).text !== made) {
          var place = form.querySelector("#e-" + field.key);
          place.textContent = "加起来是 " + made + "，和这里写的不一样";
          place.hidden = false;
        }
      });
      tingsuo.each("[data-capitals]", function (place) {
        var key = place.getAttribute("data-capitals"), value = state.values[key] || reckoned.made[key];
        var words = value ? tingsuoPaper.capitals(value) : "";
        place.textContent = words ? "大写：" + words : "";
      });
      if (score) showScore(reckoned);
    }

    /* The sum, and what it advises, always in view: the paper's one number that decides something. */
    function showScore(reckoned) {
      var advice = definition.fields.filter(function (field) { return field.advice; })[0], count = reckoned.counted[advice.advised_by] || [0, 0];
      var total = state.values[advice.advised_by] || reckoned.made[advice.advised_by], says = state.values[advice.key] || reckoned.made[advice.key];
      var level = 0;
      advice.advice.forEach(function (step, n) { if (total && parseFloat(total) >= step.at_least) level = n + 1; });
      score.setAttribute("data-level", level);
      score.textContent = total ? fields[advice.advised_by].label + " " + total + "：" + (says || "") : "已打 " + count[0] + " / " + count[1] + " 项，打完出总分";
    }

    function empty() {
      return !Object.keys(state.values).length && definition.groups.every(function (keys) { return !tingsuoPaper.filledRows(state, keys[0]).length; });
    }

    function changed(quiet) {
      state = read();
      render(tingsuoPaper.finished(definition, state));
      beside(tingsuoPaper.reckon(definition, state));
      if (quiet) return;
      tingsuo.set(keyOf(definition.id), empty() ? null : JSON.stringify(state));
      say(keeps ? "已存在这台设备上" : "这台设备不让保存，离开这一页就没有了");
    }

    function fillForm() {
      definition.fields.forEach(function (field) {
        controls(field.key).forEach(function (control) {
          if (!single(field.key)) return;
          put(control, state.values[field.key] || "");
          own(control, !!state.values[field.key]);
        });
      });
      definition.groups.forEach(function (keys) {
        var rows = tingsuoPaper.filledRows(state, keys[0]);
        entries(keys[0]).forEach(function (entry) { entry.remove(); });
        (rows.length ? rows : [{}]).forEach(function (row) { add(keys[0], row); });
      });
      changed(true);
    }

    // ---- what people do ----
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function (event) {
      own(event.target, valueOf(event.target) !== "");
      changed();
    });
    // A choice can be taken back: tapped once more it is empty again.
    var chosen = null;
    form.addEventListener("pointerdown", function (event) {
      var label = event.target.closest("label"), radio = label && label.querySelector("input[type=radio]");
      chosen = radio && radio.checked ? radio : null;
    });
    form.addEventListener("click", function (event) {
      if (event.target !== chosen) return;
      chosen = null;
      event.target.checked = false;
      own(event.target, false);
      changed();
    });
    list(form.querySelectorAll("[data-add]")).forEach(function (button) {
      var group = button.parentNode.getAttribute("data-rows");
      button.addEventListener("click", function () { add(group, {}).querySelector("[name]").focus(); });
    });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("[data-today]");
      if (!button) return;
      button.parentNode.querySelector("input").value = tingsuo.today();
      changed();
    });
    desk.querySelector("[data-word]").addEventListener("click", function () {
      var made = tingsuoPaper.word(tingsuoPaper.finished(definition, state));
      if (made) tingsuo.save(made, definition.title + " " + tingsuo.today() + ".docx", WORD);
      say(made ? "Word文件在“下载”里" : "这一份资料不完整，做不了Word，可以直接打印");
    });
    // On a phone the way to the paper is the way back, too.
    var jump = desk.querySelector("[data-jump]");
    if (window.IntersectionObserver) {
      new IntersectionObserver(function (seen) {
        var there = seen[seen.length - 1].isIntersecting;
        jump.href = there ? "#form" : "#paper";
        jump.querySelector("span").textContent = there ? "回去填" : "看文书";
      }, { rootMargin: "0px 0px -50% 0px" }).observe(sheet);
    }
    desk.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
    tingsuoSure(desk.querySelector("[data-clear]"), "确定清空", function () {
      state = { values: {}, rows: {} };
      tingsuo.set(keyOf(definition.id), null);
      fillForm();
      say("已清空");
    });
    fillForm();
    if (!keeps) say("这台设备不让保存，离开这一页就没有了");
    else if (!empty()) say("上次填的还在");
  }

  // ---- the list of papers ----------------------------------------------------------------
  function overview(place) {
    var cards = list(document.querySelectorAll("[data-paper-id]")), count = place.querySelector("[data-papers-count]");
    function refresh() {
      var full = cards.filter(function (card) {
        var has = tingsuo.get(keyOf(card.getAttribute("data-paper-id"))) !== null, tag = card.querySelector("[data-filled]");
        if (has && !tag) {
          tag = document.createElement("span");
          tag.className = "ts-tag ts-tag--filled";
          tag.setAttribute("data-filled", "");
          tag.textContent = "填过";
          card.querySelector(".ts-meta").appendChild(tag);
        } else if (!has && tag) tag.remove();
        return has;
      });
      count.textContent = full.length ? "这台设备上填过 " + full.length + " 张" : "这台设备上没有填过的文书";
      place.hidden = false;
    }
    tingsuoSure(place.querySelector("[data-papers-clear]"), "确定清空", function () {
      cards.forEach(function (card) { tingsuo.set(keyOf(card.getAttribute("data-paper-id")), null); });
      refresh();
    });
    refresh();
  }

  tingsuo.each("[data-paper]", start);
  tingsuo.each("[data-papers]", overview);
})();
