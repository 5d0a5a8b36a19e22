"""Rathaus in Python: the program's experiments, results and reports."""
