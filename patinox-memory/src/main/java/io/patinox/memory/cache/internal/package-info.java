/// What makes up a cache, and no user sees.
@NullMarked
package io.patinox.memory.cache.internal;

import org.jspecify.annotations.NullMarked;
