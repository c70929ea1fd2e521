package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a component is in files that were written before the component was added to its record.
///
/// Components may only be appended, and each that is appended needs a default: only then is an
/// older file read. Written as text: a number, `true` or `false`, a constant of an enum, a string,
/// an ISO 8601 moment or span, a UUID. For an array it is the value of every element. A nested
/// record gets its default by those of its own components; a component with [MappedBy] has none.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface DefaultValue {
    /// Returns the default.
    ///
    /// @return the value as text
    String value();
}
