"""Encoders: ONNX Runtime without torch, or any open_clip model with it."""
