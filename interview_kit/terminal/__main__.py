"""`python -m interview_kit.terminal` is the command `interview-kit`."""

from .commands import main

main()
