"""Cut off"""
revision = "4d"
down_revision = "2b"

def upgrade():
    op.execute("""
select 1
