/* Pieces that the screens of 宣传模式 are put together from. All text goes in as text. */
var tingsuoEventParts = (function () {
  "use strict";

  function make(tag, className, children) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    [].concat(children === undefined ? [] : children).forEach(function (child) {
      if (child) made.appendChild(typeof child === "object" ? child : document.createTextNode(child));
    });
    return made;
  }

  /* One of the icons that the page brings. */
  function icon(name) {
    return document.querySelector("template[data-icon=" + name + "]").content.firstElementChild.cloneNode(true);
  }

  function button(text, action, className, picture) {
    var made = make("button", className, [picture && icon(picture), make("span", "", text)]);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  /* A row of buttons of which one is on. `options`: [[value, text]]. */
  function choice(label, options, chosen, act) {
    var group = make("div", "ts-event__choice", [make("h2", "", label)]), row = make("div", "ts-event__row");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", label);
    options.forEach(function (option) {
      var one = button(option[1], function () {
        Array.prototype.forEach.call(row.children, function (other) { other.setAttribute("aria-pressed", String(other === one)); });
        act(option[0]);
      });
      one.setAttribute("aria-pressed", String(option[0] === chosen));
      row.appendChild(one);
    });
    group.appendChild(row);
    return group;
  }

  /* Heading of a screen; it takes the focus when the screen comes. */
  function heading(text, className) {
    var made = make("h1", className, text);
    made.tabIndex = -1;
    return made;
  }

  /* Articles: name in bold, what it is about behind it. */
  function laws(list) {
    return list.length ? make("p", "ts-event__laws", ["依据："].concat(list.slice(0, 3).map(function (law, n) {
      return make("span", "", [n ? "；" : "", make("b", "", law[0]), law[1] ? " " + law[1] : ""]);
    }))) : null;
  }

  /* A numbered answer. `state`: "" to choose, "right", "wrong" (chosen and wrong), "other". */
  function answer(number, text, state, act) {
    var inside = [make("b", "ts-event__no", String(number)), make("span", "", text)];
    if (state === "right") inside.push(make("em", "", [icon("check-circle"), "对"]));
    if (state === "wrong") inside.push(make("em", "", [icon("close-circle"), "选了这个"]));
    var made = make(act ? "button" : "div", "ts-event__answer" + (state ? " is-" + state : ""), inside);
    if (act) {
      made.type = "button";
      made.addEventListener("click", act);
    }
    return make("li", "", made);
  }

  return { make: make, icon: icon, button: button, choice: choice, heading: heading, laws: laws, answer: answer };
})();
