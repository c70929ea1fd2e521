/// Sees the library as its users do: a type that is not exported does not compile here.
open module io.patinox.contract {
    requires io.patinox.memory;
    requires java.management;
    requires jdk.management;
    requires org.assertj.core;
    requires org.junit.jupiter;
    requires awaitility;
    requires org.jspecify;
    requires com.google.common;
    requires com.google.common.testlib;
    requires junit;
}
