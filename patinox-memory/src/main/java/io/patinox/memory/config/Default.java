package io.patinox.memory.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a record's component when no source gives one, written as in a properties file.
///
/// {@snippet file="io/patinox/memory/examples/ConfigFormatExamples.java" region="record"}
///
/// Without it, an `Optional`, a list, a set and a map are empty, a nested record is made of its own
/// defaults, what is marked `@Nullable` is null, and everything else must be given. The text is
/// converted as one from a source is; one that does not fit is an error of the type.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /// Returns the value as text.
    ///
    /// @return for example `30s`, or `a, b` for a list
    String value();
}
