"""Words only: the prompts, as files."""
