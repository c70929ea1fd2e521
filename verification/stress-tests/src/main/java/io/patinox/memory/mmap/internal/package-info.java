/// Interleavings of the inside of mapped files.
@NullMarked
package io.patinox.memory.mmap.internal;

import org.jspecify.annotations.NullMarked;
