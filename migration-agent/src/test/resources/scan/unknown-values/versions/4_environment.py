import os
revision = os.environ["REVISION"]
down_revision = None
