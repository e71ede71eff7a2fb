"""Words about words: what makes two words the same, which negate, which are figures. Pure."""
