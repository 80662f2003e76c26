<%
    import os
%>"""${message}

By ${os.environ.get("NOBODY_SETS_THIS", "nobody")}
"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}
