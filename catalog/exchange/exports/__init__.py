"""Writers of other catalogs' formats."""
