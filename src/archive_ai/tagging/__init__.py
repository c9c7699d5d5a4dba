"""Concepts suggested for photos, each with its whole provenance."""
