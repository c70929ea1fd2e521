package io.patinox.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fails the test that leaked: see [LeakExtension].
///
/// {@snippet file="io/patinox/testkit/examples/TestkitExamples.java" region="annotation"}
///
/// On a class it watches all its tests, nested classes and subclasses included, and what is done
/// before and after all of them; on a method that one.
@ExtendWith(LeakExtension.class)
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FailOnLeak {
    /// {@return how long to look for leaks at most after each test and each class, 1 to 600,000 ms;
    /// a collection that has begun is waited for. The nearest annotation counts}
    long patienceMillis() default LeakExtension.PATIENCE_MILLIS;
}
