CORE = "core"
