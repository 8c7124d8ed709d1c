/* Lines that the office fills in on a page: plain words, kept on this device only. */
(function () {
  "use strict";

  /* Elements with `attribute` become fields; its value, after `prefix`, is what they are kept under. `longest`: characters. */
  tingsuo.fillLines = function (attribute, prefix, longest) {
    tingsuo.each("[" + attribute + "]", function (line) {
      var key = prefix + line.getAttribute(attribute);
      line.setAttribute("contenteditable", "plaintext-only");
      if (line.contentEditable !== "plaintext-only") line.setAttribute("contenteditable", "true");
      line.setAttribute("role", "textbox");
      line.setAttribute("tabindex", "0");
      line.setAttribute("aria-label", "由本地填写：" + line.getAttribute("data-hint"));
      line.textContent = tingsuo.get(key) || "";
      line.addEventListener("keydown", function (event) {
        if (event.key === "Enter") { event.preventDefault(); line.blur(); }
      });
      line.addEventListener("blur", function () {
        line.textContent = line.textContent.replace(/\s+/g, " ").trim().slice(0, longest);
        tingsuo.set(key, line.textContent || null);
      });
    });
  };
})();
