"""The sections of a report; each function takes a Report and returns a Section."""
