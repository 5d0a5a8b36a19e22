// The vectors of the ensemble that come with the page: 48, drawn by their weights, in an order of which every
// beginning is spread as evenly as it can be.

/** The k-th of a sequence that fills (0, 1) evenly (van der Corput, base 2). */
function place(k) {
  let value = 0;
  for (let bit = 0.5, n = k + 1; n > 0; n >>= 1, bit /= 2) if (n & 1) value += bit;
  return value;
}

/** @param {string} csv @param {number} [points] */
export function shipped_doubt(csv, points = 48) {
  const [head, ...rows] = csv.trim().split(/\r?\n/).map((line) => line.split(","));
  const weights = head.indexOf("weight");
  const columns = head.map((name, c) => ({ name, c })).filter(({ name }) => !["particle", "weight", "distance"].includes(name) && !name.startsWith("statistic."));
  const total = rows.reduce((sum, row) => sum + Number(row[weights]), 0);
  const at = (share) => {
    let below = 0;
    for (const row of rows) if (share * total < (below += Number(row[weights]))) return row;
    return rows[rows.length - 1];
  };
  const values = Array.from({ length: points }, (_, k) => columns.map(({ c }) => Number(at(place(k))[c])));
  const all = columns.map(({ c }) => rows.map((row) => Number(row[c])));
  return { names: columns.map(({ name }) => name), values, lowest: all.map((column) => Math.min(...column)), highest: all.map((column) => Math.max(...column)) };
}
