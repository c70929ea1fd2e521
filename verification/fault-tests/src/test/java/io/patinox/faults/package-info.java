/// Starts the fault matrix: its quick part, or all of it with the profile `faults`.
@NullMarked
package io.patinox.faults;

import org.jspecify.annotations.NullMarked;
