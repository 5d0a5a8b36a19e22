"""The report of a result file: numbers from `rathaus compare`, charts, tables, words, one HTML page."""
