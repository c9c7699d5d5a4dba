"""How work is spread over processors; knows nothing of photographs."""
