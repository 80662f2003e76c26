-- The sample's two databases for docker-compose.yml, and the role of the agents. It may read the version tables, and nothing else.
CREATE ROLE navbot_watch LOGIN PASSWORD 'navbot_watch';
CREATE DATABASE staging;
CREATE DATABASE production;

\connect staging
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);
GRANT SELECT ON alembic_version TO navbot_watch;

\connect production
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);
GRANT SELECT ON alembic_version TO navbot_watch;
