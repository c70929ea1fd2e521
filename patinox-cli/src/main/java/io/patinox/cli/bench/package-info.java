/// The command `bench`: hands over to the benchmarks, in a JVM of their own.
@NullMarked
package io.patinox.cli.bench;

import org.jspecify.annotations.NullMarked;
