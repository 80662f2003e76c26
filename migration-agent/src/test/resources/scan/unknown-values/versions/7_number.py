revision = 7
down_revision = "2b"
