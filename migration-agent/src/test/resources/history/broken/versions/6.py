import os
revision = os.environ["REV"]
down_revision = "bb22"
