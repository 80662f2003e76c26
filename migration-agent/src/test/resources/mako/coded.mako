# -*- coding: utf-8 -*-
"""${message | trim}.

Révise: ${str(down_revision)}
"""
revision = "${up_revision}"
down_revision = ${list(down_revision)}
branch_labels = ${repr(branch_labels) if branch_labels else "None"}
# %% a line
