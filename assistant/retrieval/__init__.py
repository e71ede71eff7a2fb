"""Takes a `Query`; gives passages, best first.

search_terms (vector and weighted words) -> search (words and vectors, fused) -> ranking -> rereading (the reader, and
the user's own reranker). similarity compares single words; weights.toml holds the weights of ranking and of refusing.
"""
