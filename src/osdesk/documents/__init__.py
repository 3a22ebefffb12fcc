"""Papers: a shape in, PDF bytes out."""
