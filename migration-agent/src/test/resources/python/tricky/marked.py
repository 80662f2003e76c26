"""With a mark"""
name = "é"
