// What was computed, for a printed page: its levers, area and number of points are not on it otherwise.
import { h } from "./dom.js";
import { rates } from "./experiment.js";
import { area, count_words } from "./frame.js";
import { called, page } from "./state.js";
import { number, quarter, t } from "./words.js";

/** @typedef {import("./experiment.js").Programme} Programme */

const percent = (/** @type {number} */ share) => `${number(100 * share)} %`;

/** "80 %", or "finanzschwach 95 %, …". @param {number | Record<string, number>} rate */
const rate_words = (rate) => typeof rate === "number" ? percent(rate) : Object.entries(rate).map(([name, share]) => `${t(`short_${name}`)} ${percent(share)}`).join(", ");

/** @param {Programme["keys"]} keys */
function budget_words({ budget }) {
  if (!budget) return `${t("l_money")}: ${t("unlimited")}`;
  const [key, sum] = "per_year" in budget ? ["l_budget", budget.per_year] : ["l_total", budget.total];
  return `${t(key)}: ${number(sum / 1e6)}`;
}

/** @param {Programme["keys"]} keys */
function recipient_words({ eligible = {} }) {
  const { population, fiscal_class, land } = eligible;
  const parts = [population?.at_least && `${t("l_least")} ${number(population.at_least)}`, population?.below && `${t("l_below")} ${number(population.below)}`,
    fiscal_class?.map((/** @type {string} */ name) => t(`short_${name}`)).join(", "), land?.join(", ")].filter(Boolean);
  return `${t("l_eligible")}: ${parts.length ? parts.join("; ") : t("short_all")}`;
}

/** @param {Programme} programme */
function programme_words(programme) {
  const { keys } = programme, { window: calls, ports } = keys;
  return [t(`kind_${programme.from || "own"}`), ...rates.filter((rate) => rate in ports).map((rate) => `${t(`port_${rate}`)}: ${rate_words(ports[rate])}`),
    budget_words(keys), `${t("l_first")}: ${quarter(calls.first)}`, `${t("l_length")}: ${calls.length}`,
    ...(calls.every ? [`${t("l_every")}: ${calls.every}`] : []), recipient_words(keys)].join("; ");
}

/** Only on paper. @param {import("./answer.js").Shown[]} shown */
export function paper(shown) {
  const points = shown.map(({ first }) => first.length);
  return h("section", { class: "paper", "aria-hidden": "true" }, h("h3", {}, t("computed")),
    h("p", {}, `${t("where")}: ${area()}; ${t("units", { n: number(page.about.units) })}; ${t("paper_points", { count: count_words(points.length ? Math.min(...points) : 0) })}; ${new Date().toLocaleDateString(document.documentElement.lang)}. ${t("paper_more")}`),
    h("ul", {}, ...page.experiment.designs.map((design) => h("li", {}, h("strong", {}, called(design)), ": ",
      design.programmes.length ? design.programmes.map(programme_words).join(" + ") : t("no_programme")))));
}
