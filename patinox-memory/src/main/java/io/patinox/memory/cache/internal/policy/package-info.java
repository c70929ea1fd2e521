/// Eviction policies.
@NullMarked
package io.patinox.memory.cache.internal.policy;

import org.jspecify.annotations.NullMarked;
