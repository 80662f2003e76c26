down_revision = "1a"
