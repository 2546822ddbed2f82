"""The figures of a renamed column, three models before a wrong price."""
