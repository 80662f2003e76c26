"""Not UTF-8"""
revision = "2b"
down_revision = "1a"
# café
