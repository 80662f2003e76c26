# vim: set fileencoding=latin-1 :
"""été
ligne"""
name = "é"
lines = """a
b"""
