/// The command line: what `./patinox` starts.
@NullMarked
package io.patinox.cli;

import org.jspecify.annotations.NullMarked;
