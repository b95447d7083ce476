"""Which models have which value of a facet, as bits in segments.

Bits are true of the last write; spans flip what time has changed since.
"""
