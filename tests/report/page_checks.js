// What is wrong with the page that is open; the test expects an empty list.
const wrong = [];
const width = document.documentElement.clientWidth;
const name = e => e.tagName + (e.id ? '#' + e.id : '') + ' ' + (e.textContent || '').trim().slice(0, 40);

// Nothing is cut off: only tables may be wider than the page, in a container that scrolls.
if (document.documentElement.scrollWidth > width) wrong.push('the page scrolls sideways');
for (const e of document.body.querySelectorAll('*')) {
  if (e.closest('svg') && e.tagName !== 'svg') continue;
  const box = e.getBoundingClientRect();
  if (box.width === 0 || e.matches('.skip')) continue;
  if (box.left < -0.5) wrong.push('cut off at the left: ' + name(e));
  const scroller = e.closest('.scroll');
  if (box.right > width + 0.5 && (!scroller || scroller === e)) wrong.push('cut off at the right: ' + name(e));
}
for (const e of document.querySelectorAll('.scroll'))
  if (getComputedStyle(e).overflowX !== 'auto' && e.scrollWidth > e.clientWidth) wrong.push('no scroll: ' + name(e));

// Every figure tells what it finds, holds all of its words, and they are large enough to read.
for (const figure of document.querySelectorAll('figure')) {
  const svg = figure.querySelector('svg[role=img]');
  if (!svg || (svg.getAttribute('aria-label') || '').length < 20) wrong.push('no alt text: ' + figure.id);
  if (!figure.querySelector('figcaption').textContent.trim()) wrong.push('no caption: ' + figure.id);
  if (!svg) continue;
  const frame = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
      wrong.push('words leave the figure ' + figure.id + ': ' + text.textContent);
    const size = parseFloat(getComputedStyle(text).fontSize) * frame.width / svg.viewBox.baseVal.width;
    if (size < 7) wrong.push('words of ' + size + ' px in ' + figure.id + ': ' + text.textContent);
  }
}

// Tables have headers with a scope and a caption; text has the contrast of WCAG AA.
for (const table of document.querySelectorAll('table')) {
  if (!table.caption || !table.caption.textContent.trim()) wrong.push('no caption: ' + table.id);
  for (const head of table.querySelectorAll('th')) if (!head.scope) wrong.push('no scope: ' + name(head));
  for (const row of table.querySelectorAll('tbody tr')) if (!row.querySelector('th')) wrong.push('no header: ' + name(row));
}
const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const luminance = rgb => 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
const rgb = text => text.match(/[\d.]+/g).map(Number);
for (const e of document.querySelectorAll('p, li, th, td, span, figcaption, caption, a, pre, svg text')) {
  if (!e.textContent.trim() || e.matches('.skip')) continue;
  const svg = e.tagName === 'text';
  let back = [255, 255, 255], outer = e;
  while (!svg && outer) {
    const colour = rgb(getComputedStyle(outer).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) { back = colour; break; }
    outer = outer.parentElement;
  }
  const ink = rgb(svg ? getComputedStyle(e).fill : getComputedStyle(e).color);
  if (svg && Math.min(...ink) > 250) continue;          // white on a dark bar
  const [a, b] = [luminance(ink), luminance(back)].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) wrong.push('low contrast: ' + name(e));
}
// Nothing from outside.
for (const e of document.querySelectorAll('script, link[href]:not([href^="data:"]), [src]:not([src^="data:"])'))
  wrong.push('not self-contained: ' + e.outerHTML.slice(0, 80));
return wrong;
