"""Writers of the catalog in other catalogs' shapes, each with a list of what its shape cannot hold."""
