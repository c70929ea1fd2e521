/// Interleavings of the configuration's own classes.
@NullMarked
package io.patinox.memory.config;

import org.jspecify.annotations.NullMarked;
