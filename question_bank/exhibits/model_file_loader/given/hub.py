"""A public place for model files. Part of the surroundings: leave it as it is."""

from pathlib import Path


class Hub:
    """Anyone who owns an account there can upload; names, files and published digests may change at any time."""

    def __init__(self, folder: Path):
        self.folder = folder

    def names(self) -> list[str]:
        """All names that are offered at the moment, in order."""
        return sorted(path.name for path in self.folder.iterdir())

    def fetch(self, name: str) -> bytes:
        """The bytes of a file as they are at this moment."""
        return (self.folder / name).read_bytes()

    def digests(self) -> dict[str, str]:
        """The SHA-256 that the hub publishes for each file, computed by the hub."""
        import hashlib

        return {name: hashlib.sha256(self.fetch(name)).hexdigest() for name in self.names()}
