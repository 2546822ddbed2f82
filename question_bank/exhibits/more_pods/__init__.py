"""The figures of a first busy noon on which more pods made it worse."""
