/* Cases to push: on the device's day, this month stands first. */
(function () {
  "use strict";
  var list = document.querySelector("[data-months]"), note = document.querySelector("[data-now]");
  if (!list || !note) return;
  var month = tingsuo.today().slice(0, 7), sections = Array.prototype.slice.call(list.children);
  var now = sections.filter(function (section) { return section.getAttribute("data-month") === month; })[0];
  note.hidden = false;
  if (!now) {
    note.textContent = "这个月不在这一版里。这一版排到" + list.getAttribute("data-last") + "，请换新的一版。";
    return;
  }
  // What is over goes to the end.
  sections.forEach(function (section) { if (section.getAttribute("data-month") < month) list.appendChild(section); });
  var link = document.createElement("a"), heading = now.querySelector("h2");
  link.href = "#" + heading.id;
  link.className = "ts-go";
  link.textContent = "这个月：" + heading.textContent;
  note.appendChild(link);
})();
