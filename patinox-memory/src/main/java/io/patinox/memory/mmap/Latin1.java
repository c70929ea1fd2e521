package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Keeps a string as ISO 8859-1, a byte a character, instead of UTF-8.
///
/// A character that ISO 8859-1 does not have is refused with `MAPPING-VALUE` when it is written.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Latin1 {}
