"""Pages when more than five percent of five minutes fail; a ticket beyond two percent."""


class Rule:
    def see(self, minute: int, counts: dict[str, tuple[int, int]]) -> list[str]:
        requests = sum(pair[0] for pair in counts.values())
        errors = sum(pair[1] for pair in counts.values())
        rate = errors / max(1, requests)
        if rate > 0.05:
            return ["page"]
        return ["ticket"] if rate > 0.02 else []
