name = "\ud800 half"
other = "after a form feed"
