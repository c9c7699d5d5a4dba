"""The drawers of the motifs, by what they draw; each answers with a caption."""
