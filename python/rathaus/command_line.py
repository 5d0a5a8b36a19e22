"""How the scripts read their arguments."""

import argparse


class Parser(argparse.ArgumentParser):
    """Wrong usage ends with 1, as everywhere in Rathaus; argparse ends with 2, which means a failed run."""

    def error(self, message):
        self.exit(1, f"error: {message} (see {self.prog} --help)\n")
