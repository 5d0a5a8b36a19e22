// Names that may have been meant.

/** Letters to put in, take out or change: for the beginning of a name that is nearest, and for the whole. @param {string} wanted @param {string} name */
function distance(wanted, name) {
  let row = Array.from({ length: name.length + 1 }, (_, j) => j);
  for (let i = 1; i <= wanted.length; i++) {
    const last = row;
    row = [i];
    for (let j = 1; j <= name.length; j++) row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (wanted[i - 1] === name[j - 1] ? 0 : 1)));
  }
  return { beginning: Math.min(...row), whole: row[name.length] };
}

/** The nearest first: who types a beginning means the rest, too. @param {string} wanted @param {string[]} names @param {number} count */
export function nearest(wanted, names, count) {
  const word = wanted.trim().toLowerCase();
  const far = [...new Set(names)].map((name) => ({ name, ...distance(word, name.toLowerCase()) }));
  return far.sort((a, b) => a.beginning - b.beginning || a.whole - b.whole).slice(0, count).map(({ name }) => name);
}
