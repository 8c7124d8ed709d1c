/* What keeps a tablet at the event: back to the start when left alone, a way out that isn't hit by chance,
   a Back button that stays within the page, the whole screen, a screen that doesn't go dark. */
var tingsuoGuard = (function () {
  "use strict";
  var LAST_SECONDS = 15, HOLD = 3000, GIVES_UP = 15000, LOCKS = 4;

  function open(dialog) {
    if (dialog.open) return;
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  }
  function close(dialog) {
    if (!dialog.open) return;
    if (dialog.close) dialog.close();
    else dialog.removeAttribute("open");
  }

  /* `to`: dialog, minutes() (0 never), resting() (nothing to go back from), busy() (reads aloud), reset(). */
  function idle(to) {
    var last = Date.now(), left = to.dialog.querySelector("[data-left]");
    function touched() {
      last = Date.now();
      close(to.dialog);
    }
    // While it asks, only its own click or a key counts: a touch that closed it at once would go through to what lies below.
    ["pointerdown", "touchstart", "wheel", "scroll"].forEach(function (kind) {
      document.addEventListener(kind, function () { if (!to.dialog.open) last = Date.now(); }, { capture: true, passive: true });
    });
    to.dialog.addEventListener("click", touched);
    to.dialog.addEventListener("close", function () { last = Date.now(); });
    document.addEventListener("keydown", function (event) {
      if (to.dialog.open) {
        event.preventDefault();
        event.stopPropagation();
      }
      touched();
    }, true);
    var watching = setInterval(function () {
      // In a single file the page can be gone while its clock goes on.
      if (!to.dialog.isConnected) return clearInterval(watching);
      var limit = to.minutes() * 60000, seconds = Math.ceil((last + limit - Date.now()) / 1000);
      if (!limit || to.resting() || to.busy()) touched();
      else if (seconds <= 0) {
        touched();
        to.reset();
      } else if (seconds <= LAST_SECONDS) {
        if (left.textContent !== String(seconds)) left.textContent = seconds;
        open(to.dialog);
      } else close(to.dialog);
    }, 500);
  }

  /* `to`: button, dialog, leave(). Three ways out: hold the button, hold Esc, or tap four numbers in order. */
  function leaving(to) {
    var locks = to.dialog.querySelector("[data-locks]"), holding = 0, escaping = 0, waiting = 0, next = 1;

    function hold() {
      release();
      to.button.classList.add("is-held");
      holding = setTimeout(to.leave, HOLD);
    }
    function release() {
      clearTimeout(holding);
      to.button.classList.remove("is-held");
    }
    to.button.addEventListener("pointerdown", function (event) { if (event.isPrimary !== false) hold(); });
    ["pointerup", "pointercancel", "pointerleave"].forEach(function (kind) { to.button.addEventListener(kind, release); });
    to.button.addEventListener("contextmenu", function (event) { event.preventDefault(); });
    to.button.addEventListener("click", ask);

    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.repeat || to.dialog.open) return;
      clearTimeout(escaping);
      escaping = setTimeout(to.leave, HOLD);
    });
    document.addEventListener("keyup", function (event) { if (event.key === "Escape") clearTimeout(escaping); });
    window.addEventListener("blur", function () { clearTimeout(escaping); release(); });

    function ask() {
      var numbers = [];
      for (var n = 1; n <= LOCKS; n++) numbers.splice(Math.floor(Math.random() * n), 0, n);
      next = 1;
      locks.textContent = "";
      numbers.forEach(function (number) {
        var lock = document.createElement("button");
        lock.type = "button";
        lock.textContent = number;
        lock.addEventListener("click", function () { press(number, lock); });
        locks.appendChild(lock);
      });
      open(to.dialog);
      to.dialog.querySelector("h2").focus();
      wait();
    }
    function press(number, lock) {
      if (number !== next) return close(to.dialog);
      lock.disabled = true;
      next++;
      if (next > LOCKS) to.leave();
      else wait();
    }
    function wait() {
      clearTimeout(waiting);
      waiting = setTimeout(function () { close(to.dialog); }, GIVES_UP);
    }
    to.dialog.addEventListener("keydown", function (event) {
      if (/^[1-4]$/.test(event.key)) Array.prototype.forEach.call(locks.children, function (lock) { if (lock.textContent === event.key) lock.click(); });
      event.stopPropagation();
    });
    to.dialog.addEventListener("close", function () { clearTimeout(waiting); });
    to.dialog.querySelector("[data-stay]").addEventListener("click", function () { close(to.dialog); });
  }

  /* `to`: location, history (the page's own: in a single file they aren't the window's), home() (the address of the start), show(). Below the first screen lies a floor: Back reaches it and is at the start again. */
  function backs(to) {
    var location = to.location, history = to.history, shown = null;
    function enter(kind, state, hash) {
      try { history[kind]({ tingsuoEvent: state }, "", hash); return true; } catch (e) { return false; }
    }
    function show() {
      shown = location.hash;
      to.show();
    }
    function moved() {
      var state = history.state && history.state.tingsuoEvent;
      if (state === "floor") enter("pushState", "here", to.home());
      else if (!state) enter("replaceState", "here", location.hash || "#");
      else if (location.hash === shown) return;
      show();
    }
    if (!history.state || !history.state.tingsuoEvent) {
      var asked = location.hash || "#";
      enter("replaceState", "floor", to.home());
      enter("pushState", "here", asked);
    }
    window.addEventListener("popstate", moved);
    window.addEventListener("hashchange", function () { if (location.hash !== shown) moved(); });
    return {
      go: function (hash, replace) {
        // Some readers forbid it; then the address itself is changed, and hashchange shows the screen.
        if (enter(replace ? "replaceState" : "pushState", "here", hash)) show();
        else location.hash = hash;
      },
      begin: show
    };
  }

  /* The whole screen. `able`: whether the device offers it. */
  var root = document.documentElement, ask = root.requestFullscreen || root.webkitRequestFullscreen;
  var whole = {
    able: !!ask && !!(document.fullscreenEnabled || document.webkitFullscreenEnabled),
    on: function () { return !!(document.fullscreenElement || document.webkitFullscreenElement); },
    turn: function () {
      var made = whole.on() ? (document.exitFullscreen || document.webkitExitFullscreen).call(document) : ask.call(root);
      if (made && made.catch) made.catch(function () { /* refused: the page fills the window anyway */ });
    },
    watch: function (changed) { ["fullscreenchange", "webkitfullscreenchange"].forEach(function (kind) { document.addEventListener(kind, changed); }); }
  };

  /* Keeps the screen lit where the device lets a page do so. */
  function awake() {
    if (!navigator.wakeLock) return;
    function keep() { if (document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(function () { /* refused */ }); }
    document.addEventListener("visibilitychange", keep);
    document.addEventListener("pointerdown", keep, { once: true });
  }

  return { idle: idle, leaving: leaving, backs: backs, whole: whole, awake: awake, close: close };
})();
