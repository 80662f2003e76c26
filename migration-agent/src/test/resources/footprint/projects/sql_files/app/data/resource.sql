CREATE TABLE resource ();
