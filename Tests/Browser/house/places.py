"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TESTS = ROOT / "Tests" / "Browser"
BUILT = ROOT / ".build"
MAX = Path(os.environ.get("MAX_UNDER_TEST", BUILT / "debug" / "max"))
PICTURES = BUILT / "browser-pictures"
SHOWN = ROOT / "Documentation" / "Pictures"
WORK = BUILT / "browser-tests"
