"""Site-wide search: what is indexed, the Chinese segmenter, one file per engine. Imports no other app."""
