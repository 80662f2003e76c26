"""${message}

Revises: ${down_revision | comma}
Create Date: ${create_date}
"""
% if imports:
${imports}
% endif
revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = None


def upgrade():
    pass


def downgrade(): \
    pass
