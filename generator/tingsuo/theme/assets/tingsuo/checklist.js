/* Checklists: ticks stay on this device; how many are done, 清空, 打印 and 存成文字 stand at the top of the list. */
(function () {
  "use strict";

  function progress(done, all) { return "已勾 " + done + " / " + all; }

  function button(text, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "ts-button";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  }

  // A text file with a line for each item, ticked or not.
  function save(boxes, title) {
    var page = document.querySelector("h1").textContent.trim();
    var lines = boxes.map(function (box) {
      return (box.checked ? "☑ " : "☐ ") + box.closest("li").textContent.replace(/\s+/g, " ").trim();
    });
    tingsuo.save(["\ufeff" + [page + "：" + title, ""].concat(lines).join("\r\n") + "\r\n"], page + "-" + title + ".txt", "text/plain;charset=utf-8");
  }

  tingsuo.each("[data-checklist]", function (section) {
    var boxes = Array.prototype.slice.call(section.querySelectorAll("input[data-check]"));
    var title = section.querySelector("h2, h3");
    if (!boxes.length || !title) return;
    var bar = document.createElement("div"), count = document.createElement("output");
    bar.className = "ts-tickbar";

    function key(box) { return "tick:" + box.getAttribute("data-check"); }
    function refresh() { count.textContent = progress(boxes.filter(function (box) { return box.checked; }).length, boxes.length); }

    boxes.forEach(function (box) {
      box.checked = tingsuo.get(key(box)) === "1";
      box.addEventListener("change", function () {
        tingsuo.set(key(box), box.checked ? "1" : null);
        refresh();
      });
    });
    bar.appendChild(count);
    bar.appendChild(button("清空", function () {
      boxes.forEach(function (box) {
        box.checked = false;
        tingsuo.set(key(box), null);
      });
      refresh();
    }));
    bar.appendChild(button("打印", function () { window.print(); }));
    bar.appendChild(button("存成文字", function () { save(boxes, title.textContent.trim()); }));
    title.insertAdjacentElement("afterend", bar);
    refresh();
  });
})();
