"""Stage 3: an article in, the people and bodies that it names out, each with its mentions and roles.

Knows names and syntax. Does not know what anybody says.
"""
