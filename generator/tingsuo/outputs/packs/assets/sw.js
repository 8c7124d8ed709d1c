/* The service worker: keeps the site's files on the device and answers from there. EDITION stands above, written by the pack.
   A file is kept under its address and its hash, in one cache. So two editions share what is the same in both,
   and the one in use stays whole while the next is fetched. */
(function () {
  "use strict";
  var scope = self.registration.scope, CACHE = "tingsuo " + scope, BATCH = 6, CHUNK = 240, DAY = 86400000;
  var lists = {}, latest = null, remembered = {};

  // ---- files and their lists ------------------------------------------------------------
  function keyOf(file) { return scope + encodeURI(file.url) + "?" + file.digest; }

  // "hash size address" a line → {address: {url, digest, size}}
  function read(text) {
    var files = Object.create(null);
    text.split("\n").forEach(function (line) {
      var cut = line.split(" ");
      if (cut.length > 2) files[cut.slice(2).join(" ")] = { digest: cut[0], size: +cut[1], url: cut.slice(2).join(" ") };
    });
    return files;
  }

  // A promise of a list of this edition, read once.
  function list(group) {
    lists[group] = lists[group] || opened().then(function (cache) {
      return cache.match(keyOf(EDITION[group])).then(function (hit) { return hit || bring(cache, EDITION[group]); });
    }).then(function (response) { return response.text(); }).then(read);
    lists[group].catch(function () { delete lists[group]; });
    return lists[group];
  }

  function opened() { return caches.open(CACHE); }

  function digest(buffer) {
    return crypto.subtle.digest("SHA-256", buffer).then(function (whole) {
      var bytes = new Uint8Array(whole).subarray(0, 16);
      return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    });
  }

  // A promise of a copy to keep: without a trace of redirects, which a page must not have. Null when it isn't the file of this edition.
  function checked(response, file) {
    if (response.status !== 200) return Promise.resolve(null);
    return response.arrayBuffer().then(function (body) {
      return digest(body).then(function (found) {
        if (found !== file.digest) return null;
        var head = new Headers(response.headers);
        ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Set-Cookie", "Connection"].forEach(function (name) { head.delete(name); });
        return new Response(body, { status: 200, headers: head });
      });
    });
  }

  // Fetch, check and keep a file; a promise of it. Fails with `reason`: network, differs, space.
  function bring(cache, file) {
    function get(mode) { return fetch(scope + encodeURI(file.url), { cache: mode, credentials: "same-origin" }).then(function (response) { return checked(response, file); }); }
    return get("no-cache").then(function (good) { return good || get("reload"); }).catch(function () { throw failure("network"); }).then(function (good) {
      if (!good) throw failure("differs");
      return cache.put(keyOf(file), good.clone()).then(function () { latest = keyOf(file); return good; }, function () { throw failure("space"); });
    });
  }

  function failure(reason) {
    var error = new Error(reason);
    error.reason = reason;
    return error;
  }

  // ---- what is missing ------------------------------------------------------------------
  function keys() {
    return opened().then(function (cache) { return cache.keys(); }).then(function (requests) {
      var known = new Set();
      requests.forEach(function (request) { known.add(request.url); });
      return known;
    });
  }

  // A promise of the files that should be here and aren't: all of the core; of the rest those that were asked for or seen before.
  function missing(wantMore) {
    return Promise.all([keys(), list("core"), list("more"), note("more")]).then(function (got) {
      var known = got[0], seen = new Set(), all = wantMore || got[3], out = [];
      known.forEach(function (key) { seen.add(key.split("?")[0]); });
      function look(files, wanted) {
        Object.keys(files).forEach(function (url) { if (wanted(url) && !known.has(keyOf(files[url]))) out.push(files[url]); });
      }
      look(got[1], function () { return true; });
      look(got[2], function (url) { return all || seen.has(scope + encodeURI(url)); });
      return out;
    });
  }

  // Bring these files, a few at a time. A promise of {left, reason}: a full device stops it, an odd file doesn't.
  function bringAll(files, told) {
    var next = 0, left = 0, reason = "", stop = null;
    return opened().then(function (cache) {
      function one() {
        if (stop || next >= files.length) return Promise.resolve();
        return bring(cache, files[next++]).then(function () { if (told && next % 20 === 0) told(next); }, function (error) {
          if (error.reason !== "differs") stop = error.reason;
          left++;
          reason = error.reason || "space";
        }).then(one);
      }
      return Promise.all(Array.from({ length: BATCH }, one));
    }).then(function () { return { left: left + files.length - next, reason: stop || reason }; });
  }

  // ---- small notes, kept beside the files -------------------------------------------------
  function note(name) {
    if (name in remembered) return Promise.resolve(remembered[name]);
    return opened().then(function (cache) { return cache.match(scope + "note?" + name); }).then(function (hit) { return hit ? hit.json() : null; });
  }
  // On a full device the latest file gives its place: without the note every visit would try everything again.
  function setNote(name, value) {
    remembered[name] = value;
    return opened().then(function (cache) {
      function put() { return cache.put(scope + "note?" + name, new Response(JSON.stringify(value))); }
      return put().catch(function () { return latest ? cache.delete(latest).then(put) : null; });
    }).catch(function () { /* remembered until the worker sleeps */ });
  }
  function setState(result) { return setNote(EDITION.version, { left: result.left, reason: result.reason, at: Date.now() }); }

  function tell(message) {
    return self.clients.matchAll({ includeUncontrolled: true }).then(function (all) { all.forEach(function (client) { client.postMessage(message); }); });
  }

  // ---- life -----------------------------------------------------------------------------
  self.addEventListener("install", function (event) {
    event.waitUntil(missing(false).then(function (files) {
      return bringAll(files, function (done) { tell({ tingsuo: "storing", done: done, total: files.length }); });
    }).then(function (result) {
      // What is here already stays; the next visit goes on from there.
      if (result.reason === "network") throw failure("network");
      return setState(result);
    }, function (error) {
      // No room even for the lists: the site works as without a service worker.
      if (error.reason !== "space") throw error;
    }));
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(clean().catch(function () { /* the next edition cleans up */ }).then(function () { return self.clients.claim(); }).then(function () { return tell({ tingsuo: "ready" }); }));
  });

  // Drop what no longer belongs to the edition. With more room what was missing may fit.
  function clean() {
    return Promise.all([opened(), keys(), list("core"), list("more"), note(EDITION.version)]).then(function (got) {
      var keep = new Set([keyOf(EDITION.core), keyOf(EDITION.more), scope + "note?more", scope + "note?" + EDITION.version]);
      [got[2], got[3]].forEach(function (files) { Object.keys(files).forEach(function (url) { keep.add(keyOf(files[url])); }); });
      var old = Array.from(got[1]).filter(function (key) { return !keep.has(key); }), state = got[4];
      return Promise.all(old.map(function (key) { return got[0].delete(key); })).then(function () {
        return old.length && state && state.left ? setNote(EDITION.version, { left: state.left, reason: state.reason, at: 0 }) : null;
      });
    });
  }

  // ---- questions from pages -----------------------------------------------------------------
  function status() {
    return Promise.all([note(EDITION.version), note("more")]).then(function (got) {
      var state = got[0] || { left: EDITION.core.count, reason: "space", at: 0 };
      return {
        edition: EDITION.edition, version: EDITION.version, left: state.left, reason: state.left ? state.reason : "", core: EDITION.core.count,
        more: EDITION.more.count, later: EDITION.later, bytes: EDITION.more.bytes, all: !!got[1] && got[1].left === 0, due: state.left > 0 && Date.now() - state.at > DAY
      };
    });
  }

  // Some of what is missing; the page asks again until nothing is left, so that the browser has no long job to end.
  function fill(wantMore) {
    return (wantMore ? setNote("more", { left: EDITION.more.count }) : Promise.resolve()).then(function () { return missing(wantMore); }).then(function (files) {
      return bringAll(files.slice(0, CHUNK)).then(function (result) {
        var left = files.length - Math.min(CHUNK, files.length) + result.left;
        // What differs would be fetched again and again: it is the end when nothing else is left.
        var over = result.reason === "network" || result.reason === "space" || left === result.left;
        var notes = [setState({ left: left, reason: result.reason })];
        if (wantMore && !left) notes.push(setNote("more", { left: 0 }));
        return Promise.all(notes).then(function () { return { left: left, reason: result.reason, over: over }; });
      });
    });
  }

  self.addEventListener("message", function (event) {
    var ask = event.data && event.data.tingsuo, port = event.ports[0], answer;
    if (ask === "switch") { self.skipWaiting(); return; }
    if (ask === "status") answer = status();
    else if (ask === "fill") answer = fill(event.data.more === true);
    if (answer && port) event.waitUntil(answer.then(function (value) { port.postMessage(value); }, function () { port.postMessage(null); }));
  });

  // ---- answers --------------------------------------------------------------------------
  // The file that an address means, as hosts understand it: the folder's index, a page without its ending.
  function find(address) {
    var path;
    try { path = decodeURIComponent(address.slice(scope.length).split(/[?#]/)[0]); } catch (e) { return Promise.resolve(null); }
    var names = path === "" || /\/$/.test(path) ? [path + "index.html"] : [path, path + ".html"];
    function among(files) { return names.map(function (name) { return files[name]; }).filter(Boolean)[0] || null; }
    return list("core").then(function (core) { return among(core) || list("more").then(among); });
  }

  // A page that stands for any address: its link home must lead home from everywhere.
  function standIn(name, status) {
    return Promise.all([opened(), list("core")]).then(function (got) { return got[1][name] ? got[0].match(keyOf(got[1][name])) : null; }).then(function (hit) {
      if (!hit) return Response.error();
      return hit.text().then(function (html) {
        return new Response(html.replace(/href="[^"]*index\.html"/, 'href="' + scope + 'index.html"'), { status: status, headers: hit.headers });
      });
    });
  }

  function answer(event) {
    var request = event.request, page = request.mode === "navigate";
    return find(request.url).catch(function () { return null; }).then(function (file) {
      var known = file ? opened().then(function (cache) { return cache.match(keyOf(file)); }).catch(function () { return null; }) : Promise.resolve(null);
      return known.then(function (hit) {
        return hit || fetch(request).then(function (response) {
          if (file && response.status === 200) event.waitUntil(keepCopy(response.clone(), file));
          return response;
        }, function (error) {
          if (page) return standIn(file ? "offline.html" : "404.html", file ? 503 : 404);
          throw error;
        });
      });
    });
  }

  function keepCopy(response, file) {
    return Promise.all([opened(), checked(response, file)]).then(function (got) { return got[1] && got[0].put(keyOf(file), got[1]); }).catch(function () { /* full */ });
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    if (request.method !== "GET" || request.url.lastIndexOf(scope, 0) !== 0 || request.headers.has("range")) return;
    event.respondWith(answer(event));
  });
})();
