/// Files and what is mapped of them: headers, room, bodies, faults, closing.
@NullMarked
package io.patinox.memory.mmap.internal;

import org.jspecify.annotations.NullMarked;
