/* A calendar file (.ics, RFC 5545) for last days: whole-day events, with alarms a week and a day before at nine in the morning.
   No document, no storage. */
var tingsuoCalendarFile = (function () {
  "use strict";

  function escaped(text) { return String(text).replace(/([\\;,])/g, "\\$1").replace(/\r?\n/g, "\\n"); }

  function bytes(char) {
    var code = char.codePointAt(0);
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }

  /* A line has at most 75 bytes; the rest follows behind a space, and no character is cut in two. */
  function folded(line) {
    var out = "", size = 0;
    Array.from(line).forEach(function (char) {
      if (size + bytes(char) > 75) { out += "\r\n "; size = 1; }
      out += char;
      size += bytes(char);
    });
    return out;
  }

  function basic(day) { return tingsuoDays.iso(day).replace(/-/g, ""); }

  function alarm(trigger, text) {
    return ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:" + trigger, "DESCRIPTION:" + escaped(text), "END:VALARM"];
  }

  /* `events`: [{key, day, title, text}]; `site`: whose calendar; `stamp`: now in UTC as 20261123T080000Z. → the file's text. */
  function write(events, site, stamp) {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tingsuo//" + site + "//ZH-CN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    events.forEach(function (event) {
      lines.push(
        "BEGIN:VEVENT", "UID:" + event.key + "-" + basic(event.day) + "@" + site + ".tingsuo", "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + basic(event.day), "DTEND;VALUE=DATE:" + basic(event.day + 1),
        "SUMMARY:" + escaped(event.title), "DESCRIPTION:" + escaped(event.text), "TRANSP:TRANSPARENT"
      );
      lines = lines.concat(alarm("-P6DT15H", "还有7天：" + event.title), alarm("-PT15H", "明天到期：" + event.title), ["END:VEVENT"]);
    });
    return lines.concat("END:VCALENDAR").map(folded).join("\r\n") + "\r\n";
  }

  return { write: write };
})();
