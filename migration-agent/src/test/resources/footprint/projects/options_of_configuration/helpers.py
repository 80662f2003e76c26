def is_done(op, name):
    version = op.get_context().config.get_main_option("done_up_to")
    if version:
        return int(version) >= int(name.split("_", 1)[0])
    return False
