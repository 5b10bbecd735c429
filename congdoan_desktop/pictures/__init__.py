"""A picture from a phone or a scanner into one fit to be kept: upright, nameless, small. Bytes in, bytes out."""
