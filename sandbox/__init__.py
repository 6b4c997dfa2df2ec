"""A stateful fake of Microsoft 365, in a process of its own, speaking HTTP only.

It imports nothing of the product and the product imports nothing of it: the
demo, the tests and the benchmarks start it with ``python -m sandbox``.
What it imitates, and how sure that is, stands in ``docs/sandbox.md``.
"""
