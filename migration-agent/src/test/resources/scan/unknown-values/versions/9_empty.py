revision = "9c"
down_revision = ""
depends_on = ["1a", 2, None]
