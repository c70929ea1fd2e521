/// A strictly fair pool of things that are shared out.
@NullMarked
package io.patinox.memory.pool;

import org.jspecify.annotations.NullMarked;
