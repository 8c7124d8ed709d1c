/* The switches in the header (大字, 夜间) and the phone's menu.
   The first paint is settled in the page's head; see main.html. */
(function () {
  "use strict";
  var root = document.documentElement;

  function toggle(selector, key, isOn, apply) {
    tingsuo.each(selector, function (button) {
      function show(on) {
        button.setAttribute("aria-pressed", on ? "true" : "false");
        apply(on);
      }
      show(isOn());
      button.addEventListener("click", function () {
        var on = button.getAttribute("aria-pressed") !== "true";
        tingsuo.set(key, on ? "1" : "0");
        show(on);
      });
    });
  }

  toggle("[data-large]", "large", function () { return root.classList.contains("ts-large"); }, function (on) {
    root.classList.toggle("ts-large", on);
  });
  toggle("[data-dark]", "dark", function () { return root.classList.contains("ts-dark"); }, function (on) {
    root.classList.toggle("ts-dark", on);
    document.body.setAttribute("data-md-color-scheme", on ? "slate" : "default");
  });

  // "/" leads to the search from every page that has no field of its own.
  document.addEventListener("keydown", function (event) {
    var link = document.querySelector("[data-search-link]");
    if (event.key !== "/" || !link || document.querySelector("[data-search]") || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    location.href = link.href;
  });

  tingsuo.each("[data-menu]", function (menu) {
    document.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
