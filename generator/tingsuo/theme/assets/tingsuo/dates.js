/* What depends on the day on which the page is read: an edition past its review, publicity days over or under way. */
(function () {
  "use strict";
  var today = tingsuo.today();

  tingsuo.each("[data-review]", function (note) { note.hidden = today <= note.getAttribute("data-review"); });

  tingsuo.each("[data-days]", function (list) {
    Array.prototype.slice.call(list.children).forEach(function (row) {
      var first = row.getAttribute("data-first"), last = row.getAttribute("data-last");
      if (last && last < today) list.appendChild(row);
      else if (first && first <= today) {
        var now = document.createElement("span");
        now.className = "ts-days__now";
        now.textContent = "正在进行";
        (row.querySelector(".ts-days__when") || row).appendChild(now);
      }
    });
  });
})();
