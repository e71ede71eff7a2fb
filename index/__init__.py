"""Everything that can be known before anyone asks: articles in; passages, statements, words and vectors out.

    articles -> reading (sentences, passages, statements with their speakers) -> store (library + words + vectors)

May not know questions or answers; `assistant` begins there.
"""
