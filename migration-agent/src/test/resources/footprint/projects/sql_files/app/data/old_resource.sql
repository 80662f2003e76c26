CREATE TABLE old_resource ();
