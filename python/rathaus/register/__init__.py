"""Official lists of municipalities become population files."""
