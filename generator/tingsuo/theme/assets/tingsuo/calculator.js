/* A calculator's form: reads what is typed, shows refusals at the fields and the result below. Nothing is kept or sent. */
(function () {
  "use strict";

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function list(tag, className, texts) {
    var made = make(tag, className);
    texts.forEach(function (text) { made.appendChild(make("li", "", text)); });
    return made;
  }

  // ---- the result --------------------------------------------------------------------
  function outputs(definition, result) {
    var made = make("dl", "ts-answer");
    definition.outputs.forEach(function (output) {
      var found = result.outputs.filter(function (o) { return o.key === output.key; })[0];
      if (!found) return;
      var row = make("div", output.main ? "ts-answer__main" : ""), value = make("dd"), data = make("data", "", found.shown + (output.unit || ""));
      data.value = found.value;
      data.setAttribute("data-key", output.key);
      value.appendChild(data);
      row.appendChild(make("dt", "", output.label));
      row.appendChild(value);
      made.appendChild(row);
    });
    return made;
  }

  function figureLine(figure) {
    var unit = figure.unit;
    if (figure.typed) return figure.title + "：" + figure.value + unit + "（你填的，请核对来源）";
    return figure.title + "：" + figure.value + unit + "（" + figure.from + "起；" + figure.source + "）";
  }

  function table(data) {
    var scroll = make("div", "ts-scroll"), made = make("table"), head = make("tr"), body = make("tbody");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", data.caption);
    data.heads.forEach(function (text) {
      var cell = make("th", "", text);
      cell.scope = "col";
      head.appendChild(cell);
    });
    data.rows.forEach(function (row) {
      var line = make("tr");
      row.forEach(function (text) { line.appendChild(make("td", "ts-num", text)); });
      body.appendChild(line);
    });
    made.appendChild(make("thead")).appendChild(head);
    made.appendChild(body);
    scroll.appendChild(made);
    return scroll;
  }

  function button(text, action) {
    var made = make("button", "ts-button", text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function saveCalendar(events) {
    var site = document.documentElement.getAttribute("data-site") || "tingsuo", stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    tingsuo.save([tingsuoCalendarFile.write(events, site, stamp)], events[0].title + " " + tingsuoDays.iso(events[0].day) + ".ics", "text/calendar;charset=utf-8");
  }

  function show(place, definition, result) {
    place.textContent = "";
    place.appendChild(make("h3", "", "结果"));
    place.appendChild(outputs(definition, result));
    result.tables.forEach(function (data) { place.appendChild(table(data)); });
    result.remarks.forEach(function (key) { place.appendChild(make("p", "ts-remark", definition.remarks[key])); });
    result.texts.forEach(function (text) { place.appendChild(make("p", "", text)); });
    if (result.lines.length) {
      place.appendChild(make("h3", "", "算式"));
      place.appendChild(list("ul", "ts-formula", result.lines));
    }
    if (result.figures.length) {
      place.appendChild(make("h3", "", "用的数"));
      place.appendChild(list("ul", "ts-formula", result.figures.map(figureLine)));
    }
    var bar = make("div", "ts-calc__bar");
    if (result.events.length) bar.appendChild(button("存进日历（.ics）", function () { saveCalendar(result.events); }));
    bar.appendChild(button("打印", function () { window.print(); }));
    place.appendChild(bar);
  }

  // ---- the form ----------------------------------------------------------------------
  function start(form) {
    var definition = JSON.parse(form.querySelector("[data-definition]").textContent), place = form.querySelector("[data-result]"), event = form.querySelector("[data-event]");

    function control(key) { return form.querySelector("#f-" + key); }
    function field(key) { return form.querySelector('[data-field="' + key + '"]'); }

    function typed() {
      var texts = {};
      definition.inputs.forEach(function (input) { texts[input.key] = control(input.key).value; });
      return texts;
    }

    function say(key, message) {
      var error = form.querySelector("#e-" + key);
      error.textContent = message || "";
      error.hidden = !message;
      if (message) control(key).setAttribute("aria-invalid", "true");
      else control(key).removeAttribute("aria-invalid");
      if (message && field(key).hasAttribute("data-waits")) field(key).hidden = false;
    }

    /* Only what the choices ask for; and from which day a chosen period runs. */
    function arrange() {
      var texts = typed();
      definition.inputs.forEach(function (input) {
        if (input.only_if) field(input.key).hidden = !tingsuoCalculators.asked(definition, input, texts);
      });
      var period = event && tingsuoCalculators.deadlineOf(definition, texts.limit);
      if (!event) return;
      event.hidden = !period;
      event.textContent = period ? "从哪天起：" + period.event + "。" : "";
    }

    function clear() {
      place.textContent = "";
      definition.inputs.forEach(function (input) { say(input.key, ""); });
    }

    function reckon(aloud) {
      var result = tingsuoCalculators.run(definition, typed(), tingsuoDays.of(tingsuo.today())), errors = result.errors || {};
      definition.inputs.forEach(function (input) { if (aloud || !errors[input.key]) say(input.key, errors[input.key]); });
      if (result.errors) {
        place.textContent = "";
        var first = definition.inputs.filter(function (input) { return errors[input.key]; })[0];
        if (aloud) control(first.key).focus();
        return;
      }
      show(place, definition, result);
      if (aloud) place.scrollIntoView({ block: "nearest" });
    }

    function prefill() {
      Array.prototype.forEach.call(form.querySelectorAll("input[data-today]"), function (input) { input.value = tingsuo.today(); });
      Array.prototype.forEach.call(form.querySelectorAll("[data-waits]"), function (waiting) { waiting.hidden = true; });
      arrange();
    }

    form.addEventListener("submit", function (submitted) {
      submitted.preventDefault();
      reckon(true);
    });
    // A result that no longer belongs to what is typed must not stand.
    form.addEventListener("change", function () {
      arrange();
      if (place.firstChild) reckon(false);
    });
    form.addEventListener("input", function (happened) {
      if (happened.target.getAttribute("aria-invalid")) say(happened.target.name, "");
    });
    form.addEventListener("reset", function () {
      clear();
      setTimeout(prefill);
    });
    Array.prototype.forEach.call(form.querySelectorAll("[data-fill-today]"), function (today) {
      today.addEventListener("click", function () {
        var input = today.parentNode.querySelector("input");
        input.value = tingsuo.today();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    prefill();
  }

  // The exact numbers need whole numbers without limit, which very old browsers don't have.
  if (typeof tingsuoCalculators === "undefined") {
    tingsuo.each("[data-calculator]", function (form) { form.hidden = true; });
    tingsuo.each("[data-calculator-old]", function (note) { note.hidden = false; });
    return;
  }
  tingsuo.each("[data-calculator]", start);
})();
