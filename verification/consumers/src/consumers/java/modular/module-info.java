/// A program on the module path.
module modular {
    requires io.patinox.memory;
}
