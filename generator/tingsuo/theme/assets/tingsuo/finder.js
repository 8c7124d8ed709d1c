/* The finder on the home page: villagers' words lead to guides, procedures and laws. */
(function () {
  "use strict";
  var MOST = 6;

  /* How well a row's words fit what was said: [points, the word that fits best].
     The first word is the row's own name and counts most; the number of fitting words breaks ties. */
  function score(words, said) {
    var best = 0, hit = "", hits = 0;
    words.forEach(function (word, n) {
      var w = word.toLowerCase(), points = 0;
      if (w === said) points = n ? 100 : 120;
      else if (w.indexOf(said) >= 0) points = 60 + said.length - w.length / 10;
      else if (said.indexOf(w) >= 0) points = w.length > 1 ? 40 + w.length * 4 : 20;
      if (points) hits += 1;
      if (points > best) { best = points; hit = word; }
    });
    return [best && best + Math.min(hits, 9) / 10, hit];
  }

  /* The best rows for what was said: [{title, url, why}]. */
  function find(rows, said) {
    if (!said) return [];
    return rows
      .map(function (row) { var s = score(row[0], said); return { points: s[0], why: s[1], title: row[1], url: row[2] }; })
      .filter(function (found) { return found.points > 0; })
      .sort(function (a, b) { return b.points - a.points; })
      .slice(0, MOST);
  }

  tingsuo.each("[data-finder]", function (form) {
    var rows = JSON.parse(document.getElementById("finder-data").textContent);
    var input = form.querySelector("input"), list = form.querySelector("ul"), empty = form.querySelector("[data-finder-empty]");
    var chosen = -1;

    function unfold(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", open ? "true" : "false");
      if (!open) choose(-1);
    }
    function choose(n) {
      chosen = n;
      Array.prototype.forEach.call(list.children, function (item, k) { item.setAttribute("aria-selected", k === n ? "true" : "false"); });
      if (n < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[n].id);
    }
    function show() {
      var said = input.value.trim().toLowerCase(), found = find(rows, said);
      list.textContent = "";
      found.forEach(function (entry, n) {
        var item = document.createElement("li"), why = document.createElement("small");
        item.id = "finder-" + n;
        item.setAttribute("role", "option");
        item.textContent = entry.title;
        why.textContent = entry.why;
        item.appendChild(why);
        item.addEventListener("mousedown", function (event) { event.preventDefault(); });
        item.addEventListener("click", function () { location.href = entry.url; });
        list.appendChild(item);
      });
      choose(-1);
      unfold(found.length > 0);
      empty.hidden = !said || found.length > 0;
    }

    // `input` also comes from voice, handwriting and pasting, where there is no key.
    input.addEventListener("input", show);
    input.addEventListener("focus", function () { if (input.value) show(); });
    input.addEventListener("blur", function () { unfold(false); });
    input.addEventListener("keydown", function (event) {
      var count = list.children.length;
      if (event.key === "Escape" && !list.hidden) {
        // The first Escape folds the list, the next empties the field (the browser does that).
        event.preventDefault();
        unfold(false);
      }
      if (!count || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      if (list.hidden) unfold(true);
      choose(event.key === "ArrowDown" ? (chosen + 1) % count : (chosen <= 0 ? count : chosen) - 1);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var item = list.children[Math.max(chosen, 0)];
      if (item && !list.hidden) item.click();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && document.activeElement === document.body) { event.preventDefault(); input.focus(); }
    });
  });
})();
