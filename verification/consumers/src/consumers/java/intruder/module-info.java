/// A program that does not compile.
module intruder {
    requires io.patinox.memory;
}
