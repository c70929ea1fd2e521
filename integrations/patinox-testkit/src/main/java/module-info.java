/// For the tests of those who use Patinox Memory: JUnit fails the test that leaked.
module io.patinox.testkit {
    requires static transitive org.jspecify;
    requires transitive io.patinox.memory;
    requires transitive org.junit.jupiter.api;

    exports io.patinox.testkit;
}
