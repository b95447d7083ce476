"""Which models have which value of a facet, as bits: a row holds the models of one segment that have it.

A request adds up a few hundred rows of bits, one segment after the other, whatever is selected. What changes
with time alone is stored as spans too: bits are true of the instant of the last write, and the spans that
begin or end between that instant and the one asked for say which bits are to be turned.
"""
