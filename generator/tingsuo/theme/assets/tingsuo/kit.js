/* Event kits and texts to hand on: lines to fill in, texts to copy or save, sheets to print one by one. */
(function () {
  "use strict";
  var root = document.documentElement;

  function button(words, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "ts-button";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }

  // ---- lines that the office fills in; what is written stays on this device ----------------
  tingsuo.fillLines("data-line", "line:", 60);

  // ---- texts -----------------------------------------------------------------------------
  /* The words as they stand, a line for each paragraph, empty lines to fill in as ____. */
  function words(place) {
    var copy = place.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll("[data-line]"), function (line) {
      line.textContent = line.textContent || "____";
    });
    Array.prototype.forEach.call(copy.querySelectorAll("br"), function (end) { end.replaceWith("\n"); });
    var parts = copy.children.length ? Array.prototype.slice.call(copy.children) : [copy];
    return parts.map(function (part) { return part.textContent.trim(); }).filter(Boolean).join("\n");
  }

  /* The clipboard of pages that aren't on https: what is selected. */
  function copySelected(place) {
    var range = document.createRange(), selection = getSelection();
    range.selectNodeContents(place);
    selection.removeAllRanges();
    selection.addRange(range);
    try { return document.execCommand("copy"); } catch (e) { return false; }
  }

  function copy(place, say) {
    function other() { say(copySelected(place) ? "已复制" : "已选中，请按复制"); }
    if (!navigator.clipboard) return other();
    navigator.clipboard.writeText(words(place)).then(function () { say("已复制"); }, other);
  }

  tingsuo.each("[data-text]", function (block) {
    var place = block.querySelector("[data-words]"), title = block.getAttribute("data-text"), bar = document.createElement("div"), said = document.createElement("output");
    bar.className = "ts-textbar";
    bar.appendChild(button("复制", function () { copy(place, function (text) { said.textContent = text; }); }));
    bar.appendChild(button("存成文字", function () {
      tingsuo.save(["\ufeff" + words(place).replace(/\n/g, "\r\n") + "\r\n"], title + ".txt", "text/plain;charset=utf-8");
    }));
    bar.appendChild(said);
    place.insertAdjacentElement("afterend", bar);
  });

  // ---- sheets: this one alone on paper ---------------------------------------------------------
  tingsuo.each("[data-sheet]", function (sheet) {
    var print = button("只打印这一部分", function () {
      root.classList.add("ts-one-sheet");
      sheet.classList.add("ts-sheet--on");
      // Where printing doesn't wait, the page is taken after this.
      window.addEventListener("afterprint", function () {
        root.classList.remove("ts-one-sheet");
        sheet.classList.remove("ts-sheet--on");
      }, { once: true });
      window.print();
    });
    var bar = sheet.querySelector(".ts-tickbar");
    if (bar) return bar.appendChild(print);
    bar = document.createElement("div");
    bar.className = "ts-textbar";
    bar.appendChild(print);
    sheet.querySelector("h2").insertAdjacentElement("afterend", bar);
  });
})();
