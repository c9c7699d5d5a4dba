"""Vectors on disk: append-only segments, sealed by manifests, searched exactly with FAISS."""
