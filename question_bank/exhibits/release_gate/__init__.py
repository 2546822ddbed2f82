"""Pairs of models on labelled messages: some lose a channel while the mean rises, in some chance looks alike."""
