/* Many pages in one file. Without scripts each is a section that :target shows; here they are taken out of the document
   and put into it one at a time, with the ids that they have as pages of the site, and the page's scripts run anew.
   The address is #page:rest; a page's scripts are given a `location` and a `history` that know only the rest. */
var tingsuoPages = { run: {}, frame: [], always: [] };

/* The text of an element that holds data; some are packed (raw deflate, base64). */
tingsuoPages.text = function (element) {
  "use strict";
  if (!element.hasAttribute("data-packed")) return element.textContent;
  var packed = atob(element.textContent), bytes = new Uint8Array(packed.length), parts = [], piece;
  for (var i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  var next = tingsuoInflate.pieces(bytes), decoder = new TextDecoder();
  while ((piece = next())) parts.push(decoder.decode(piece, { stream: true }));
  return parts.join("") + decoder.decode();
};

tingsuoPages.start = function () {
  "use strict";
  var HOME = "index", ABOUT = "one-file", KEPT = 6;
  var address = window.location, past = window.history, root = document.documentElement;
  var leaves = {}, gists = JSON.parse(document.getElementById("gists").textContent), name = document.title;
  var here = null, arrived = null, going = false, places = {}, kept = [], last = null;

  function list(found) { return Array.prototype.slice.call(found); }

  // ---- addresses ---------------------------------------------------------------------
  /* #disputes/loans:talk → {key: "disputes/loans", rest: "talk"} */
  function read(hash) {
    var text = hash.slice(1), cut = text.indexOf(":"), key = cut < 0 ? text : text.slice(0, cut);
    try { key = decodeURIComponent(key); } catch (e) { /* not ours */ }
    return leaves[key] ? { key: key, rest: cut < 0 ? "" : text.slice(cut + 1) } : { key: HOME, rest: "" };
  }
  function write(key, rest) { return "#" + key + (rest ? ":" + rest : ""); }

  /* What a page's script means by an address: its own anchor, or another page beside it. */
  function resolve(href) {
    if (href.charAt(0) === "#") {
      var key = href.slice(1).split(":")[0];
      return leaves[key] ? href : write(here.key, href.slice(1));
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
    var parts = href.split("#"), path = here.key.split("/").slice(0, -1);
    parts[0].split("?")[0].split("/").forEach(function (step) {
      if (step === "..") path.pop();
      else if (step && step !== ".") path.push(step);
    });
    var found = path.join("/").replace(/\.html$/, "");
    return leaves[found] ? write(found, parts[1]) : write(ABOUT, "missing");
  }

  var pageLocation = {
    get hash() { return here.rest ? "#" + here.rest : ""; },
    set hash(value) { this.href = "#" + String(value).replace(/^#/, ""); },
    get href() { return address.href; },
    set href(value) {
      going = true;
      address.href = resolve(String(value).replace(address.href.split("#")[0], ""));
    },
    get pathname() { return "/" + here.key + ".html"; },
    get search() { return ""; },
    get protocol() { return address.protocol; },
    get host() { return address.host; },
    get hostname() { return address.hostname; },
    get origin() { return address.origin; },
    assign: function (value) { this.href = value; },
    replace: function (value) { this.href = value; },
    reload: function () { address.reload(); },
    toString: function () { return address.href; }
  };
  function entry(way) {
    return function (state, title, url) {
      if (url === undefined || url === null) past[way](state, title);
      else past[way](state, title, resolve(String(url)));
      here = read(address.hash);
    };
  }
  var pageHistory = {
    get state() { return past.state; },
    get length() { return past.length; },
    pushState: entry("pushState"),
    replaceState: entry("replaceState"),
    back: function () { past.back(); },
    forward: function () { past.forward(); },
    go: function (steps) { past.go(steps); }
  };

  // ---- what a page's scripts listen to on window and document, to be taken off when it goes --------
  var heard = null;
  [window, document].forEach(function (target) {
    var add = target.addEventListener;
    target.addEventListener = function (type, action, options) {
      if (heard) heard.push([target, add, type, action, options]);
      return add.call(target, type, action, options);
    };
  });
  function deaf(listeners) { listeners.forEach(function (one) { one[0].removeEventListener(one[2], one[3], one[4]); }); }
  function listen(listeners) { listeners.forEach(function (one) { one[1].call(one[0], one[2], one[3], one[4]); }); }

  // ---- putting a page in ---------------------------------------------------------------
  var BOUND = ["id", "for", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-flowto", "aria-errormessage"];
  var BOUNDS = BOUND.map(function (attribute) { return "[" + attribute + "]"; }).join(",");

  /* Give the elements back the ids that they have as a page of the site. */
  function free(part, key, number) {
    list(part.querySelectorAll("script[data-form]")).forEach(function (script) {
      var form = document.createElement("template");
      form.innerHTML = tingsuoPages.text(script);
      script.parentNode.replaceChild(form.content, script);
    });
    list(part.querySelectorAll("script[data-packed]")).forEach(function (script) {
      script.textContent = tingsuoPages.text(script);
      script.removeAttribute("data-packed");
    });
    list(part.querySelectorAll(BOUNDS)).forEach(function (element) {
      if (element.closest("svg")) return;
      BOUND.forEach(function (attribute) {
        var value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.split(" ").map(function (id) {
          return id.indexOf(key + ":") === 0 ? id.slice(key.length + 1) : id.indexOf(number + ":") === 0 ? id.slice(number.length + 1) : id;
        }).join(" "));
      });
    });
    // What only scripts understand of an address: a question asked of the search, a topic for an event.
    list(part.querySelectorAll("[data-rest]")).forEach(function (link) { link.setAttribute("href", link.getAttribute("href") + ":" + link.getAttribute("data-rest")); });
    list(part.querySelectorAll("[data-g]")).forEach(function (link) {
      var gist = gists[+link.getAttribute("data-g")];
      link.setAttribute("data-gist", gist[0]);
      link.setAttribute("data-title", gist[1]);
    });
    list(part.querySelectorAll("template")).forEach(function (template) { free(template.content, key, number); });
  }

  function words(element, attribute) { return (element.getAttribute(attribute) || "").split(" ").filter(Boolean); }

  function run(script) {
    var data = document.getElementById("script/" + script);
    if (tingsuoPages.run[script]) {
      // One page part that fails leaves the others alone, and says so as on a page of its own.
      try { tingsuoPages.run[script](pageLocation, pageHistory); } catch (problem) { setTimeout(function () { throw problem; }); }
    } else if (data) {
      var made = document.createElement("script");
      made.textContent = tingsuoPages.text(data);
      document.head.appendChild(made);
      made.remove();
    }
  }

  function leave() {
    if (!here) return;
    var page = { hash: write(here.key, here.rest), nodes: document.createDocumentFragment(), heard: heard, title: document.title };
    heard.forEach(function (one) { if (one[0] === window && one[2] === "pagehide") one[3].call(window, new Event("pagehide")); });
    deaf(heard);
    heard = null;
    while (place.firstChild) page.nodes.appendChild(place.firstChild);
    while (last.nextElementSibling) last.nextElementSibling.remove();
    list(root.classList).forEach(function (one) { if (standing.indexOf(one) < 0 && one !== "ts-large" && one !== "ts-dark") root.classList.remove(one); });
    // Only for what was typed: other pages begin anew, as their clocks have stopped.
    kept = kept.filter(function (one) { return one.hash !== page.hash; });
    if (page.nodes.querySelector("form")) kept = kept.concat(page).slice(-KEPT);
  }

  function enter(next, back) {
    var first = !here, leaf = leaves[next.key], tab = "#" + leaf.getAttribute("data-tab"), styles = words(leaf, "data-styles");
    leave();
    here = next;
    place.setAttribute("data-page", next.key);
    list(document.querySelectorAll("style[data-style]")).forEach(function (style) {
      style.media = styles.indexOf(style.getAttribute("data-style")) < 0 ? "not all" : style.getAttribute("data-media");
    });
    list(document.querySelectorAll(".ts-header nav a")).forEach(function (link) {
      if (link.getAttribute("href") === tab) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    list(document.querySelectorAll("[data-menu]")).forEach(function (menu) { menu.open = false; });
    var again = back && kept.filter(function (one) { return one.hash === write(next.key, next.rest); })[0];
    if (again) {
      place.appendChild(again.nodes);
      document.title = again.title;
      heard = again.heard;
      listen(heard);
      kept = kept.filter(function (one) { return one !== again; });
    } else {
      var copy = leaf.cloneNode(true);
      free(copy, next.key, leaf.getAttribute("data-n"));
      while (copy.firstChild) place.appendChild(copy.firstChild);
      document.title = leaf.getAttribute("data-title") + " - " + name;
      heard = [];
      tingsuoPages.always.concat(words(leaf, "data-needs")).forEach(run);
    }
    if (!first && (!document.activeElement || document.activeElement === document.body)) {
      var article = document.getElementById("main");
      if (article) article.focus({ preventScroll: true });
    }
  }

  function target() {
    var id = here.rest;
    try { id = decodeURIComponent(id); } catch (e) { /* not ours */ }
    return id ? document.getElementById(id) : null;
  }
  function settle(back) {
    var found = target(), y = places[address.hash];
    list(document.querySelectorAll(".is-target")).forEach(function (was) { was.classList.remove("is-target"); });
    if (found) found.classList.add("is-target");
    if (back && y !== undefined) window.scrollTo(0, y);
    else if (found) {
      found.scrollIntoView();
      if (found.hasAttribute("tabindex")) found.focus({ preventScroll: true });
    }
  }

  function route(event) {
    var next = read(address.hash), back = !going;
    // The page came with the first of the two events; its scripts needn't hear of the second.
    if (event && event.type === "hashchange" && arrived === address.hash) {
      arrived = null;
      event.stopImmediatePropagation();
      return;
    }
    arrived = null;
    if (here && next.key === here.key) {
      var moved = next.rest !== here.rest;
      here = next;
      if (moved) settle(back);
      if (event && event.type === "hashchange") going = false;
      return;
    }
    going = false;
    if (event) {
      event.stopImmediatePropagation();
      if (event.type === "popstate") arrived = address.hash;
    }
    enter(next, back);
    if (!back || places[address.hash] === undefined) window.scrollTo(0, 0);
    settle(back);
  }

  // ---- links -------------------------------------------------------------------------
  function mend(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.hasAttribute("data-file") || link.hasAttribute("download") || link.classList.contains("ts-skip")) return link;
    var href = link.getAttribute("href"), right = resolve(href);
    if (right !== href) link.setAttribute("href", right);
    return link;
  }

  // ---- the start ---------------------------------------------------------------------
  var shelf = document.querySelector("[data-leaves]"), place = document.createElement("div"), standing = list(root.classList);
  list(shelf.children).forEach(function (leaf) { leaves[leaf.id] = leaf; });
  place.className = "md-main__inner md-grid";
  last = document.body.lastElementChild;
  try { past.scrollRestoration = "manual"; } catch (e) { /* an old browser */ }

  // Before the pages' own, so that a page that goes hears nothing of the next one's address.
  window.addEventListener("popstate", route);
  window.addEventListener("hashchange", route);
  window.addEventListener("scroll", function () { places[address.hash] = window.scrollY; }, { passive: true });
  ["pointerdown", "touchstart", "focusin", "click", "auxclick", "contextmenu"].forEach(function (type) {
    document.addEventListener(type, mend, { capture: true, passive: true });
  });
  // After the pages' own: did the click lead anywhere?
  window.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.classList.contains("ts-skip")) {
      event.preventDefault();
      document.getElementById("main").focus();
      window.scrollTo(0, 0);
    } else if (link.getAttribute("href").charAt(0) === "#") {
      if (link.hash === address.hash) {
        event.preventDefault();
        if (target()) target().scrollIntoView(); else window.scrollTo(0, 0);
      } else going = true;
    }
  });

  shelf.parentNode.replaceChild(place, shelf);
  tingsuoPages.frame.forEach(run);
  going = true;
  route(null);
};
