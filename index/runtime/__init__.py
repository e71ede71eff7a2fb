"""How the program runs: processes of its own, slow imports, values that threads share. Knows no articles."""
