"""The English that reading articles and questions stands on: words, names, numbers, sentences, syntax.

May not know articles, questions or storage. The word lists are in data/.
"""
