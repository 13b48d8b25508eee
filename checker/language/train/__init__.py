"""Training of the Norwegian pipeline from treebank archives; a tool of its own that nothing else imports."""
