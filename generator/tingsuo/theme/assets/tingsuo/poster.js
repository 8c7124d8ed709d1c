/* Wall posters: what is written on the lines stays on this device; printed on A4 or A3. */
(function () {
  "use strict";
  var LONGEST = 40, root = document.documentElement;

  /* One line of plain words. */
  function plain(text) { return text.replace(/\s+/g, " ").trim().slice(0, LONGEST); }

  tingsuo.each("[data-blank]", function (blank) {
    var key = "poster:" + blank.getAttribute("data-blank");
    blank.setAttribute("contenteditable", "plaintext-only");
    if (blank.contentEditable !== "plaintext-only") blank.setAttribute("contenteditable", "true");
    blank.setAttribute("role", "textbox");
    blank.setAttribute("tabindex", "0");
    blank.setAttribute("aria-label", "由本地填写：" + blank.getAttribute("data-hint"));
    blank.textContent = tingsuo.get(key) || "";
    blank.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); blank.blur(); }
    });
    blank.addEventListener("blur", function () {
      blank.textContent = plain(blank.textContent);
      tingsuo.set(key, blank.textContent || null);
    });
  });

  tingsuo.each("[data-print-on]", function (button) {
    button.addEventListener("click", function () {
      var a3 = button.getAttribute("data-print-on") === "a3";
      root.classList.toggle("ts-a3", a3);
      tingsuo.each("[data-a3]", function (sheet) { sheet.media = a3 ? "print" : "not all"; });
      window.print();
    });
  });
})();
