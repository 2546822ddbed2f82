"""The bank's judge: rules that a machine can decide. `judge` runs them; `words` loads the word lists alone."""
