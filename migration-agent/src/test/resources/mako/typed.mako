"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports or ""}

revision: str = ${repr(up_revision).replace("'", '"')}
down_revision: Union[str, Sequence[str], None] = ${down_revision | n,repr}
branch_labels: Union[str, Sequence[str], None] = ${branch_labels | repr,n}
depends_on: Union[str, Sequence[str], None] = ${depends_on | n,repr}


def upgrade() -> None:
    """Upgrade schema."""
    ${upgrades or "pass"}


def downgrade() -> None:
    """Downgrade schema."""
    ${downgrades or "pass"}
