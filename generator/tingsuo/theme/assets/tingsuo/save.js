/* Hand a file to the person at the device. It is made here and sent nowhere. */
tingsuo.save = function (parts, name, type) {
  "use strict";
  var link = document.createElement("a"), url = URL.createObjectURL(new Blob(parts, { type: type }));
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, " ");
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
};
