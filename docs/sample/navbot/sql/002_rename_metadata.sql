-- Running upgrade 001_initial -> 002_rename_metadata

ALTER TABLE events RENAME metadata TO extra_data;
