"""A nightly drift job under review, and a repaired version that the tests hold it against."""
