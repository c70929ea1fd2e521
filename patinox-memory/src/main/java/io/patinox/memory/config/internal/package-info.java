/// How trees of settings are merged, bound and explained.
@NullMarked
package io.patinox.memory.config.internal;

import org.jspecify.annotations.NullMarked;
