"""Written when the checks began to judge all answers together."""
