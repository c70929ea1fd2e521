/// From a type to a layout, and from a layout to the class that reads and writes it.
@NullMarked
package io.patinox.memory.mmap.internal.layout;

import org.jspecify.annotations.NullMarked;
