"""What a chat model may do: rewrite a follow-up, pick quotes by number, summarise them in checked sentences.

chat_model  the only home of chat models     steps     the three uses, each with its failures
choose, say, standalone   each writes a prompt and reads the reply strictly
numbered    what a model is shown            replies   the forms of a reply
remarks     rejects a sentence that is wrong, with named_speakers and negation
deadline    stops waiting for a reply after a time
"""
