/* What every page needs: large type, night colours, ticks, gists in place, the finder, edition and dates.
   Classic script, no module: it must run from file://. */
(function () {
  "use strict";
  var root = document.documentElement;
  var site = root.getAttribute("data-site") || "tingsuo";

  // localStorage is shared by all files of a device and may be blocked.
  var memory = {};
  var store = {
    get: function (key) {
      try { return localStorage.getItem(site + ":" + key); } catch (e) { return memory[key] || null; }
    },
    set: function (key, value) {
      try {
        if (value === null) localStorage.removeItem(site + ":" + key);
        else localStorage.setItem(site + ":" + key, value);
      } catch (e) { memory[key] = value; }
    }
  };

  function toggle(button, key, apply) {
    if (!button) return;
    function show(on) {
      button.setAttribute("aria-pressed", on ? "true" : "false");
      apply(on);
    }
    show(store.get(key) === "1");
    button.addEventListener("click", function () {
      var on = button.getAttribute("aria-pressed") !== "true";
      store.set(key, on ? "1" : null);
      show(on);
    });
  }
  toggle(document.querySelector("[data-large]"), "large", function (on) { root.classList.toggle("ts-large", on); });
  toggle(document.querySelector("[data-dark]"), "dark", function (on) {
    document.body.setAttribute("data-md-color-scheme", on ? "slate" : "default");
  });

  // Ticks stay on the device; "清空" is always in sight.
  function checklist(section) {
    var boxes = Array.prototype.slice.call(section.querySelectorAll("input[data-check]"));
    if (!boxes.length) return;
    var bar = document.createElement("div");
    bar.className = "ts-tickbar";
    var count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    function button(text, action) {
      var b = document.createElement("button");
      b.type = "button";
      b.className = "ts-button";
      b.textContent = text;
      b.addEventListener("click", action);
      return b;
    }
    function refresh() {
      var done = boxes.filter(function (b) { return b.checked; }).length;
      count.textContent = "已勾 " + done + " / " + boxes.length;
    }
    boxes.forEach(function (box) {
      var key = "tick:" + box.getAttribute("data-check");
      box.checked = store.get(key) === "1";
      box.addEventListener("change", function () {
        store.set(key, box.checked ? "1" : null);
        refresh();
      });
    });
    bar.appendChild(count);
    bar.appendChild(button("清空", function () {
      boxes.forEach(function (box) {
        box.checked = false;
        store.set("tick:" + box.getAttribute("data-check"), null);
      });
      refresh();
    }));
    bar.appendChild(button("打印", function () { window.print(); }));
    var title = section.querySelector("h2");
    if (title) title.insertAdjacentElement("afterend", bar);
    refresh();
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-checklist]"), checklist);

  // An article's gist beside the sentence it supports; the page stays where it is.
  var pop = null, opener = null;
  function closePop() {
    if (!pop) return;
    pop.remove();
    pop = null;
    if (opener) opener.focus();
  }
  function openPop(link) {
    closePop();
    opener = link;
    pop = document.createElement("div");
    pop.className = "ts-pop";
    pop.setAttribute("role", "dialog");
    pop.setAttribute("aria-label", "法条要旨");
    var title = document.createElement("h2");
    title.textContent = link.textContent + "　" + (link.getAttribute("data-title") || "");
    var text = document.createElement("p");
    text.textContent = "要旨：" + link.getAttribute("data-gist");
    var bar = document.createElement("div");
    bar.className = "ts-pop__bar";
    var back = document.createElement("button");
    back.type = "button";
    back.textContent = "回到原处";
    back.addEventListener("click", closePop);
    var more = document.createElement("a");
    more.href = link.getAttribute("href");
    more.textContent = "打开这一条";
    bar.appendChild(back);
    bar.appendChild(more);
    pop.appendChild(title);
    pop.appendChild(text);
    pop.appendChild(bar);
    document.body.appendChild(pop);
    back.focus({ preventScroll: true });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[data-gist]") : null;
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openPop(link);
    } else if (pop && !pop.contains(event.target)) {
      closePop();
    }
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") closePop(); });

  // The edition says by itself that it is past its review.
  var today = new Date();
  var iso = today.getFullYear() + "-" + ("0" + (today.getMonth() + 1)).slice(-2) + "-" + ("0" + today.getDate()).slice(-2);
  Array.prototype.forEach.call(document.querySelectorAll("[data-review]"), function (note) {
    note.hidden = iso <= note.getAttribute("data-review");
  });

  // Publicity days: what is over moves to the end, what is on says so.
  Array.prototype.forEach.call(document.querySelectorAll("[data-days]"), function (list) {
    Array.prototype.slice.call(list.children).forEach(function (row) {
      var first = row.getAttribute("data-first"), last = row.getAttribute("data-last");
      if (last && last < iso) list.appendChild(row);
      else if (first && first <= iso) {
        var now = document.createElement("span");
        now.className = "ts-days__now";
        now.textContent = "正在进行";
        (row.querySelector(".ts-days__when") || row).appendChild(now);
      }
    });
  });

  // The finder on the home page: villagers' words to guides.
  function finder(form) {
    var data = document.getElementById("finder-data");
    if (!data) return;
    var rows = JSON.parse(data.textContent);
    var input = form.querySelector("input"), list = form.querySelector("ul"), empty = form.querySelector("[data-finder-empty]");
    var chosen = -1;
    function score(words, said) {
      var best = 0, hit = "";
      words.forEach(function (word) {
        var w = word.toLowerCase(), s = 0;
        if (w === said) s = 100;
        else if (w.indexOf(said) >= 0) s = 60 + said.length - w.length / 10;
        else if (said.indexOf(w) >= 0 && w.length > 1) s = 40 + w.length * 4;
        if (s > best) { best = s; hit = word; }
      });
      return [best, hit];
    }
    function show() {
      var said = input.value.trim().toLowerCase();
      list.textContent = "";
      chosen = -1;
      var found = said ? rows.map(function (row) { var s = score(row[0], said); return [s[0], s[1], row]; })
        .filter(function (x) { return x[0] > 0; })
        .sort(function (a, b) { return b[0] - a[0]; }).slice(0, 6) : [];
      found.forEach(function (x, n) {
        var item = document.createElement("li");
        item.id = "finder-" + n;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = x[2][1];
        if (x[1]) {
          var why = document.createElement("small");
          why.textContent = x[1];
          item.appendChild(why);
        }
        item.addEventListener("mousedown", function (event) { event.preventDefault(); });
        item.addEventListener("click", function () { location.href = x[2][2]; });
        list.appendChild(item);
      });
      list.hidden = !found.length;
      empty.hidden = !said || !!found.length;
      input.setAttribute("aria-expanded", found.length ? "true" : "false");
    }
    function choose(n) {
      var items = list.children;
      if (!items.length) return;
      chosen = (n + items.length) % items.length;
      Array.prototype.forEach.call(items, function (item, k) { item.setAttribute("aria-selected", k === chosen ? "true" : "false"); });
      input.setAttribute("aria-activedescendant", items[chosen].id);
    }
    input.addEventListener("input", show);
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Escape") { list.hidden = true; }
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var item = list.children[chosen < 0 ? 0 : chosen];
      if (item && !list.hidden) item.click();
    });
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-finder]"), finder);
  document.addEventListener("keydown", function (event) {
    var input = document.getElementById("finder");
    if (event.key === "/" && input && document.activeElement === document.body) { event.preventDefault(); input.focus(); }
  });
})();
