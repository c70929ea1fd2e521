/// A small library that breaks every rule once, in the packages of the real one.
@NullMarked
package io.patinox.architecture.samples;

import org.jspecify.annotations.NullMarked;
