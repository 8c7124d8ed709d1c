/* A quiz on its page: each question answers at once, in words and with an icon; the score stands at the end.
   What was answered is in this page alone and gone when it is left. */
var tingsuoQuiz = (function () {
  "use strict";
  var LETTERS = "ABCDE";

  /* `answers`: {question: chosen}, `right`: {question: the right one}; both count from 1. → how many answered, how many right, which wrong. */
  function score(answers, right) {
    var done = Object.keys(answers), wrong = done.filter(function (key) { return answers[key] !== right[key]; });
    return { all: Object.keys(right).length, done: done.length, right: done.length - wrong.length, wrong: wrong };
  }

  /* 答对了。 答错了，答案是 B。 */
  function verdict(chosen, right) {
    return chosen === right ? "答对了。" : "答错了，答案是 " + LETTERS.charAt(right - 1) + "。";
  }

  function summary(sum) {
    if (sum.done < sum.all) return "答了 " + sum.done + " 题，答对 " + sum.right + " 题，还有 " + (sum.all - sum.done) + " 题。";
    return "共 " + sum.all + " 题，答对 " + sum.right + " 题。" + (sum.wrong.length ? "错的再看一遍：" : "全对！");
  }

  return { score: score, verdict: verdict, summary: summary };
})();

(function () {
  "use strict";
  var list = document.querySelector("[data-quiz]"), end = document.querySelector("[data-score]");
  if (!list) return;
  var questions = Array.prototype.slice.call(list.children), answers = {}, right = {}, ways = {};
  var icons = document.querySelector("[data-icons]").content;

  function made(tag, className, text) {
    var element = document.createElement(tag);
    element.className = className;
    element.textContent = text || "";
    return element;
  }
  function icon(name) { return icons.querySelector("[data-icon=" + name + "] svg").cloneNode(true); }

  var said = made("p", "ts-quiz-end__sum"), again = made("button", "ts-button ts-quiz-end__again", "重新答"), wrong = made("ul", "ts-facets");
  said.setAttribute("role", "status");
  again.type = "button";
  end.appendChild(said);
  end.appendChild(wrong);
  end.appendChild(again);
  end.hidden = false;

  function total() {
    var sum = tingsuoQuiz.score(answers, right);
    said.textContent = tingsuoQuiz.summary(sum);
    again.hidden = !sum.done;
    wrong.textContent = "";
    wrong.hidden = sum.done < sum.all || !sum.wrong.length;
    if (wrong.hidden) return;
    questions.forEach(function (question, n) {
      if (sum.wrong.indexOf(question.id) < 0) return;
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + question.id;
      link.textContent = "第" + (n + 1) + "题";
      item.appendChild(link);
      wrong.appendChild(item);
    });
  }

  questions.forEach(function (question) {
    var options = question.querySelector(".ts-q__options"), why = question.querySelector(".ts-q__why"), result = made("p", "ts-q__result");
    right[question.id] = +question.getAttribute("data-answer");
    result.setAttribute("role", "status");
    options.insertAdjacentElement("afterend", result);
    why.hidden = true;

    var buttons = Array.prototype.map.call(options.children, function (option, n) {
      var button = made("button", "ts-q__option");
      button.type = "button";
      while (option.firstChild) button.appendChild(option.firstChild);
      button.addEventListener("click", function () { answer(n + 1); });
      option.appendChild(button);
      return button;
    });

    function answer(chosen) {
      if (answers[question.id]) return;
      answers[question.id] = chosen;
      var good = chosen === right[question.id];
      buttons.forEach(function (button, n) {
        // Not disabled: the keyboard stays where it was.
        button.setAttribute("aria-disabled", "true");
        if (n + 1 === right[question.id]) mark(button, "right", n + 1 === chosen ? "你选的，对" : "答案");
        else if (n + 1 === chosen) mark(button, "wrong", "你选的，错");
      });
      result.className = "ts-q__result ts-q__result--" + (good ? "right" : "wrong");
      result.appendChild(icon(good ? "right" : "wrong"));
      result.appendChild(made("span", "", tingsuoQuiz.verdict(chosen, right[question.id])));
      why.hidden = false;
      why.open = true;
      total();
    }

    function mark(button, tone, words) {
      button.classList.add("ts-q__option--" + tone);
      var note = made("em", "ts-q__mark");
      note.appendChild(icon(tone));
      note.appendChild(made("span", "", words));
      button.appendChild(note);
    }

    ways[question.id] = function () {
      buttons.forEach(function (button) {
        var note = button.querySelector(".ts-q__mark");
        if (note) note.remove();
        button.className = "ts-q__option";
        button.removeAttribute("aria-disabled");
      });
      result.textContent = "";
      result.className = "ts-q__result";
      why.open = false;
      why.hidden = true;
    };
  });

  again.addEventListener("click", function () {
    answers = {};
    Object.keys(ways).forEach(function (key) { ways[key](); });
    total();
    var first = questions[0].querySelector("button");
    first.focus({ preventScroll: true });
    questions[0].scrollIntoView();
  });
  total();
})();
