"""What is found: a question as it was read in, ranked passages out.

search_terms (what is searched for) -> search (words + vectors, fused) -> ranking -> rereading (reader, and the user's
own reranker)
"""
