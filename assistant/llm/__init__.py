"""What a chat model may do: understand a follow-up, pick quotes by number, say in checked sentences what they say.

model     the only home of chat models      reader    the three uses, each with its failures
choose, say, standalone   prompt for, and strict reading of, each      offered   what a model is shown
replies   forms of a reply                  remarks   what is wrong with a sentence (voices, denials)
intime    waiting for a reply, not for ever
"""
