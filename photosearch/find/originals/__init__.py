"""The closer look at two originals: whether one shows all that the other shows, at least as well."""
