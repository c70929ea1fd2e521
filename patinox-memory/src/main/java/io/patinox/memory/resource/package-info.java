/// Guards and a registry for things that must be closed.
@NullMarked
package io.patinox.memory.resource;

import org.jspecify.annotations.NullMarked;
