"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / ".build"
MAX = Path(os.environ.get("MAX_UNDER_TEST", BUILT / "debug" / "max"))
PICTURES = BUILT / "browser-pictures"
WORK = BUILT / "browser-tests"
