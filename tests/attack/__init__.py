"""What was tried against the kit: each attack is refused or harmless. docs/attacks.md lists them."""
