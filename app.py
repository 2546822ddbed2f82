"""The web entry: `python app.py` serves the kit, with its data beside this file."""

from __future__ import annotations

import os
from pathlib import Path

from interview_kit.serving import app, serve

__all__ = ["app"]

if __name__ == "__main__":
    os.chdir(Path(__file__).parent)
    serve()
