CREATE TABLE glob_two ();
