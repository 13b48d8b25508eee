"""Plans in many layouts, made by code, with what they say known: how well each is read, as figures."""
