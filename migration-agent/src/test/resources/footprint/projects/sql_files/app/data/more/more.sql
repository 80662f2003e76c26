CREATE TABLE %(name)s ();
