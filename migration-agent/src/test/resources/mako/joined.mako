"""${message}"""
revision = "${str(up_revision)}"
down_revision = "${str(down_revision)}"
branch_labels = ${repr(branch_labels)}
