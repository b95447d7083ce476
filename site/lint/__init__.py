"""The lint of the catalog: what rows say, what pages say of them, and whether the two agree."""
