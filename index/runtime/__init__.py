"""How the program runs: its processes, slow imports, and the read-write lock. Knows no articles."""
