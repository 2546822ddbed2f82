"""A machine judge with planted biases, audited against people; no language model is needed."""
