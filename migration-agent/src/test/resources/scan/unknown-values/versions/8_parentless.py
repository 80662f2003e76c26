revision = "8b"
