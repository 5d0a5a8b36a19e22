"""How commands read their arguments."""

import argparse
from typing import Any, NoReturn

from rathaus.errors import Diagnostic, InputError


class Parser(argparse.ArgumentParser):
    """Wrong usage ends with 1, as everywhere in Rathaus; argparse ends with 2, which means a failed run."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_argument("--diagnostics", choices=("text", "json"), default="text", metavar="FORMAT",
                          help="how errors are told: text or json")

    def error(self, message: str) -> NoReturn:
        raise InputError(Diagnostic("error", message, suggestion=f"see {self.prog} --help"))
