"""``python -m antenne``: opens the program, or runs one command of the French command line."""

from __future__ import annotations

import multiprocessing
import sys

from antenne.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
