"""The page on paper: WeasyPrint lays it out, with page numbers and no browser."""

import logging

from rathaus.report.words import HERE

PACKAGE = "weasyprint"


def written(text):
    """The PDF of a page, as bytes; the same page gives the same bytes."""
    import weasyprint
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)      # it complains of what it need not know
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    return weasyprint.HTML(string=text, base_url=str(HERE)).write_pdf(identifier=b"rathaus")
