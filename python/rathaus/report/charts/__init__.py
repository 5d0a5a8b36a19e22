"""One function for each chart; it returns a Figure, or nothing where the file has nothing to show."""
