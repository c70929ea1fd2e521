/// The group `resource`.
@NullMarked
package io.patinox.benchmarks.resource;

import org.jspecify.annotations.NullMarked;
