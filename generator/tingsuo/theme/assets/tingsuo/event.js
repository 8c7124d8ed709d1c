/* 宣传模式: shows the screen that the address stands for; touch, keys, clock, reading aloud, and what is kept on the device. */
(function () {
  "use strict";
  var core = tingsuoEventCore, guard = tingsuoGuard, voice = tingsuoVoice, screens = tingsuoEventScreens, quiz = tingsuoEventQuiz;
  var LISTS = { topics: screens.topics, settings: screens.settings, list: screens.list, quizzes: quiz.quizzes };
  var LARGEST = 44, LIST = 30, SMALLEST = 24, SWIPE = 60;
  var root = document.querySelector("[data-event]");
  if (!root) return;
  var data = JSON.parse(root.querySelector("[data-definition]").textContent);
  var view = root.querySelector("[data-screen]"), bar = root.querySelector("[data-bar]"), topicLine = root.querySelector("[data-topic]");
  var voiceButton = root.querySelector("[data-voice]"), idleDialog = root.querySelector("[data-idle]"), leaveDialog = root.querySelector("[data-leave]");
  var settings = { minutes: 2, pause: 1, seconds: "" }, counts = {}, here = null, ticking = 0, aloud = false, gone = 0;

  /* ---- What the device keeps ---- */

  function stored(key) {
    try { return JSON.parse(tingsuo.get("event:" + key) || "null") || {}; } catch (e) { return {}; }
  }
  function keep(name, value) {
    settings[name] = value;
    tingsuo.set("event:settings", JSON.stringify(settings));
  }
  function count(change) {
    counts = core.counted(counts, tingsuo.today(), change);
    tingsuo.set("event:counts", JSON.stringify(counts));
  }
  var before = stored("settings");
  if ([0, 1, 2, 5].indexOf(before.minutes) >= 0) settings.minutes = before.minutes;
  if ([0, 1].indexOf(before.pause) >= 0) settings.pause = before.pause;
  if (["", "15", "30"].indexOf(before.seconds) >= 0) settings.seconds = before.seconds;
  counts = stored("counts");

  /* ---- Which screen ---- */

  function screenAt(place) {
    var topic = core.topic(data, place);
    if ((place.kit || place.dispute) && !topic.known) { delete place.kit; delete place.dispute; topic = core.topic(data, place); }
    var at = {
      place: place, data: data, topic: topic, home: core.within(place), settings: settings, keep: keep, count: count, whole: guard.whole,
      day: function () { return counts[tingsuo.today()] || {}; },
      clear: function () { counts = {}; tingsuo.set("event:counts", null); show(); },
      go: function (next, replace, step) { gone = step || 0; backs.go(core.write(next), replace); }
    };
    at.quiz = core.byId(data.quizzes, place.quiz || "");
    if (at.quiz) return quiz.screen(at);
    if (core.byId(topic.judged, place.judge || "")) return screens.judge(at);
    if (core.byId(topic.cases, place.case || "")) return screens.told(at);
    return (LISTS[place.see] || screens.start)(at);
  }

  function show() {
    var place = core.read(location.hash), topic;
    clearInterval(ticking);
    here = screenAt(place);
    topic = core.topic(data, place);
    topicLine.textContent = topic.known && here.kind !== "start" ? topic.title : "";
    view.textContent = "";
    view.className = "ts-event__screen ts-event__screen--" + here.kind + (gone ? gone > 0 ? " is-from-right" : " is-from-left" : "");
    gone = 0;
    here.nodes.forEach(function (node) { if (node) view.appendChild(node); });
    bar.textContent = "";
    here.bar.forEach(function (one) { bar.appendChild(one); });
    bar.hidden = !here.bar.length;
    fit();
    view.scrollTop = 0;
    var heading = view.querySelector("h1");
    document.title = heading.textContent + " - 宣传模式";
    heading.focus({ preventScroll: true });
    if (here.clock) tick(here.clock);
    if (aloud) voice.say(here.say || []);
    else voice.stop();
  }

  /* Letters as large as the screen has room for, never smaller than 24px; what still doesn't fit is scrolled. */
  function fit() {
    // A hall reads from further away: 1/20 of a projector's height.
    var largest = here.kind === "list" ? LIST : Math.max(LARGEST, Math.round(Math.min(innerWidth, innerHeight) / 20));
    for (var size = largest; size >= SMALLEST; size -= 2) {
      root.style.setProperty("--ev-size", size + "px");
      if (view.scrollHeight <= view.clientHeight && view.scrollWidth <= view.clientWidth) return;
    }
  }

  function tick(clock) {
    var end = Date.now() + clock.seconds * 1000;
    function look() {
      var left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      clock.element.textContent = "还有" + left + "秒";
      clock.element.classList.toggle("is-late", left <= 5);
      if (left) return;
      clearInterval(ticking);
      clock.over();
    }
    ticking = setInterval(look, 250);
    look();
  }

  /* ---- Touch: left and right ---- */

  var began = null;
  view.addEventListener("pointerdown", function (event) {
    began = here.swipes && event.isPrimary && event.pointerType !== "mouse" ? { x: event.clientX, y: event.clientY } : null;
  });
  view.addEventListener("pointermove", function (event) {
    if (!began || !event.isPrimary) return;
    var x = event.clientX - began.x;
    if (Math.abs(x) > 12) view.style.setProperty("--ev-drag", Math.max(-90, Math.min(90, x)) + "px");
  });
  // A finger that goes sideways is ours: the browser would take it for a fling and swallow the next tap.
  view.addEventListener("touchmove", function (event) {
    var one = event.touches[0];
    if (began && event.cancelable && event.touches.length === 1 && Math.abs(one.clientX - began.x) > Math.abs(one.clientY - began.y)) event.preventDefault();
  }, { passive: false });
  view.addEventListener("pointercancel", drop);
  view.addEventListener("pointerup", function (event) {
    var from = began;
    drop();
    if (!from || !event.isPrimary) return;
    var x = event.clientX - from.x, y = event.clientY - from.y;
    if (Math.abs(x) < SWIPE || Math.abs(x) < 1.5 * Math.abs(y)) return;
    if (x < 0) here.keys.next();
    else here.keys.back();
  });
  function drop() {
    began = null;
    view.style.removeProperty("--ev-drag");
  }

  /* ---- Keys: a keyboard, or the clicker of a projector (it sends Page Up and Page Down) ---- */

  document.addEventListener("keydown", function (event) {
    var keys = here.keys || {}, on = document.activeElement, pressed = /^(BUTTON|A)$/.test(on.tagName), typing = on.tagName === "INPUT";
    if (event.ctrlKey || event.altKey || event.metaKey || idleDialog.open || leaveDialog.open || typing) return;
    var act = { ArrowRight: keys.next, PageDown: keys.next, ArrowLeft: keys.back, PageUp: keys.back }[event.key];
    if (!pressed && event.key === " ") act = keys.next;
    if (!pressed && event.key === "Enter") act = keys.enter || keys.next;
    if (/^[1-5]$/.test(event.key) && keys.digit) act = function () { keys.digit(Number(event.key)); };
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* ---- Reading aloud ---- */

  function voiceIs(on) {
    aloud = on;
    voiceButton.setAttribute("aria-pressed", String(on));
    voiceButton.querySelector("[data-voice-on]").hidden = !on;
    voiceButton.querySelector("[data-voice-off]").hidden = on;
  }
  voiceButton.addEventListener("click", function () {
    voiceIs(!aloud);
    if (aloud) voice.say(here.say || []);
    else voice.stop();
  });
  voice.watch(function (able) {
    voiceButton.hidden = !able;
    if (!able && aloud) voiceIs(false);
  });

  /* ---- Begin ---- */

  function home() { return core.write(core.within(core.read(location.hash))); }
  var backs = guard.backs({ location: location, history: history, home: home, show: show });
  guard.idle({
    dialog: idleDialog,
    minutes: function () { return settings.minutes; },
    resting: function () { return here.kind === "start"; },
    busy: voice.speaking,
    reset: function () {
      guard.close(leaveDialog);
      voiceIs(false);
      backs.go(home(), true);
    }
  });
  guard.leaving({
    button: root.querySelector("[data-exit]"), dialog: leaveDialog,
    leave: function () {
      voice.stop();
      clearInterval(ticking);
      document.documentElement.classList.remove("ts-event-on");
      location.href = "index.html";
    }
  });
  guard.awake();
  guard.whole.watch(function () { if (here.kind === "start") show(); else fit(); });
  window.addEventListener("resize", fit);
  root.hidden = false;
  document.documentElement.classList.add("ts-event-on");
  backs.begin();
})();
