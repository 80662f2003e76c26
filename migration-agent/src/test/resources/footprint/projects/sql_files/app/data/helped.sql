CREATE TABLE helped ();
