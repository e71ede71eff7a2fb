"""What answers: a question as understood in, quotes out.

search (words + vectors, fused) -> rank -> rerank (where the user has one) -> decide -> cut -> copies -> sides
"""
