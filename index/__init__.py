"""Takes articles; gives all that can be known of them before anyone asks: passages, statements, words and vectors.

    articles -> reading (sentences, passages, statements with their speakers) -> store (library + full text + vectors)

It may not know questions or answers: they belong to `assistant`.
"""
