"""`python -m interview_kit.terminal` is the command `interview-kit`."""

from .main import main

main()
