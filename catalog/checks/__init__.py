"""The lint of the catalog: what rows say, what pages say of them, and whether the two agree."""

from catalog.checks.problem import Problem
from catalog.checks.run import check

__all__ = ["Problem", "check"]
