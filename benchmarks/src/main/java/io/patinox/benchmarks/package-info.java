/// Benchmarks of the library beside its peers.
@NullMarked
package io.patinox.benchmarks;

import org.jspecify.annotations.NullMarked;
