/// What the commands print with: a line that updates in place on a terminal and becomes plain lines
/// elsewhere, a progress bar, tables, and figures with units.
///
/// [io.patinox.cli.terminal.Terminal] knows what the output can do, and
/// [io.patinox.cli.terminal.Screen] is the one place that writes to it.
@NullMarked
package io.patinox.cli.terminal;

import org.jspecify.annotations.NullMarked;
