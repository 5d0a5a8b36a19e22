// What the engine says, in German: by the list that the program has its German from, [said] of python/rathaus/report/words.toml.

/** @typedef {{ around: string[], german: string, letters: number }} Form a text with fields: what stands around them */
/** @typedef {{ file: string | null, line: number | null, column: number | null, problem: string | null, reason: string | null, suggestion: string | null, message: string }} Finding `message`: its three parts as one text */

/** @param {Record<string, string>} said English and German, with fields {1}, {2} … @returns {Form[]} */
export const forms_of = (said) => Object.keys(said).sort().map((english) => {
  const around = english.split(/\{#?[1-9]\}/);
  return { around, german: said[english], letters: around.join("").length };
});

/** What stands in the fields; null if the text is not of that form. @param {string} text @param {string[]} around */
function fields_of(text, around) {
  if (around.length === 1) return text === around[0] ? [] : null;
  const first = around[0], last = around[around.length - 1];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return null;
  let rest = text.slice(first.length, text.length - last.length);
  const fields = [];
  for (const part of around.slice(1, -1)) {
    const at = rest.indexOf(part);
    if (at < 0) return null;
    fields.push(rest.slice(0, at));
    rest = rest.slice(at + part.length);
  }
  return [...fields, rest];
}

/** The form that says most of the text. @param {string} english @param {Form[]} forms @returns {string} */
export function said(english, forms) {
  const found = forms.map((form) => ({ ...form, fields: fields_of(english, form.around) })).filter(({ fields }) => fields !== null);
  if (!found.length) return english;
  const { german, fields } = found.reduce((best, form) => (form.letters > best.letters ? form : best));
  return german.replace(/\{(#?)([1-9])\}/g, (_whole, is_number, digit) => {
    const field = fields?.[Number(digit) - 1] ?? "";
    return is_number ? field.replace(/[.,]/g, (mark) => (mark === "." ? "," : ".")) : said(field, forms);
  });
}

/** In German, part by part. @param {Finding} finding @param {Form[]} forms @returns {Finding} */
export function in_german(finding, forms) {
  const [problem, reason, suggestion] = [finding.problem, finding.reason, finding.suggestion].map((part) => part && said(part, forms));
  const behind = reason ? ` (${reason})${suggestion ? ` ${suggestion}` : ""}` : suggestion ? ` (${suggestion})` : "";
  return { ...finding, problem, reason, suggestion, message: `${problem}${behind}` };
}
