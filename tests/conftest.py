"""What holds for every test."""

from __future__ import annotations

import os

# Tests start processes from threads while others compute. OpenBLAS ends its threads before every
# fork, and whoever waits for one of them waits for ever: so it gets none. Before numpy is loaded.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
