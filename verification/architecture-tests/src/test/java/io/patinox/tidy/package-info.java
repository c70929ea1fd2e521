/// The tidy test: rules over the files of the tree, each with a sample that shows it can fail.
@NullMarked
package io.patinox.tidy;

import org.jspecify.annotations.NullMarked;
