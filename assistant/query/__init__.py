"""Takes a question and filters; gives a `Query`: who is asked about, what is asked and where to look.

question         the grammar of a question      speakers_asked  the people whose words it asks for
directory        names -> known speakers        periods         words of time -> days
followups        a follow-up -> a question that stands alone
casing           capitals for a question that was typed without
filters          the one registry of filters    resolution      where all of these meet the library
"""
