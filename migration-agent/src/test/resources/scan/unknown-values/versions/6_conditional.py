revision = "6f"
if os.name == "nt":
    down_revision = "1a"
else:
    down_revision = "2b"
