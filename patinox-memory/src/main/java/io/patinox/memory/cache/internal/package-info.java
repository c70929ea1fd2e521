/// The engine of the cache.
@NullMarked
package io.patinox.memory.cache.internal;

import org.jspecify.annotations.NullMarked;
