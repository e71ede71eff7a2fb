"""Loaders: each takes documents of one format, gives their articles; characters are changed nowhere else."""
