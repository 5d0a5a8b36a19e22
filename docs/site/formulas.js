// Formulas that Sphinx left as TeX become pictures of formulas, by KaTeX.
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll(".math")) {
    renderMathInElement(element, {throwOnError: false, delimiters: [
      {left: "\\[", right: "\\]", display: true}, {left: "\\(", right: "\\)", display: false}]});
  }
});
