/* A pathway, one question a screen. Where one is stands in the address and nowhere else: #/boss/want/wage are the answers
   so far, by where they lead (the second answer that leads to the same place is wage.2, “以上都不是” is ~). So going back,
   a bookmark and a link that is passed on lead to the same place. Without this script the page's anchors do the same work. */
(function () {
  "use strict";

  /* → {tokens, at}: how far the answers can be followed, and the question or ending where they lead.
     `map`: {question: {token: where it leads}}. */
  function follow(map, start, tokens) {
    var taken = [], at = start;
    tokens.every(function (token) {
      if (!map[at] || !Object.prototype.hasOwnProperty.call(map[at], token)) return false;
      taken.push(token);
      at = map[at][token];
      return true;
    });
    return { tokens: taken, at: at };
  }

  /* The fewest answers that lead to a place, null when none do. */
  function shortest(map, start, goal) {
    var todo = [{ tokens: [], at: start }], seen = {};
    while (todo.length) {
      var here = todo.shift();
      if (here.at === goal) return here.tokens;
      if (seen[here.at]) continue;
      seen[here.at] = true;
      Object.keys(map[here.at] || {}).forEach(function (token) { todo.push({ tokens: here.tokens.concat(token), at: map[here.at][token] }); });
    }
    return null;
  }

  function address(tokens) { return "#/" + tokens.join("/"); }

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function link(className, href, text) {
    var made = make("a", className, text);
    made.href = href;
    return made;
  }

  function begin(root) {
    var start = root.getAttribute("data-path"), trail = root.querySelector("[data-trail]"), bar = root.querySelector("[data-bar]"), tree = root.querySelector("[data-tree]");
    var screens = {}, map = {}, name = document.title, here = null;

    Array.prototype.forEach.call(root.querySelectorAll(".ts-screen"), function (screen) {
      var question = screen.getAttribute("data-question");
      screens[question || screen.getAttribute("data-ending")] = screen;
      if (!question) return;
      map[question] = {};
      ways(screen).forEach(function (way) { map[question][way.getAttribute("data-token")] = way.getAttribute("data-go"); });
    });

    function ways(screen) { return Array.prototype.slice.call(screen.querySelectorAll("[data-token]")); }
    function said(way) { return way.querySelector("span").textContent; }
    function asked(screen) { return screen.querySelector("h2").lastChild.textContent.trim(); }

    /* The answers that the address stands for; an anchor of the page without scripts counts as the shortest way there.
       null when the address means something else on the page. */
    function read() {
      var hash = location.hash.slice(1), anchor = /^(?:q|end)-(.+)$/.exec(hash);
      if (!hash) return [];
      if (hash.charAt(0) === "/") return hash.split("/").filter(Boolean);
      return hash === "none" ? ["~"] : anchor && shortest(map, start, anchor[1]);
    }

    /* Each answer given, to be tapped and given anew. */
    function showTrail(tokens) {
      var list = make("ol"), at = start;
      tokens.forEach(function (token, step) {
        var screen = screens[at], way = ways(screen).filter(function (one) { return one.getAttribute("data-token") === token; })[0];
        var item = make("li"), back = link("", address(tokens.slice(0, step)));
        back.appendChild(make("small", "", asked(screen)));
        back.appendChild(make("b", "", said(way)));
        back.appendChild(make("span", "ts-trail__change", "改"));
        item.appendChild(back);
        list.appendChild(item);
        at = map[at][token];
      });
      trail.textContent = "";
      trail.appendChild(list);
      trail.hidden = !tokens.length;
    }

    function showBar(tokens) {
      bar.textContent = "";
      bar.hidden = false;
      if (tokens.length) {
        bar.appendChild(link("ts-button", address(tokens.slice(0, -1)), "上一问"));
        bar.appendChild(link("ts-button", address([]), "从头来"));
      }
      var print = make("button", "ts-button", map[here] ? "打印整张图" : "打印这个结果");
      print.type = "button";
      print.addEventListener("click", function () { window.print(); });
      bar.appendChild(print);
    }

    function show(first) {
      var asks = read();
      if (!asks && !first) return;
      var found = follow(map, start, asks || []), tokens = found.tokens, screen = screens[found.at], heading = screen.querySelector("h2");
      // What can't be followed (an old link, a slip) is dropped from the address, so that it says where one is.
      if (asks && location.hash && location.hash !== address(tokens)) history.replaceState(null, "", address(tokens));
      here = found.at;
      Object.keys(screens).forEach(function (key) { screens[key].classList.toggle("is-here", key === here); });
      root.classList.toggle("is-at-end", !map[here]);
      root.classList.toggle("is-under-way", tokens.length > 0);
      if (map[here]) ways(screen).forEach(function (way) { way.href = address(tokens.concat(way.getAttribute("data-token"))); });
      showTrail(tokens);
      showBar(tokens);
      screen.appendChild(bar);
      document.title = tokens.length ? asked(screen) + " - " + name : name;
      if (first && !tokens.length) return;
      tree.open = false;
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }

    window.addEventListener("hashchange", function () { show(false); });
    show(true);
  }

  tingsuo.each("[data-path]", begin);
})();
