"""Photos and scans of a record: the strip in its editor, and the window in which one is looked at."""
