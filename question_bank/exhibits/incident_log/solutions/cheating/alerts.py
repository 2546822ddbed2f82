"""Says everything at every step, so that nothing is missed."""


class Rule:
    def see(self, minute: int, counts: dict[str, tuple[int, int]]) -> list[str]:
        return ["page", "ticket", *(f"ticket {who}" for who in counts)]
