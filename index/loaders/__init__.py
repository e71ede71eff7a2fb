"""Loaders: one kind of file each in, articles out; the only place where characters are ever changed."""
