"""Pages made on the server: no scripts, nothing from elsewhere."""
