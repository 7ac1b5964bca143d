"""Run by the built program before anything else: OpenSSL reads an empty file of ours.

The cipher's library was built with a configuration path on another machine's disk. Any user of this PC could put a file
there and have it loaded; an empty one of ours, inside the program's folder, is read instead.
"""

import os
import sys
from pathlib import Path

os.environ["OPENSSL_CONF"] = str(Path(sys.executable).parent / "_internal" / "openssl.cnf")
