"""The demonstration world: an exercise between invented States, and one file of published history.

Everything is written through the services of the house, by the invented persons whose work it is.
What may stand in it is said under "Demonstration" in domain.md § 7; ``docs/demonstration.md`` says
what does.
"""
