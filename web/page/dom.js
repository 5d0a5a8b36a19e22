// Elements with their attributes and children; texts are texts, never HTML.

/** @typedef {Node | string | number | null | undefined | false} Child */

/** @param {Element} element @param {Record<string, any>} attributes @param {Child[]} children */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(is_something).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** @param {Child} child */
const is_something = (child) => child !== null && child !== undefined && child !== false && child !== "";

/** Puts children in the place of what was there. @param {Element} element @param {Child[]} children */
export const fill = (element, ...children) => element.replaceChildren(...children.filter(is_something).map((child) => (child instanceof Node ? child : String(child))));

/** @param {string} name @param {Record<string, any>} [attributes] @param {Child[]} children @returns {any} */
export const h = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);

/** @param {string} name @param {Record<string, any>} [attributes] @param {Child[]} children @returns {any} */
export const s = (name, attributes = {}, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
