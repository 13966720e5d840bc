"""Who is told what of case work, one module a subject."""
