/**
 * The page of one environment, now and at any moment of its life. {@link EnvironmentPageController} reads the views; the records beside it are what
 * the page shows, pure functions of the views and the time. {@link ChosenMoment} reads which moment the reader chose; {@link LifeBar} draws when what
 * happened. {@code templates/environment.html} shows it.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.environment;

import org.jspecify.annotations.NullMarked;
