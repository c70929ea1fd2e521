package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Lays a record out without padding, as many foreign formats are.
///
/// Without it each component stands at a multiple of its own size, and the record is as long as a
/// multiple of its largest. Packed components can be read and written, but not atomically.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Packed {}
