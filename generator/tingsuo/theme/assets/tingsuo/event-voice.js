/* Reading aloud, only with a Chinese voice that lives on the device: others would send the text away. */
var tingsuoVoice = (function () {
  "use strict";
  var speech = window.speechSynthesis, voice = null;

  function choose() {
    var local = (speech.getVoices() || []).filter(function (one) { return one.localService && /^(zh|cmn|yue)/i.test(one.lang); });
    voice = local.filter(function (one) { return !/hk|tw|mo|hant|yue/i.test(one.lang); })[0] || local[0] || null;
  }

  /* Calls `changed(able)` now and whenever voices come or go: devices load them late. */
  function watch(changed) {
    if (!speech || !window.SpeechSynthesisUtterance) return;
    function look() { choose(); changed(!!voice); }
    if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
    else speech.onvoiceschanged = look;
    look();
    window.addEventListener("pagehide", stop);
  }

  /* One sentence after the other: some engines cut long texts off. */
  function say(sentences) {
    stop();
    if (!voice) return;
    sentences.filter(Boolean).forEach(function (sentence) {
      var utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      speech.speak(utterance);
    });
  }

  function stop() { if (speech) speech.cancel(); }

  function speaking() { return !!(speech && voice && speech.speaking); }

  return { watch: watch, say: say, stop: stop, speaking: speaking };
})();
