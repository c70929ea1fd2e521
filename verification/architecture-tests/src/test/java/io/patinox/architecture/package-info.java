/// The layers of the library and what its classes may touch, read from the class files.
@NullMarked
package io.patinox.architecture;

import org.jspecify.annotations.NullMarked;
