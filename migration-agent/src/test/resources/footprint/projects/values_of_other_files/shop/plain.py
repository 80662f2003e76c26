"""Turns anything into what JSON can hold."""


def plain(value):
    if hasattr(value, "as_json"):
        return plain(value.as_json())
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    return value.something()
