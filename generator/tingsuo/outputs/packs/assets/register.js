/* The web app's side of the page: registers the service worker, says what is kept on the device and that a new edition is there. */
(function () {
  "use strict";
  var here = document.currentScript, root = new URL(here.getAttribute("data-root") || "./", location.href).href;
  var workers = navigator.serviceWorker, header = document.querySelector(".ts-header"), footer = document.querySelector(".ts-footer");
  if (!workers || !window.isSecureContext || !/^https?:$/.test(location.protocol) || !footer) return;
  var had = !!workers.controller, mine = false, tried = false, line = document.createElement("p"), bar = null;
  line.className = "ts-webapp";
  line.setAttribute("role", "status");

  function element(tag, text, action) {
    var node = document.createElement(tag);
    node.textContent = text;
    if (action) { node.type = "button"; node.className = "ts-button ts-webapp__button"; node.addEventListener("click", action); }
    return node;
  }

  // A promise of a worker's answer; null when it gives none.
  function ask(worker, question) {
    return new Promise(function (resolve) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) { resolve(event.data); };
      worker.postMessage(question, [channel.port2]);
    });
  }

  // ---- what is kept on the device ----------------------------------------------------------
  var WHY = { space: "本机空间不够", network: "网络断了", differs: "有的文件和清单对不上，网站可能正在更新" };

  function megabytes(bytes) { return Math.max(1, Math.round(bytes / 1e6)) + " MB"; }

  function say(text, label, action) {
    line.textContent = text;
    if (label) line.appendChild(element("button", label, action));
    if (!line.parentNode) footer.appendChild(line);
  }

  function show() {
    var worker = workers.controller;
    if (!worker) return;
    ask(worker, { tingsuo: "status" }).then(function (state) {
      if (!state) return;
      // By itself once a day, and once a page where not even that can be remembered.
      if (state.left && state.due && !tried && navigator.onLine) { tried = true; fill(false); return; }
      if (state.left) say("离线存的不全，还差 " + state.left + " 个文件" + (WHY[state.reason] ? "（" + WHY[state.reason] + "）" : "") + "。联网时照常能看。", "再试一次", function () { fill(false); });
      else if (!state.more || state.all) say("没有网络也能看：全部内容已存在这台设备上。");
      else say("没有网络也能看。只有" + state.later + "，打开过的才存在这台设备上。", "全部存到本机（约 " + megabytes(state.bytes) + "）", function () { fill(true); });
    });
  }

  function fill(more) {
    say("正在存到本机，先别关这一页。");
    if (more && navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(function () { /* the browser decides */ });
    ask(workers.controller, { tingsuo: "fill", more: more }).then(function (result) {
      if (!result || result.over || !result.left) { show(); return; }
      say("正在存到本机，还有 " + result.left + " 个文件，先别关这一页。");
      fill(more);
    });
  }

  // ---- a new edition -------------------------------------------------------------------------
  function announce(text, label, action) {
    if (bar) bar.remove();
    bar = document.createElement("div");
    bar.className = "ts-webapp-bar";
    bar.setAttribute("role", "status");
    (header || document.body).appendChild(bar);
    bar.appendChild(element("span", text));
    bar.appendChild(element("button", label, action));
    bar.appendChild(element("button", "以后再说", function () { bar.remove(); }));
  }

  function offer(worker) {
    ask(worker, { tingsuo: "status" }).then(function (state) {
      announce("有新版" + (state && state.edition ? "（" + state.edition + "）" : "") + "。正在填的先存好。", "点这里换上", function () {
        mine = true;
        worker.postMessage({ tingsuo: "switch" });
      });
    });
  }

  function watch(worker, registration) {
    if (!worker) return;
    worker.addEventListener("statechange", function () {
      if (worker.state === "installed" && workers.controller && registration.waiting) offer(registration.waiting);
    });
  }

  workers.addEventListener("controllerchange", function () {
    if (mine) { location.reload(); return; }
    // Another tab switched: this page is still the old one.
    if (had) announce("已经换上新版。正在填的先存好。", "重新打开这一页", function () { location.reload(); });
    had = true;
    show();
  });
  workers.addEventListener("message", function (event) {
    var data = event.data || {};
    if (data.tingsuo === "storing" && !workers.controller) say("正在存到本机，没有网络时也能看：" + data.done + " / " + data.total);
    else if (data.tingsuo === "ready") show();
  });

  function register() {
    workers.register(root + "sw.js", { updateViaCache: "none" }).then(function (registration) {
      if (registration.waiting && workers.controller) offer(registration.waiting);
      watch(registration.installing, registration);
      registration.addEventListener("updatefound", function () { watch(registration.installing, registration); });
      var asked = Date.now();
      document.addEventListener("visibilitychange", function () {
        if (document.visibilityState !== "visible" || Date.now() - asked < 3600000) return;
        asked = Date.now();
        registration.update().catch(function () { /* no network */ });
      });
    }, function () { /* private windows and some readers forbid it: the site works as it is */ });
  }

  // The page comes first, what is kept for later after it.
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
  show();
})();
