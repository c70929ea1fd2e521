package io.patinox.memory.mmap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which [MappableType] reads and writes a component.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface MappedBy {
    /// Returns the type's class. It has a constructor without parameters that can be reached, and
    /// one instance of it serves all files and threads.
    ///
    /// @return the class
    Class<? extends MappableType<?>> value();
}
