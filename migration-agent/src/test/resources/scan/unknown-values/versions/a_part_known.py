"""labels and dependencies of which one is known"""
from somewhere.else_ import LABEL, OTHER

revision = "partly"
down_revision = None
branch_labels = ("known", LABEL)
depends_on = [OTHER, "1a"]
