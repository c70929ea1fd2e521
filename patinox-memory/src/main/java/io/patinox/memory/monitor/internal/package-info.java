/// The monitors behind the factories of [Monitor][io.patinox.memory.monitor.Monitor].
@NullMarked
package io.patinox.memory.monitor.internal;

import org.jspecify.annotations.NullMarked;
