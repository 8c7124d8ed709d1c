/* What this device remembers: a few keys, nothing personal, never sent anywhere.
   Classic scripts without modules: they must run from file://. This one comes first; the others use `tingsuo`. */
var tingsuo = (function () {
  "use strict";
  var site = document.documentElement.getAttribute("data-site") || "tingsuo";
  // Pages opened by double click share one localStorage with all other files, hence the prefix.
  // It may be blocked or full; then things are remembered until the page is left.
  var memory = {};

  function get(key) {
    if (key in memory) return memory[key];
    try { return localStorage.getItem(site + ":" + key); } catch (e) { return null; }
  }
  /* Says whether it is kept on the device, not only until the page is left. */
  function set(key, value) {
    try {
      if (value === null) localStorage.removeItem(site + ":" + key);
      else localStorage.setItem(site + ":" + key, value);
      delete memory[key];
      return true;
    } catch (e) {
      memory[key] = value;
      return false;
    }
  }

  /* Whether this device keeps anything at all. */
  function lasts() {
    var kept = set("probe", "1");
    set("probe", null);
    return kept;
  }

  /* Every element that matches, one by one. */
  function each(selector, action) { Array.prototype.forEach.call(document.querySelectorAll(selector), action); }

  /* Today on this device, as 2026-11-23. */
  function today() {
    var now = new Date();
    return now.getFullYear() + "-" + ("0" + (now.getMonth() + 1)).slice(-2) + "-" + ("0" + now.getDate()).slice(-2);
  }

  return { get: get, set: set, lasts: lasts, each: each, today: today };
})();
