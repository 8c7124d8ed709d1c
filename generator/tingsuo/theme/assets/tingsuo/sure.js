/* A button that asks once more before it does what can't be undone. */
var tingsuoSure = function (button, question, action) {
  "use strict";
  var WAITS = 6000, words = button.querySelector("span") || button, usual = words.textContent, waiting = 0;
  function back() {
    clearTimeout(waiting);
    waiting = 0;
    words.textContent = usual;
    button.classList.remove("ts-button--sure");
  }
  button.addEventListener("click", function () {
    if (waiting) {
      back();
      action();
      return;
    }
    usual = words.textContent;
    words.textContent = question;
    button.classList.add("ts-button--sure");
    waiting = setTimeout(back, WAITS);
  });
  button.addEventListener("blur", back);
};
