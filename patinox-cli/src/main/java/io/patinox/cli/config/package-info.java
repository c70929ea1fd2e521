/// The command `config`: looks at files of settings, and brings them to the present schema.
@NullMarked
package io.patinox.cli.config;

import org.jspecify.annotations.NullMarked;
