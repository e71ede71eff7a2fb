"""Stage 4: a source phrase or a quotation in, the speaker who is meant out, or nobody.

Pronouns, descriptions and continued quotations are resolved here.
"""
