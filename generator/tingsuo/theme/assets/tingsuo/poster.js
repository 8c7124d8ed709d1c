/* Wall posters: what is written on the lines stays on this device; printed on A4 or A3. */
(function () {
  "use strict";
  var root = document.documentElement;

  tingsuo.fillLines("data-blank", "poster:", 40);

  tingsuo.each("[data-print-on]", function (button) {
    button.addEventListener("click", function () {
      var a3 = button.getAttribute("data-print-on") === "a3";
      root.classList.toggle("ts-a3", a3);
      tingsuo.each("[data-a3]", function (sheet) { sheet.media = a3 ? "print" : "not all"; });
      window.print();
    });
  });
})();
