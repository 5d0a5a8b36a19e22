# The documentation site: Markdown pages as they stand, the Python package by its docstrings. Built by scripts/docs.sh.
import os
from pathlib import Path

project = "Rathaus"
author = "the Rathaus contributors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["docs/site"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
myst_dmath_double_inline = True
suppress_warnings = ["myst.header"]   # pages begin at any level; a link that leads nowhere stays a warning, and so an error

html_theme = "furo"
html_title = "Rathaus"
html_show_copyright = False
html_static_path = [os.environ["RATHAUS_SITE_STATIC"]]
# KaTeX from the package libjs-katex, copied: nothing is loaded from elsewhere.
mathjax_path = "katex/katex.min.js"
html_css_files = ["katex/katex.min.css"]
html_js_files = [("katex/contrib/auto-render.min.js", {"defer": "defer"}), ("formulas.js", {"defer": "defer"})]

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = True


def tell_folder(app, env, node, contents):
    """A link to a folder or another file of the repository, which is no page here, stays as its words."""
    target = Path(env.doc2path(node.get("refdoc", env.docname))).parent / node.get("reftarget", "")
    return contents if target.exists() else None


def setup(app):
    app.connect("missing-reference", tell_folder)
