"""${message}"""
revision = ${up_revision!r}
down_revision = ${down_revision!r}
