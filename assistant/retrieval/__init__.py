"""What answers: a question as understood in, quotes out.

wanted (what is searched for) -> search (words + vectors, fused) -> rank -> rerank (where the user has one) -> decide
-> cut -> copies -> sides
"""
