"""The client after review: it can say that it does not know, forgets, and asks twice at most."""

import hashlib
import random
import threading
import time
from collections.abc import Callable

Transport = Callable[[dict[str, str], float], dict[str, float]]
Clock = Callable[[], float]

DEADLINE = 1.6
TIMEOUT = 0.7
MAX_AGE = 600.0
MAX_KNOWN = 50_000


class ScoreClient:
    """Scores from 0 (harmless) to 1 (abusive); None where there is none, and the caller decides."""

    def __init__(self, transport: Transport, count: Callable[[str], None], clock: Clock = time.monotonic):
        self._transport = transport
        self._count = count
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, float]] = {}

    def score(self, text: str, language: str, model: str) -> float | None:
        key = hashlib.sha256(f"{model}\0{language}\0{text}".encode()).hexdigest()
        with self._lock:
            score, since = self._known.get(key, (0.0, -MAX_AGE))
        if self._clock() - since < MAX_AGE:
            self._count("from cache")
            return score
        asked = self._ask(text, language)
        if asked is not None:
            self._keep(key, asked)
        return asked

    def _keep(self, key: str, score: float) -> None:
        with self._lock:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[key] = (score, self._clock())

    def _ask(self, text: str, language: str) -> float | None:
        end = self._clock() + DEADLINE
        for attempt in range(2):
            left = end - self._clock()
            if left <= 0.05:
                break
            try:
                answer = self._transport({"text": text, "language": language}, min(TIMEOUT, left))
                score = answer["score"]
                self._count("scored")
                return score
            except (TimeoutError, ConnectionError):
                if attempt == 0:
                    time.sleep(random.uniform(0, 0.1))
        self._count("without a score")
        return None
