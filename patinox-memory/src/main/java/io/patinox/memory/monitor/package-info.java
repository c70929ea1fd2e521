/// What components report: metrics that are pulled, rare events that are pushed, and health.
@NullMarked
package io.patinox.memory.monitor;

import org.jspecify.annotations.NullMarked;
