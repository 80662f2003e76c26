## never written
<%doc>
  nor is ${this}
</%doc>
"""${message}

Revision ID: ${up_revision}
% if len(down_revision) > 2:
Revises: ${", ".join(down_revision)} \
         (all of them)
% elif down_revision is None:
Revises: nothing
% else:   # two
Revises: ${down_revision[0]} and ${down_revision[-1]}
  % for head in down_revision:
    ## of each
    - ${head.upper()}: ${head[:4]}
  % endfor
% endif
Create Date: ${create_date}
"""
<%text>## ${literally} <% and %> this</%text>
revision = '${up_revision}'
down_revision = (\
% for head in down_revision:
'${head}', \
% endfor
)
% if branch_labels is not None and branch_labels:
branch_labels = ${repr(list(branch_labels))}
% endif
% if not depends_on:
depends_on = None
% endif

## the last line has no end
def upgrade(): pass
def downgrade(): pass