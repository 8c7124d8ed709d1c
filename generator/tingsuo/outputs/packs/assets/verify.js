/* 验证.html, last part: the person picks the folder, the page counts and says what it found. Nothing leaves the computer. */
(function () {
  "use strict";
  var page = document.querySelector("[data-verify]"), pick = page.querySelector("[data-pick]"), answer = page.querySelector("[data-answer]");
  var key = tingsuoVerify.readKey(page.getAttribute("data-key")), PIECE = 4 << 20, SUBTLE = 64 << 20, SHOWN = 30, run = 0;
  var subtle = window.crypto && crypto.subtle;

  if (!("webkitdirectory" in pick)) {
    page.querySelector("[data-cannot]").hidden = false;
    pick.disabled = true;
    return;
  }
  pick.addEventListener("change", function () { if (pick.files.length) check(Array.prototype.slice.call(pick.files), ++run); });

  /* A Blob's bytes. */
  function bytes(blob) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(new Uint8Array(reader.result)); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsArrayBuffer(blob);
    });
  }

  /* A file's SHA-256: by the browser, or by our own script where it has none or the file is big. */
  function digest(file) {
    if (subtle && file.size <= SUBTLE) {
      return bytes(file).then(function (all) { return subtle.digest("SHA-256", all); }).then(function (sum) { return tingsuoHash.hex(new Uint8Array(sum)); });
    }
    var count = tingsuoHash.sha256();
    function from(at) {
      if (at >= file.size) return count.hex();
      return bytes(file.slice(at, at + PIECE)).then(function (piece) { count.update(piece); return from(at + PIECE); });
    }
    return Promise.resolve(from(0));
  }

  /* Whether one Ed25519 signature is right; null when nothing here can tell. */
  function right(signature, message) {
    function ours() { return tingsuoEd25519.can ? tingsuoEd25519.verify(key.raw, signature, message) : null; }
    if (!subtle) return Promise.resolve(ours());
    return subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"])
      .then(function (made) { return subtle.verify({ name: "Ed25519" }, made, signature, message); })
      .catch(ours);
  }

  /* What the signature shows → {good, wrong, unknown}: at most one of them a sentence. */
  function judge(file, list) {
    if (!file) return Promise.resolve(key ? { wrong: "没有签名（" + tingsuoVerify.SIGNATURE + " 不见了）" } : {});
    return bytes(file.slice(0, 16384)).then(function (all) {
      var found = tingsuoVerify.readSignature(all);
      if (!found) return { wrong: "签名文件看不懂：" + tingsuoVerify.SIGNATURE };
      if (!key) return { unknown: "这里有签名，但这一页没有公钥，核不了是谁签的。" };
      if (found.name !== key.name) return { wrong: "不是这把密钥签的：签名用的是 " + found.name + "，应当是 " + key.name };
      var parts = tingsuoVerify.signed(found, list);
      return Promise.all([right(found.signature, parts[0]), right(found.both, parts[1])]).then(function (both) {
        if (both[0] === null) return { unknown: "这个浏览器太旧，核不了签名。换新一点的浏览器，或者在另一台电脑上核。" };
        if (!both[0]) return { wrong: "签名对不上：清单在签名以后改过，或者签名是从别处拿来的" };
        if (!both[1]) return { wrong: "签名里的说明（版本和日期）被改过" };
        return { good: tingsuoVerify.said(found.comment) };
      });
    });
  }

  function check(picked, mine) {
    var files = Object.create(null);
    picked.forEach(function (file) { files[(file.webkitRelativePath || file.name).split("/").slice(1).join("/")] = file; });
    if (!files[tingsuoVerify.LIST]) {
      show("wrong", "选的文件夹里没有清单 " + tingsuoVerify.LIST, ["请选里面有“打开.html”的那个文件夹。选对了还是这样，就是清单被删了，不要用。"]);
      return;
    }
    pick.disabled = true;
    show("", "正在核对……", []);
    bytes(files[tingsuoVerify.LIST]).then(function (list) {
      var read = tingsuoVerify.readList(list);
      if (read.wrong.length) return { faults: [read.wrong] };
      var found = tingsuoVerify.sorted(Object.keys(files), read.sums), changed = [], broken = [];
      function next(at) {
        if (mine !== run || at >= found.both.length) return null;
        var name = found.both[at];
        if (at % 20 === 0) answer.querySelector("h2").textContent = "正在核对：" + at + " / " + found.both.length;
        return digest(files[name]).then(
          function (sum) { if (sum !== read.sums[name]) changed.push(name); },
          function () { broken.push(name); }
        ).then(function () { return next(at + 1); });
      }
      return Promise.all([next(0), judge(files[tingsuoVerify.SIGNATURE], list)]).then(function (both) {
        function named(what) { return function (name) { return what + "：" + tingsuoVerify.shown(name); }; }
        return {
          count: found.both.length, signature: both[1], system: found.system.length,
          faults: [found.staged.length ? ["上一次更新没有做完。在装了庭所的电脑上，再运行一次 tingsuo apply"] : [], both[1].wrong ? [both[1].wrong] : [], changed.map(named("内容变了")), found.missing.map(named("少了文件")),
            found.extra.map(named("多出来的文件")), broken.map(named("读不出来"))]
        };
      });
    }).then(tell, function () { show("wrong", "读不了这个文件夹", ["U 盘是不是拔了？插好再选一次。"]); }).then(function () {
      pick.disabled = false;
      pick.value = "";
    });
  }

  function tell(found) {
    var lines = [];
    found.faults.forEach(function (group) {
      lines = lines.concat(group.slice(0, SHOWN));
      if (group.length > SHOWN) lines.push("这一种还有 " + (group.length - SHOWN) + " 处，没有列出");
    });
    if (lines.length) {
      show("wrong", "不对：不要用这一份", lines.concat(found.count ? ["其余的对得上。重新拷一份再核；还不对，找做这个 U 盘的人。"] : []));
      return;
    }
    var system = found.system ? ["系统自己放的 " + found.system + " 个文件没有算进去。"] : [];
    if (found.signature.good) {
      show("good", found.count + " 个文件齐全，没有改过，签名对得上", [
        found.signature.good, "还差一步：把下面的指纹和纸上的对一遍，一样才算数。"].concat(system));
    } else {
      show("half", found.count + " 个文件齐全，没有改过", [
        found.signature.unknown || "没有签名。", "只能证明文件互相对得上，不能证明是谁做的。"].concat(system));
    }
  }

  function show(kind, title, lines) {
    answer.hidden = false;
    answer.className = "ts-answer" + (kind ? " ts-answer--" + kind : "");
    answer.querySelector("h2").textContent = title;
    var list = answer.querySelector("ul");
    list.textContent = "";
    lines.forEach(function (line) {
      var item = document.createElement("li");
      item.textContent = line;
      list.appendChild(item);
    });
    if (kind) answer.focus();
  }
})();
