/**
 * What all pages for people share. {@link PageFrame} is what {@code templates/layout.html} needs, and {@link PageInterceptor} gives it to every page
 * with its headers. {@link LayoutProblemPages} shows refusals in it. A page is a controller that returns the name of a template, and a template that fills the layout; {@code docs/pages.md} says
 * how to add one.
 */
@NullMarked
package dev.migrationledger.ledger.page;

import org.jspecify.annotations.NullMarked;
