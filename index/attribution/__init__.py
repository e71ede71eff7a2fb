"""Takes an article and its parse; gives its statements: what was said, the words that tell it, and who said it.

    quotes/   text -> quotations             people/    article -> mentions -> people and bodies, with their roles
    cues/     sentences -> attributions      linking/   a source phrase or a quotation -> the speaker

Each stage can be used by itself. `attributions` joins quotations and grammar; `statements` adds the speakers.
"""
