"""`python -m interview_kit` serves the kit; the command `interview-kit` does the same, and opens it in a browser."""

from interview_kit.serving import serve

if __name__ == "__main__":
    serve()
