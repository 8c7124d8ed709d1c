/* What a page measures on the screen. */
() => {
  const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  // Text for screen readers alone is one pixel wide.
  const readable = (element) => { const box = element.getBoundingClientRect(); return box.width > 1 && box.height > 1; };
  const slides = (element) => { for (let at = element; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at !== document.documentElement) return true; return false; };
  const name = (element) => element.tagName.toLowerCase() + (element.className && element.className.baseVal === undefined ? "." + element.className : "") + ": " + element.textContent.trim().slice(0, 20);

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || /^(SCRIPT|STYLE|NOSCRIPT)$/.test(element.tagName) || !shown(element) || !readable(element)) continue;
    // Letters in a drawing grow and shrink with it.
    const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1;
    texts.push({ name: name(element), size: parseFloat(getComputedStyle(element).fontSize) * scale, main: !!element.closest("article") });
  }
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => shown(element) && readable(element) && !slides(element) && element.getBoundingClientRect().right > innerWidth + 1)
    .map(name);
  const targets = [...document.querySelectorAll("body > header :is(a, button, summary), nav a, article button, label[for]")]
    .filter((element) => shown(element) && readable(element))
    .map((element) => { const box = element.getBoundingClientRect(); return { name: name(element), width: box.width, height: box.height, trail: !!element.closest("[aria-label=当前位置]") }; });
  return { overflow: document.documentElement.scrollWidth - innerWidth, wide, texts, targets };
}
