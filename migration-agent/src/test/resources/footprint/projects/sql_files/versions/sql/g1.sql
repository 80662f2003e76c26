CREATE TABLE glob_one ();
