"""Numbers with their nouns, for sentences."""


def count(number: int, noun: str) -> str:
    """`1 fault`, `2 faults`, `3 competencies`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"
