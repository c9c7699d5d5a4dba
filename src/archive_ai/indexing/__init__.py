"""From folders of scans to durable vectors: discover, decode and encode, record, verify."""
