/// Classes of tests that leak or don't, to be run by tests of the extension.
@NullMarked
package io.patinox.testkit.samples;

import org.jspecify.annotations.NullMarked;
