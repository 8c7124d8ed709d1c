/* An article's gist over the sentence it supports. The page stays where it is; 回到原处 and the device's back key lead back to the link. */
(function () {
  "use strict";
  var pop = null, opener = null, place = null;

  function held() {
    return !!(history.state && history.state.gist);
  }

  function hide() {
    if (!pop) return;
    pop.remove();
    pop = null;
    opener.focus({ preventScroll: true });
  }

  function close() {
    hide();
    if (held()) history.back();
  }

  // Chromium scrolls to the anchor in the address when it goes back for the first time.
  function stay() {
    if (place) scrollTo(place[0], place[1]);
    place = null;
  }

  function piece(tag, text) {
    var made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function open(link) {
    hide();
    opener = link;
    // A place in the history for the gist alone: the back key takes the gist away and moves nothing.
    if (!held()) history.pushState({ gist: true }, "");
    place = [scrollX, scrollY];
    pop = document.createElement("div");
    pop.className = "ts-pop";
    pop.setAttribute("role", "dialog");
    pop.setAttribute("aria-label", "法条要旨");
    var bar = document.createElement("div"), back = piece("button", "回到原处"), more = piece("a", "打开这一条");
    bar.className = "ts-pop__bar";
    back.type = "button";
    back.addEventListener("click", close);
    more.href = link.getAttribute("href");
    bar.appendChild(back);
    bar.appendChild(more);
    pop.appendChild(piece("h2", link.textContent + "　" + (link.getAttribute("data-title") || "")));
    pop.appendChild(piece("p", "要旨：" + link.getAttribute("data-gist")));
    pop.appendChild(bar);
    document.body.appendChild(pop);
    back.focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-gist]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link);
    } else if (!pop || !pop.contains(event.target)) {
      hide();
      // A link elsewhere goes where it says.
      if (event.target.closest("a")) place = null;
    }
  });
  window.addEventListener("scroll", function () {
    if (held()) place = [scrollX, scrollY];
  }, { passive: true });
  window.addEventListener("popstate", function () {
    hide();
    if (!held()) requestAnimationFrame(stay);
  });
  window.addEventListener("pagehide", hide);
  document.addEventListener("keydown", function (event) {
    if (!pop) return;
    if (event.key === "Escape") close();
    if (event.key !== "Tab") return;
    // The two choices take turns until one is taken.
    var choices = pop.querySelectorAll("button, a");
    event.preventDefault();
    choices[document.activeElement === choices[0] ? 1 : 0].focus({ preventScroll: true });
  });
})();
