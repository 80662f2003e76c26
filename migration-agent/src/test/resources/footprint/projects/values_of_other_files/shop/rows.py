"""Writes rows through a connection that it is given."""


def save(value, connection):
    connection.save(value)
    value.touch()
