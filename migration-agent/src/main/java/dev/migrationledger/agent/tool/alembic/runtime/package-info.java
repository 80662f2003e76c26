/**
 * What Alembic and SQLAlchemy do when a script calls them: start with {@link
 * dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime}. {@code SchemaLookups} reads what a script asks the schema, with {@code
 * CatalogQuery} for queries of the catalogs and {@code TableQuery} for those that fail if a table is missing; {@code QueryResults} what it
 * does with a result; {@code DatabaseCalls} says which calls can fail, and what of the transaction survives that.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.runtime;

import org.jspecify.annotations.NullMarked;
